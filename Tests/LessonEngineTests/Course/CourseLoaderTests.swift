import Foundation
import LessonEngine
import Testing

@Suite("A course")
struct CourseLoaderTests {
    /// A folder that lives as long as one test.
    final class Folder {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path

        init(_ files: [String: String]) throws {
            try FileManager.default.createDirectory(atPath: path + "/lessons", withIntermediateDirectories: true)
            for (name, text) in files { try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8) }
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        /// `file code line:column` of each problem.
        var found: [String] {
            CourseLoader.forTests.load(directory: path).diagnostics.map {
                "\($0.location.file.dropFirst(path.count + 1)) \($0.short)"
            }
        }
    }

    static func course(_ lessons: String) -> String {
        "format: 1\nid: nt\ntitle: NT\nlicense: CC-BY-4.0\nauthors: [A, B]\npass: 75\nlessons: \(lessons)\n"
    }

    static func lesson(_ id: String, requires: String = "[]") -> String {
        "---\nformat: 1\nid: \(id)\ntitle: T\nrequires: \(requires)\n---\ntext\n"
    }

    @Test("is what course.yaml and the listed files say")
    func whole() throws {
        let folder = try Folder([
            "course.yaml": Self.course("[b, a]"), "lessons/a.md": Self.lesson("a"), "lessons/b.md": Self.lesson("b"),
        ])
        let loaded = CourseLoader.forTests.load(directory: folder.path)
        let course = try #require(loaded.course)
        #expect(loaded.diagnostics.isEmpty)
        #expect(course.lessons.map(\.id) == ["b", "a"])
        #expect(course.title == "NT")
        #expect(course.authors == ["A", "B"])
        #expect(course.pass == 75)
        #expect(course.language == "en")
        #expect(course.license == "CC-BY-4.0")
    }

    @Test("names every lesson file that is missing, unlisted or named twice")
    func files() throws {
        let folder = try Folder([
            "course.yaml": Self.course("[one, tow, one]"), "lessons/one.md": Self.lesson("one"),
            "lessons/two.md": Self.lesson("two"),
        ])
        #expect(
            folder.found == [
                "course.yaml missing-lesson-file 7:16", "course.yaml duplicate-id 7:21",
                "lessons/two.md unlisted-lesson 1:1",
            ])
    }

    @Test("takes no lesson from outside its folder", arguments: ["../x", "/etc/passwd", "a/b", "a.md", "''"])
    func names(name: String) throws {
        let folder = try Folder(["course.yaml": Self.course("[\(name)]")])
        #expect(folder.found == ["course.yaml bad-value 7:11"])
    }

    @Test("follows no link out of its folder")
    func link() throws {
        let outside = try Folder(["lessons/secret.md": Self.lesson("secret")])
        let folder = try Folder(["course.yaml": Self.course("[a]")])
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/lessons/a.md", withDestinationPath: outside.path + "/lessons/secret.md")
        #expect(folder.found == ["lessons/a.md outside-course 1:1"])
    }

    @Test("reads no pipe, which could block for ever")
    func pipe() throws {
        let folder = try Folder(["course.yaml": Self.course("[a]")])
        #expect(mkfifo(folder.path + "/lessons/a.md", 0o600) == 0)
        #expect(folder.found == ["lessons/a.md unreadable-file 1:1"])
    }

    @Test("says which file is no UTF-8, and where")
    func encoding() throws {
        let folder = try Folder(["course.yaml": Self.course("[a]")])
        try Data("one\nab\u{e4}".utf8.dropLast()).write(to: URL(fileURLWithPath: folder.path + "/lessons/a.md"))
        #expect(folder.found == ["lessons/a.md invalid-utf8 2:3"])
    }

    @Test("has no file larger than 1 MiB")
    func size() throws {
        let folder = try Folder([
            "course.yaml": Self.course("[a]"), "lessons/a.md": String(repeating: ".", count: 1_048_577),
        ])
        #expect(folder.found == ["lessons/a.md file-too-large 1:1"])
    }

    @Test("has no lesson that requires an unknown one")
    func unknownPrerequisite() throws {
        let folder = try Folder([
            "course.yaml": Self.course("[a, b]"), "lessons/a.md": Self.lesson("a"),
            "lessons/b.md": Self.lesson("b", requires: "[a, c]"),
        ])
        #expect(folder.found == ["lessons/b.md unknown-prerequisite 5:15"])
    }

    @Test("has no lessons that require each other in a circle")
    func cycle() throws {
        let folder = try Folder([
            "course.yaml": Self.course("[z, a, b, c]"), "lessons/a.md": Self.lesson("a", requires: "[b]"),
            "lessons/b.md": Self.lesson("b", requires: "[c]"), "lessons/c.md": Self.lesson("c", requires: "[a]"),
            "lessons/z.md": Self.lesson("z", requires: "[z]"),
        ])
        #expect(
            folder.found == ["lessons/a.md prerequisite-cycle 5:12", "lessons/z.md prerequisite-cycle 5:12"])
        let circle = CourseLoader.forTests.load(directory: folder.path).diagnostics.first?.message
        #expect(circle?.hasSuffix("a → b → c → a") == true)
    }

    @Test("has no two lessons with the same id")
    func duplicateID() throws {
        let folder = try Folder([
            "course.yaml": Self.course("[a, b]"), "lessons/a.md": Self.lesson("same"),
            "lessons/b.md": Self.lesson("same"),
        ])
        #expect(folder.found == ["lessons/b.md duplicate-id 3:5"])
    }

    @Test("without a course.yaml is none", arguments: ["", "- a\n", "a: [\n"])
    func unusable(text: String) throws {
        let folder = try Folder(["course.yaml": text])
        let loaded = CourseLoader.forTests.load(directory: folder.path)
        #expect(loaded.course == nil)
        #expect(loaded.diagnostics.count == 1)
    }

    @Test("in a folder that is not there is one clear error")
    func missing() {
        let loaded = CourseLoader.forTests.load(directory: "no/such/folder")
        #expect(loaded.diagnostics.map(\.short) == ["unreadable-file 1:1"])
        #expect(loaded.diagnostics.first?.location.file == "no/such/folder/course.yaml")
    }
}
