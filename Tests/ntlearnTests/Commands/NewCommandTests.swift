import Foundation
import LessonEngine
import Testing

@testable import ntlearn

@Suite("ntlearn new")
struct NewCommandTests {
    private let folder: TemporaryFolder
    private let environment = ["NTLEARN_CONTENT": Learner.contentFolder]

    init() throws { folder = try TemporaryFolder() }

    private var course: String { folder.path + "/my-course" }

    private func new(_ arguments: String...) throws -> ProgramResult {
        try runNtlearn(arguments: ["new"] + arguments, environment: environment)
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(course)/\(path)", encoding: .utf8)
    }

    @Test("A new course with two new lessons is checked without any finding")
    func clean() throws {
        #expect(try new("course", course, "--title", "Mine: \"all\" of it").status == 0)
        #expect(try new("lesson", "the-door", "--course", course).status == 0)
        #expect(try new("lesson", "b2", "--course", course, "--title", "`B` & *2*: [x]").status == 0)
        let checked = try runNtlearn(arguments: ["check", course], environment: environment)
        #expect(checked.stdout == "")
        #expect(checked.stderr == "2 lessons, 4 questions, 0 machines: 0 errors, 0 warnings\n")
        let list = try runNtlearn(arguments: ["list", "--content", course, "--no-progress"], environment: environment)
        #expect(list.stdout.contains("Mine: \"all\" of it"))
        #expect(list.stdout.contains(" The door "))
        #expect(list.stdout.contains(" `B` & *2*: [x] "))
    }

    @Test("Nothing is overwritten")
    func careful() throws {
        #expect(try new("course", course).status == 0)
        try folder.write("my-course/lessons/a.md", "mine")
        let again = try new("course", course)
        #expect(again.status == 2)
        #expect(again.stderr == "ntlearn: \(course)/course.yaml is there already; nothing was written\n")
        #expect(try new("lesson", "a", "--course", course).status == 2)
        #expect(try text("lessons/a.md") == "mine")
        #expect(try text("course.yaml").contains("lessons: []"))
    }

    @Test("A lesson needs a course and a name that can be an id")
    func refused() throws {
        let nowhere = try new("lesson", "a", "--course", folder.path)
        #expect(nowhere.status == 2)
        #expect(nowhere.stderr.hasPrefix("ntlearn: there is no course.yaml in \(folder.path)\n"))
        for name in ["a b", "../a", "a.md", "-a", ""] {
            #expect(try new("lesson", "--course", course, "--", name).status == 2, "\(name)")
        }
        #expect(try new("course", folder.path + "/my course").status == 2)
    }

    @Test("A lesson that is listed and has no file gets one, and the list stays")
    func listed() throws {
        try folder.write("my-course/course.yaml", "format: 1\nid: a\ntitle: A\nlessons: [a, b]\n")
        #expect(try new("lesson", "a", "--course", course).status == 0)
        #expect(try text("course.yaml") == "format: 1\nid: a\ntitle: A\nlessons: [a, b]\n")
    }

    @Test(
        "The list keeps its form, its comments and its order",
        arguments: [
            ("lessons: []", "lessons: [new]"),
            ("lessons: [ ]  # none yet", "lessons: [new ]  # none yet"),
            ("lessons: [a, b]  # two [2]", "lessons: [a, b, new]  # two [2]"),
            (
                "lessons: [\n  a,  # first\n  b  # second ]\n]\npass: 70",
                "lessons: [\n  a,  # first\n  b, new  # second ]\n]\npass: 70"
            ),
            (
                "lessons:\n  - a  # first\n  # - off\n  - b\n\npass: 70",
                "lessons:\n  - a  # first\n  # - off\n  - b\n  - new\n\npass: 70"
            ),
            ("lessons:\n- a\npass: 70", "lessons:\n- a\n- new\npass: 70"),
            ("pass: 70\nlessons:  # one\n    - a\n", "pass: 70\nlessons:  # one\n    - a\n    - new\n"),
            ("lessons: [\"a\"]", "lessons: [\"a\", new]"),
        ])
    func edited(before: String, after: String) {
        let changed = LessonListEditor(before).adding("new")
        #expect(changed == after)
        let names = CourseLoader.lessonNames(inCourse: before)
        #expect(changed.map(CourseLoader.lessonNames) == names + ["new"])
    }

    @Test("A list in a form that is not known is left to the author")
    func unknownForm() throws {
        let text = "format: 1\nid: a\ntitle: A\nlessons: a\n"
        try folder.write("my-course/course.yaml", text)
        let result = try new("lesson", "b", "--course", course)
        #expect(result.status == 1)
        #expect(result.stderr.contains("add `b` to it yourself, then try again"))
        #expect(try self.text("course.yaml") == text)
        #expect(!FileManager.default.fileExists(atPath: "\(course)/lessons/b.md"))
    }

    @Test("A new course points editors to its schema")
    func modeline() throws {
        #expect(try new("course", course).status == 0)
        #expect(try text("course.yaml").hasPrefix("# yaml-language-server: $schema=.schema/course.json\n"))
        #expect(try text(".schema/course.json") == SchemaFile.course.text)
    }
}
