import Foundation
import LessonEngine
import Testing

@testable import ntlearn

@Suite("Assignments, from making to grading")
struct AssignmentCommandsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func path(_ name: String) -> String { folder.path + "/" + name }

    @discardableResult
    private func run(_ arguments: [String], stdin: String = "") throws -> ProgramResult {
        try runNtlearn(arguments: arguments, stdin: stdin.utf8, home: folder)
    }

    private func assign(_ options: [String] = []) throws {
        let made = try run(["assign", "-o", path("a"), "three-doors/edx-int2e", "three-doors/which-stack"] + options)
        #expect(made.status == 0 && made.stderr == "2 questions for each learner\n")
    }

    private func take(_ name: String, _ lines: String) throws -> String {
        let result = try run(["take", path("a"), "--name", name, "-o", path(name), "--no-progress"], stdin: lines)
        #expect(result.status == 0, "\(result.stderr)")
        return result.stdout
    }

    @Test("An assignment is made, answered in two sittings, and graded")
    func whole() throws {
        try assign(["--title", "Week 3", "--deadline", "2099-01-01"])
        let first = try take("Ada", "12FFE8h\n")
        #expect(first.contains("2 of 2 questions are open.") && first.contains("Not quite."))
        #expect(first.contains("1 question is open. The same command goes on"))
        let second = try take("Ada", "c\n")
        #expect(second.contains("1 of 2 questions are open."))
        #expect(second.contains("All questions are answered. Hand in "))
        let graded = try run(["grade", path("a"), path("Ada"), "--json"])
        let object = try #require(try JSONObject.lines(graded.stdout).first)
        #expect(graded.status == 0)
        #expect(object[number: "points"] == 1 && object[number: "out_of"] == 2)
        #expect(object[objects: "questions"]?.compactMap { $0["mark"] as? String } == ["wrong", "right"])
        #expect(try run(["receipt", path("Ada")]).stdout.hasSuffix("All seals fit.\n"))
    }

    @Test("An exam tells nothing before its end, allows no help and no debugger")
    func exam() throws {
        try assign(["--exam"])
        let text = try take("Ada", "hint\nr\nwhy\nanswer\nagain\n12FFE8h\n\n")
        #expect(text.contains("hint is not allowed here.") && text.contains("r is not allowed here."))
        #expect(!text.contains("Not quite.") && !text.contains("Right."))
        #expect(text.contains("Noted"))
        let receipt = try String(contentsOfFile: path("Ada"), encoding: .utf8)
        #expect(receipt.contains(" given \"12FFE8h\"") && !receipt.contains("wrong"))
        let end = try take("Ada", "c\n\n")
        #expect(end.contains("Right."))
        let csv = try run(["grade", path("a"), path("Ada"), "--csv"]).stdout
        #expect(csv.contains(",1,2,50,no,"))
    }

    @Test("A kill right behind a verdict loses no answer of the receipt")
    func kill() throws {
        try assign()
        let session = try NtlearnSession(
            arguments: ["take", path("a"), "--name", "Ada", "-o", path("Ada")], environment: ["NO_COLOR": "1"],
            home: folder)
        try session.terminal.wait(for: "assignment 1/2? ")
        try session.terminal.send("12FFE8h\r")
        try session.terminal.wait(for: "Not quite.")
        session.kill()
        #expect(try session.waitForExit() == -SIGKILL)
        let shown = try run(["receipt", path("Ada")])
        #expect(shown.status == 0 && shown.stdout.contains("wrong  \"12FFE8h\""))
    }

    @Test("A forged receipt is told on, with status 1")
    func forged() throws {
        try assign()
        _ = try take("Ada", "12FFE8h\n\nc\n")
        let text = try String(contentsOfFile: path("Ada"), encoding: .utf8)
        try text.replacing(" wrong ", with: " correct ").write(toFile: path("Ada"), atomically: true, encoding: .utf8)
        let graded = try run(["grade", path("a"), path("Ada"), path("nobody")])
        #expect(graded.status == 1)
        #expect(graded.stdout.contains("altered: Changed by another hand"))
        #expect(graded.stdout.contains("there is no such file"))
        #expect(try run(["receipt", path("Ada")]).status == 1)
        #expect(try run(["take", path("a"), "--name", "Ada", "-o", path("Ada")]).status == 2)
    }

    @Test(
        "What cannot be is refused with what would work",
        arguments: [
            (["assign", "-o", "/dev/null", "the-stob"], "did you mean \"the-stub\"?"),
            (["assign", "-o", "/dev/null", "three-doors/edx-int2"], "did you mean \"edx-int2e\"?"),
            (["assign", "-o", "/dev/null", "the-stub", "--deadline", "soon"], "2026-12-01"),
            (["assign", "-o", "/nowhere/x", "the-stub"], "cannot write /nowhere/x"),
            (["take", "/dev/null", "--name", "Ada"], "not a regular file"),
            (["grade", "/nowhere", "x"], "no such file"), (["receipt", "/dev"], "no regular file"),
        ])
    func refused(arguments: [String], message: String) throws {
        let result = try run(arguments)
        #expect(result.status == 2)
        #expect((result.stdout + result.stderr).contains(message), "\(result.stderr)")
    }
}
