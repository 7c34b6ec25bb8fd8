import LessonEngine
import Lessons
import Testing

/// Answers that an author wrote as figures.
@Suite("A figure as an answer")
struct ConfirmationTests {
    private func found(_ keys: String, at point: String = "nt!KiFastCallEntry") -> [String] {
        diagnostics(
            """
            ```quiz id=q
            type: value
            machine: sysenter
            call: NtClose($(handle))
            at: \(point)
            ask: What?
            vary: {handle: 4..8 step 4}
            \(keys)
            ```
            """
        ).map { "\($0.code) \($0.location.line - headLines):\($0.location.column)" }
    }

    @Test(
        "is compared with what the machine says",
        arguments: [
            ("answer: 0x19\ncheck: eax", [String]()),
            ("answer: eax", []),
            ("answer: 8 * (poi(edx+8) == $(handle))", ["constant-family 1:1"]),
            ("answer: 0x18\ncheck: eax", ["contradicted 8:9"]),
            ("answer: 25\ncheck: eax", ["contradicted 8:9"]),
            ("answer: 8\ncheck: 8 * (poi(edx+4) == $(handle))", ["contradicted 8:9"]),
            ("answer: 8", ["literal-answer 8:9"]),
            ("answer: 4 * 2", ["literal-answer 8:9"]),
            ("answer: 0x19\ncheck: eaxx", ["expression-fails 9:8"]),
            ("answer: 0x19\ncheck: poi(", ["bad-expression 9:12"]),
            ("answer: .60", ["bad-expression 8:10"]),
            ("answer: 1_000", ["bad-expression 8:9"]),
        ])
    func compared(keys: String, codes: [String]) {
        let found = found(keys).filter { !$0.hasPrefix("constant-family") }
        #expect(found == codes.filter { !$0.hasPrefix("constant-family") })
    }

    @Test("A number is hexadecimal in an expression, however it looks to YAML", arguments: ["046", "0x2E", "46"])
    func notation(written: String) throws {
        let body =
            "```quiz id=q\ntype: value\nmachine: xp\ncall: NtClose(4)\nat: ntdll!NtClose\nask: Q?\nanswer: \(written)\n```\n"
        let quiz = try #require(loadLesson(body).lesson?.block("q") as? QuizBlock)
        #expect(try quiz.question.correctAnswer() == (written == "0x2E" ? "2Eh" : "46h"))
    }
}
