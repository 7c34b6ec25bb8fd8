import LessonEngine
import Lessons
import Testing

/// Challenges: the machine is to be brought to a state.
struct ChallengeQuestionTests {
    private static func body(
        goal: String = "eip == program!return1 & eax == 0xC000001C", lost: String = "eip == program!return1",
        allow: String = "registers 1", solution: String = "[r eax=fff, g program!return1]", more: String = "explain: x"
    ) -> String {
        """
        ```challenge id=q
        machine: sysenter
        call: NtClose(0x44)
        from: ntdll!NtClose+5
        ask: Make NtClose fail.
        goal: \(goal)
        lost: \(lost)
        allow: \(allow)
        solution: \(solution)
        \(more)
        ```
        """
    }

    private func question(_ body: String = Self.body()) throws -> any Question {
        #expect(diagnostics(body).map(\.description) == [])
        return try #require((loadLesson(body).lesson?.block("q") as? QuizBlock)?.question)
    }

    @Test("Any words that lead to the goal are right, whatever the author wrote")
    func solved() throws {
        let question = try question()
        #expect(try question.correctAnswer() == "r eax=fff; g program!return1")
        #expect(try question.grade("r eax=ffe; g program!return1").verdict == .correct)
    }

    @Test("A lost try says what the registers hold that the goal speaks of, and what the author foresaw")
    func lost() throws {
        let more = "feedback: [{given: eax == 0xC0000008, say: The service exists.}]"
        let grade = try question(Self.body(more: more)).grade("g program!return1")
        #expect(grade.verdict == .wrong)
        #expect(grade.feedback.plainText == "EIP is program!return1, EAX is C0000008h.\nThe service exists.")
    }

    @Test("Words that lead nowhere, and those that are none")
    func nowhere() throws {
        let question = try question()
        #expect(try question.grade("t").feedback.plainText.hasPrefix("These words do not reach the goal. EIP is"))
        guard case .unclear(let back) = try question.grade("fly").verdict else {
            Issue.record("`fly` was judged")
            return
        }
        #expect(back.contains("no word"))
    }

    @Test("More changes than allowed do not count as a solution")
    func allowance() throws {
        let grade = try question().grade("r ebx=1; r eax=fff; g program!return1")
        #expect(grade.verdict == .wrong)
        #expect(grade.feedback.plainText == "You have changed registers twice; once is allowed.")
    }

    @Test("A challenge can vary, as a quiz of the same type")
    func family() throws {
        let quiz = Self.body(solution: "[\"r eax=$(n)\", g program!return1]", more: "vary: {n: 1000..2000}")
            .replacing("```challenge", with: "```quiz").replacing("ask:", with: "type: challenge\nask:")
        #expect(diagnostics(quiz).map(\.description) == [])
    }

    @Test(
        "What is wrong with a challenge is reported at its place",
        arguments: [
            (body(goal: "cpl == 3"), "bad-value", 6), (body(lost: "eax == 19"), "bad-value", 7),
            (body(goal: "bogus == 1"), "expression-fails", 6), (body(goal: "eax =="), "bad-expression", 6),
            (body(allow: "registres 1"), "bad-value", 8), (body(allow: "registers"), "bad-value", 8),
            (body(solution: "[g program!return1]"), "solution-fails", 9),
            (body(solution: "[r ebx=1, r eax=fff, g program!return1]"), "solution-fails", 9),
            (body(solution: "[r eax=fff, fly]"), "solution-fails", 9),
            (body(more: "type: value"), "bad-value", 10), (body(more: "hint: x"), "unknown-key", 10),
            (body(more: "hints: ['Try r eax=fff; g program!return1']"), "hint-gives-answer", 10),
        ])
    func mistakes(body: String, codes: String, line: Int) {
        let found = diagnostics(body)
        #expect(found.map(\.code).joined(separator: ",") == codes)
        #expect(found.last?.location.line == headLines + line)
    }

    @Test("A challenge needs a solution")
    func noSolution() {
        let body = Self.body().replacing("solution: [r eax=fff, g program!return1]\n", with: "")
        #expect(diagnostics(body).map(\.code) == ["missing-key"])
    }
}
