import Foundation
import Testing

/// The tutorial as its users run it: on a terminal and from a pipe.
@Suite("The tutorial")
struct TutorialTests {
    private static let first = ["learn", "two-worlds"]

    @Test("On a terminal: Enter goes on, Tab completes, Ctrl-C clears the line, Ctrl-D leaves")
    func terminal() throws {
        let session = try NtlearnSession(arguments: Self.first, environment: ["NO_COLOR": "1"])
        try session.terminal.wait(for: "two-worlds 1/")
        try session.terminal.wait(for: "> ")
        try session.terminal.send("\r")
        try session.terminal.wait(for: "? ")
        try session.terminal.send("garbage\u{3}")
        try session.terminal.wait(for: "? ")
        try session.terminal.send("hin\t\r")
        try session.terminal.wait(for: "two-worlds")
        try session.terminal.send("\u{4}")
        try session.terminal.wait(for: "Your place is kept.")
        #expect(try session.waitForExit() == 0)
        #expect(!session.terminal.transcript.contains("no word \"garbage"))
    }

    @Test("A kill between two answers loses no verdict that was shown")
    func kill() throws {
        let home = try TemporaryFolder()
        let session = try NtlearnSession(arguments: Self.first, home: home)
        try session.terminal.wait(for: "two-worlds 1/")
        try session.terminal.send("\r")
        try session.terminal.wait(for: "two-worlds 2/")
        try session.terminal.send("3\r")
        try session.terminal.wait(for: "Right.")
        session.kill()
        #expect(try session.waitForExit() == -SIGKILL)
        let list = try runNtlearn(arguments: ["list", "--json"], home: home)
        let lesson = try #require(list.stdout.split(separator: "\n").first { $0.contains("two-worlds") })
        #expect(lesson.contains("\"answered\":1"))
        #expect(lesson.contains("\"correct\":1"))
    }

    @Test("A killed session resumes behind the answered question")
    func resume() throws {
        let home = try TemporaryFolder()
        let before = try runNtlearn(arguments: Self.first, stdin: "\n3\n".utf8, home: home)
        #expect(before.stdout.contains("Right."))
        let after = try runNtlearn(stdin: "".utf8, home: home)
        #expect(after.stdout.contains("Welcome back."))
        #expect(!after.stdout.contains("In which ring is the processor?"))
    }

    @Test("From a pipe there are no escapes, and the end of the input leaves cleanly")
    func pipe() throws {
        let result = try runNtlearn(arguments: Self.first, stdin: "\nhint\n0\nr\nhelp t\n".utf8)
        #expect(result.status == 0)
        #expect(!result.stdout.contains("\u{1B}"))
        #expect(result.stdout.contains("Not quite."))
        #expect(result.stdout.contains("Example: t 5"))
        #expect(result.stderr.isEmpty)
    }

    @Test("A lesson can be walked to its end from a pipe, with skips")
    func walk() throws {
        let lines = String(repeating: "\nskip\n", count: 60)
        let result = try runNtlearn(arguments: ["learn", "what-became"], stdin: lines.utf8)
        #expect(result.status == 0)
        #expect(result.stdout.contains("End of lesson"))
        #expect(!result.stdout.contains("{{"))
    }

    @Test("An unknown lesson is refused with the nearest one")
    func unknownLesson() throws {
        let result = try runNtlearn(arguments: ["learn", "the-stob"])
        #expect(result.status == 1)
        #expect(result.stderr.contains("Did you mean \"the-stub\"?"))
    }

    @Test("Without a store that can be opened there is an error and a way on")
    func noStore() throws {
        let home = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: home.path + "/data/ntlearn", withIntermediateDirectories: true)
        try "not a database, and long enough to be read as the header of one".write(
            toFile: home.path + "/data/ntlearn/progress.sqlite", atomically: true, encoding: .utf8)
        let refused = try runNtlearn(arguments: Self.first, home: home)
        #expect(refused.status == 2)
        #expect(refused.stderr.contains("--no-progress"))
        let allowed = try runNtlearn(arguments: Self.first + ["--no-progress"], home: home)
        #expect(allowed.status == 0)
    }
}
