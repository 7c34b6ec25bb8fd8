import Foundation
import Testing

/// Progress across runs of the program: profiles, reset, files that cannot be used.
@Suite("Progress from run to run")
struct ProfileTests {
    private let home: TemporaryFolder

    init() throws { home = try TemporaryFolder() }

    private func run(_ arguments: String..., stdin: String = "") throws -> ProgramResult {
        try runNtlearn(arguments: arguments, stdin: stdin.utf8, home: home)
    }

    private func answerFirst(_ profile: String = "default") throws {
        let result = try run("learn", "two-worlds", "--profile", profile, stdin: "\n3\n")
        #expect(result.stdout.contains("Right."), "\(result.stderr)")
    }

    private var file: String { home.path + "/data/ntlearn/progress.sqlite" }

    @Test("Options may stand before the command")
    func optionsFirst() throws {
        try answerFirst("bob")
        let list = try run("--profile", "bob", "list", "--json")
        #expect(list.status == 0 && list.stdout.contains("\"answered\":1"), "\(list.stderr)")
        #expect(try run("--profile=ada", "--plain", "progress").stdout.contains("0 of "))
    }

    @Test("Progress goes to another computer and comes back, and a damaged file is refused with its line")
    func transfer() throws {
        try answerFirst("bob")
        let path = home.path + "/bob.jsonl"
        #expect(try run("profile", "export", path, "--profile", "bob").stdout.contains("Wrote 1 answers"))
        let other = try TemporaryFolder()
        let imported = try runNtlearn(arguments: ["profile", "import", path], home: other)
        #expect(imported.stdout == "Added 1 answers to \"bob\"; 0 were there already.\n", "\(imported.stderr)")
        #expect(try runNtlearn(arguments: ["profile", "list"], home: other).stdout.hasPrefix("bob: 1 answer, "))
        #expect(try runNtlearn(arguments: ["profile", "import", path], home: other).stdout.contains("1 were there"))

        try home.write("bob.jsonl", String(contentsOfFile: path, encoding: .utf8).replacing("correct", with: "right"))
        let refused = try run("profile", "import", path)
        #expect(refused.status == 2 && refused.stderr.contains("bob.jsonl:2: `verdict` is none of"))
        #expect(try run("profile", "import", home.path + "/none").stderr.contains("there is no such file"))
    }

    @Test("Reset does nothing in a pipe without --yes, and then makes a lesson look new")
    func reset() throws {
        try answerFirst()
        let refused = try run("reset", "two-worlds", stdin: "y\n")
        #expect(refused.status == 2 && refused.stderr.contains("--yes"))
        #expect(try run("list", "--json").stdout.contains("\"answered\":1"))
        #expect(try run("reset", "two-worlds", "--yes").stdout == "Done: 1 answer was put aside.\n")
        #expect(try !run("list", "--json").stdout.contains("\"answered\":1"))
        #expect(try run("reset", "two-world", "--yes").stderr.contains("did you mean \"two-worlds\"?"))
        #expect(try run("reset").status == 2)
    }

    @Test("On a terminal reset asks")
    func resetAsks() throws {
        try answerFirst()
        for (answer, outcome) in [("n", "Nothing was changed."), ("y", "1 answer was put aside.")] {
            let session = try NtlearnSession(arguments: ["reset", "--all"], home: home)
            try session.terminal.wait(for: "[y/N]")
            try session.terminal.send(answer + "\r")
            try session.terminal.wait(for: outcome)
            #expect(try session.waitForExit() == 0)
        }
    }

    @Test("A damaged progress file stops the tutorial, not the list, and stays as it is")
    func damaged() throws {
        let garbage = String(repeating: "no progress ", count: 1000)
        try home.write("data/ntlearn/progress.sqlite", garbage)
        for command in ["learn", "progress", "review"] {
            let result = try run(command)
            #expect(result.status == 2 && result.stderr.contains("is damaged or no progress file"))
            #expect(result.stderr.contains("--no-progress"))
        }
        let list = try run("list")
        #expect(list.status == 0 && list.stdout.contains("two-worlds"))
        #expect(list.stderr.contains("progress is left out"))
        #expect(try run("learn", "--no-progress").status == 0)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == garbage)
    }

    @Test("A home folder that cannot be used is named in our own words")
    func noHome() throws {
        try home.write("data", "a file in the way")
        let result = try run("learn")
        #expect(
            result.status == 2 && result.stderr.contains("data' for the progress file: there is a file of that name"),
            "\(result.stderr)")
        #expect(!result.stderr.contains("couldn") && result.stderr.contains("XDG_DATA_HOME"))
        #expect(try run("list").status == 0)
        #expect(try run("learn", "--no-progress").status == 0)
    }

    @Test("Two tutorials at once on one file lose no answer")
    func twoAtOnce() async throws {
        let home = home
        let lines = "\n3\n" + String(repeating: "again\n3\n", count: 25)
        let names = ["ada", "bob"]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for name in names {
                group.addTask {
                    let result = try runNtlearn(
                        arguments: ["learn", "two-worlds", "--profile", name], stdin: lines.utf8, home: home)
                    #expect(result.status == 0 && !result.stdout.contains("could not be saved"))
                }
            }
            try await group.waitForAll()
        }
        for name in names {
            let file = try run("profile", "export", "-", "--profile", name).stdout
            #expect(file.split(separator: "\n").filter { $0.contains("\"verdict\"") }.count == 26)
        }
    }
}
