import Testing

@testable import ntlearn

@Suite("ntlearn check")
struct CheckCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func course(lessons: String = "[a]", lesson: String, machine: String? = nil) throws {
        try folder.write("course.yaml", "format: 1\nid: t\ntitle: T\nlessons: \(lessons)\n")
        try folder.write("lessons/a.md", lesson)
        if let machine { try folder.write("machines/m.asm", machine) }
    }

    private static let good = "---\nformat: 1\nid: a\ntitle: A\n---\n# Hello\n\nText.\n"

    @Test("A course without mistakes is status 0, with a summary on standard error")
    func good() throws {
        try course(lesson: Self.good)
        let result = try runNtlearn(arguments: ["check", folder.path])
        #expect(result.status == 0)
        #expect(result.stdout.isEmpty)
        #expect(result.stderr == "1 lesson, 0 questions, 0 machines: 0 errors, 0 warnings\n")
    }

    @Test("Mistakes in course, lesson and machine are listed with line and column")
    func mistakes() throws {
        try course(
            lessons: "[a, b]", lesson: Self.good.replacing("title: A", with: "title: A\nminuts: 3"),
            machine: "bits 32\nmov eax, zork\n")
        let result = try runNtlearn(arguments: ["check", folder.path])
        #expect(result.status == 1)
        #expect(result.stdout.contains("course.yaml:4:14: error[missing-lesson-file]: "))
        #expect(result.stdout.contains("lessons/a.md:5:1: error[unknown-key]: "))
        #expect(result.stdout.contains("\n  hint: did you mean `minutes`?\n"))
        #expect(result.stdout.contains("machines/m.asm:2:10: error[assembly]: "))
        #expect(result.stderr.hasSuffix(": 3 errors, 0 warnings\n"))
    }

    @Test("One lesson can be checked without its course")
    func oneLesson() throws {
        let file = try folder.write("lesson.md", Self.good + "\n```quiz id=q\n")
        let result = try runNtlearn(arguments: ["check", file])
        #expect(result.status == 1)
        #expect(result.stdout.contains("\(file):10:1: error[unclosed-fence]: "))
    }

    @Test("JSON has a line for each diagnostic, GitHub an annotation")
    func formats() throws {
        try course(lessons: "[a, b]", lesson: Self.good)
        let json = try runNtlearn(arguments: ["check", folder.path, "--format", "json"])
        let diagnostic = try #require(try JSONObject.lines(json.stdout).first)
        #expect(diagnostic[text: "severity"] == "error")
        #expect(diagnostic[number: "line"] == 4)
        #expect(diagnostic[number: "column"] == 14)
        #expect(diagnostic[text: "code"] == "missing-lesson-file")
        let github = try runNtlearn(arguments: ["check", folder.path, "--format", "github"])
        let place = "file=\(folder.path)/course.yaml,line=4,col=14"
        #expect(github.stdout.hasPrefix("::error \(place),title=missing-lesson-file::"))
    }

    @Test("What cannot be read is status 2", arguments: ["/nowhere", "/dev"])
    func unreadable(path: String) throws {
        let result = try runNtlearn(arguments: ["check", path])
        #expect(result.status == 2)
        #expect((result.stdout + result.stderr).contains(path))
    }
}
