import Foundation
import LessonEngine
import Testing

@testable import ntlearn

@Suite("Assignments, from making to grading")
struct AssignmentCommandsTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("course/course.yaml", "format: 1\nid: t\ntitle: T\nlessons: [doors]\n")
        try folder.write("course/lessons/doors.md", Self.lesson)
    }

    private static let lesson = """
        ---
        format: 1
        id: doors
        title: Doors
        ---
        # Doors

        ```quiz id=edx
        type: value
        machine: int2e
        call: NtClose($(handle))
        at: nt!KiSystemService
        ask: A program closes the handle $(handle:h). What does EDX point to?
        answer: poi(edx)
        vary:
          handle: 0x100..0xFFC step 4
        ```

        ```quiz id=stack
        type: choice
        ask: Which stack?
        choices: [the program's, the thread's, the processor's]
        answer: c
        hints: ["Think."]
        ```
        """

    private var content: [String] { ["--content", path("course")] }

    private func path(_ name: String) -> String { folder.path + "/" + name }

    @discardableResult
    private func run(_ arguments: [String], stdin: String = "") throws -> ProgramResult {
        try runNtlearn(arguments: arguments, stdin: stdin.utf8, home: folder)
    }

    private func assign(_ options: [String] = []) throws {
        let made = try run(["assign", "-o", path("a"), "doors"] + content + options)
        #expect(made.status == 0 && made.stderr == "2 questions for each learner\n")
    }

    private func take(_ name: String, _ lines: String) throws -> String {
        let result = try run(
            ["take", path("a"), "--name", name, "-o", path(name), "--no-progress"] + content, stdin: lines)
        #expect(result.status == 0, "\(result.stderr)")
        return oneLine(result.stdout)
    }

    /// Without the line breaks of wrapping, which depend on the folder's name.
    private func oneLine(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    @Test("An assignment is made, answered in two sittings, and graded")
    func whole() throws {
        try assign(["--title", "Week 3", "--deadline", "2099-01-01"])
        let first = try take("Ada", "0xBAD\n")
        #expect(first.contains("2 of 2 questions are open.") && first.contains("Not quite."))
        #expect(first.contains("1 question is open. The same command goes on"))
        let second = try take("Ada", "c\n")
        #expect(second.contains("1 of 2 questions are open."))
        #expect(second.contains("All questions are answered. Hand in "))
        let graded = try run(["grade", path("a"), path("Ada"), "--json"] + content)
        let object = try #require(try JSONObject.lines(graded.stdout).first)
        #expect(graded.status == 0)
        #expect(object[number: "points"] == 1 && object[number: "out_of"] == 2)
        #expect(object[objects: "questions"]?.compactMap { $0["mark"] as? String } == ["wrong", "right"])
        #expect(try run(["receipt", path("Ada")]).stdout.hasSuffix("All seals fit.\n"))
    }

    @Test("An exam tells nothing before its end, allows no help and no debugger")
    func exam() throws {
        try assign(["--exam"])
        let text = try take("Ada", "hint\nr\nwhy\nanswer\nagain\n0xBAD\n\n")
        #expect(text.contains("hint is not allowed here.") && text.contains("r is not allowed here."))
        #expect(!text.contains("Not quite.") && !text.contains("Right."))
        #expect(text.contains("Noted"))
        let receipt = try String(contentsOfFile: path("Ada"), encoding: .utf8)
        #expect(receipt.contains(" given \"0xBAD\"") && !receipt.contains("wrong"))
        let end = try take("Ada", "c\n\n")
        #expect(end.contains("Right."))
        let csv = try run(["grade", path("a"), path("Ada"), "--csv"] + content).stdout
        #expect(csv.contains(",1,2,50,no,"))
    }

    @Test("A kill right behind a verdict loses no answer of the receipt")
    func kill() throws {
        try assign()
        let session = try NtlearnSession(
            arguments: ["take", path("a"), "--name", "Ada", "-o", path("Ada")] + content,
            environment: ["NO_COLOR": "1"],
            home: folder)
        try session.terminal.wait(for: "assignment 1/2? ")
        try session.terminal.send("0xBAD\r")
        try session.terminal.wait(for: "Not quite.")
        session.kill()
        #expect(try session.waitForExit() == -SIGKILL)
        let shown = try run(["receipt", path("Ada")])
        #expect(shown.status == 0 && shown.stdout.contains("wrong  \"0xBAD\""))
    }

    @Test("A forged receipt is told on, with status 1")
    func forged() throws {
        try assign()
        _ = try take("Ada", "0xBAD\n\nc\n")
        let text = try String(contentsOfFile: path("Ada"), encoding: .utf8)
        try text.replacing(" wrong ", with: " correct ").write(toFile: path("Ada"), atomically: true, encoding: .utf8)
        let graded = try run(["grade", path("a"), path("Ada"), path("nobody")] + content)
        #expect(graded.status == 1)
        #expect(oneLine(graded.stdout).contains("altered: Changed by another hand"))
        #expect(oneLine(graded.stdout).contains("there is no such file"))
        #expect(try run(["receipt", path("Ada")]).status == 1)
        #expect(try run(["take", path("a"), "--name", "Ada", "-o", path("Ada")] + content).status == 2)
    }

    @Test(
        "What cannot be is refused with what would work",
        arguments: [
            (["assign", "-o", "/dev/null", "door"], "did you mean \"doors\"?"),
            (["assign", "-o", "/dev/null", "doors/stak"], "did you mean \"stack\"?"),
            (["assign", "-o", "/dev/null", "doors", "--deadline", "soon"], "2026-12-01"),
            (["assign", "-o", "/nowhere/x", "doors"], "cannot write /nowhere/x"),
            (["take", "/dev/null", "--name", "Ada"], "not a regular file"),
            (["grade", "/nowhere", "x"], "no such file"), (["receipt", "/dev"], "no regular file"),
        ])
    func refused(arguments: [String], message: String) throws {
        let result = try run(arguments + (arguments[0] == "receipt" ? [] : content))
        #expect(result.status == 2)
        #expect((result.stdout + result.stderr).contains(message), "\(result.stderr)")
    }
}
