import Testing

@testable import ntlearn

@Suite("Options before the command")
struct GlobalOptionsTests {
    private func arranged(_ line: String) -> String {
        let words = line.split(separator: " ").map(String.init)
        return GlobalOptions.behindCommand(words, commands: ["machine", "list"]).joined(separator: " ")
    }

    @Test(
        "are moved behind it",
        arguments: [
            ("--content a machine list", "machine list --content a"),
            ("--content=a --plain list --json", "list --json --content=a --plain"),
            ("--content a --content b list", "list --content a --content b"),
            ("--profile p list -- x", "list --profile p -- x"),
        ])
    func moved(typed: String, read: String) { #expect(arranged(typed) == read) }

    @Test(
        "stay where no command follows, or another option comes first",
        arguments: ["", "--content", "--content list", "--plain lesson-1", "list --content a", "--json list"])
    func kept(typed: String) { #expect(arranged(typed) == typed) }

    @Test("so that a course's own machines are listed, and several courses at once")
    func courses() throws {
        let folder = try TemporaryFolder()
        for name in ["a", "b"] {
            let head = "format: 1\nid: \(name)\ntitle: Course \(name)\nlessons: [l\(name)]\n"
            let front = "---\nformat: 1\nid: l\(name)\ntitle: Lesson \(name)\n---\n"
            try folder.write("\(name)/course.yaml", head)
            try folder.write("\(name)/lessons/l\(name).md", front + "# Hi\n")
        }
        try folder.write("b/machines/mine.asm", "%include \"include/kernel.inc\"\n")
        let both = ["--content", folder.path + "/a", "--content", folder.path + "/b"]
        let environment = ["NTLEARN_CONTENT": Learner.contentFolder]
        let list = try runNtlearn(arguments: both + ["list"], environment: environment).stdout
        #expect(list.contains("Course a") && list.contains("Course b"))
        #expect(list.contains("  1  la") && list.contains("  2  lb"))
        let lesson = try runNtlearn(arguments: both + ["lb"], stdin: "menu\n".utf8, environment: environment).stdout
        #expect(lesson.contains("  2  Lesson b"))
        let machines = try runNtlearn(arguments: both + ["machine", "list"], environment: environment)
        #expect(machines.stdout.contains("\nxp "))
        #expect(machines.stderr.contains("mine"))
    }
}
