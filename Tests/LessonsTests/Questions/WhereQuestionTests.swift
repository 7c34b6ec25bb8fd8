import LessonEngine
import Lessons
import Testing

/// Questions about the instruction at which something happens.
struct WhereQuestionTests {
    private static func body(_ answer: String, to: String = "nt!KiFastCallEntry+20", given: String = "ntdll!NtClose")
        -> String
    {
        """
        ```quiz id=q
        type: where
        machine: sysenter
        call: NtClose(0x44)
        from: ntdll!NtClose
        to: \(to)
        ask: Where?
        answer: \(answer)
        feedback:
          - {given: \(given), say: "Too early."}
        ```
        """
    }

    private func question(_ answer: String) throws -> any Question {
        let loaded = loadLesson(Self.body(answer))
        #expect(loaded.diagnostics.map(\.description) == [])
        return try #require((loaded.lesson?.block("q") as? QuizBlock)?.question)
    }

    @Test("The key is the instruction after which the condition first holds")
    func key() throws {
        // MOV EAX, imm32 is the stub's first instruction and five bytes long: EAX is set once EIP is behind it.
        let first = try question("eip == ntdll!NtClose+5")
        #expect(try first.grade("ntdll!NtClose").verdict == .correct)
        #expect(try first.grade("ntdll!NtClose+5").verdict == .wrong)
    }

    @Test("SYSENTER is where the ring changes")
    func ring() throws {
        let question = try question("cpl == 0")
        let key = try question.correctAnswer()
        #expect(question.couldBeAnswer(key))
        #expect(try question.grade(key).verdict == .correct)
        #expect(key.hasPrefix("SharedUserData!"))
        #expect(try question.grade("ntdll!NtClose").feedback.plainText == "Too early.")
        guard case .unclear = try question.grade("eip").verdict else {
            Issue.record("`eip` was judged")
            return
        }
    }

    @Test(
        "What cannot be the key of a stretch is reported at its place",
        arguments: [
            (body("cpl == 3"), "never-reached", 7), (body("cpl == 2"), "never-reached", 7),
            (body("cpl ==="), "bad-expression", 7),
            (body("eip == ntdll!NtClose+5"), "bad-value", 9),
            (body("cpl == 0", given: "bogus!x"), "expression-fails", 9),
        ])
    func mistakes(body: String, code: String, line: Int) {
        let found = diagnostics(body)
        #expect(found.map(\.code) == [code])
        #expect(found.first?.location.line == headLines + line + 1)
    }
}
