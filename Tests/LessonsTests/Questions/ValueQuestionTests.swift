import LessonEngine
import Lessons
import Testing

/// Questions whose key is a machine.
struct ValueQuestionTests {
    private func question(_ answer: String, feedback: String = "") throws -> any Question {
        let text = """
            ```quiz id=q
            type: value
            machine: sysenter
            call: NtClose(0x44)
            at: nt!KiFastCallEntry
            ask: What is it?
            answer: \(answer)
            \(feedback)
            ```
            """
        let lesson = try #require(loadLesson(text).lesson)
        return try #require((lesson.block("q") as? QuizBlock)?.question)
    }

    @Test(
        "The same number in any usual notation is right",
        arguments: ["19h", "0x19", "19", "0019", "0n25", "25", "0X19", " 19H ", "0b11001"])
    func notations(line: String) throws {
        let question = try question("eax")
        #expect(question.couldBeAnswer(line))
        #expect(try question.grade(line).verdict == .correct)
    }

    @Test("A symbol names an address")
    func symbol() throws {
        let question = try question("eip")
        #expect(question.couldBeAnswer("nt!KiFastCallEntry"))
        #expect(try question.grade("nt!KiFastCallEntry").verdict == .correct)
        #expect(try question.grade("nt!KiSystemService").verdict == .wrong)
    }

    @Test("Asking the machine for the register is no answer")
    func register() throws {
        let question = try question("eax")
        #expect(!question.couldBeAnswer("eax"))
        guard case .unclear = try question.grade("eax").verdict else {
            Issue.record("`eax` was judged")
            return
        }
    }

    @Test(
        "Words of the debugger are not taken for numbers", arguments: ["db", "dd", "a", "db 7ffe0300", "r", "u", "t 5"])
    func words(line: String) throws { #expect(!(try question("eax").couldBeAnswer(line))) }

    @Test("A key of letters only is accepted as it is shown", arguments: [10, 11, 12, 13, 14, 15])
    func letters(key: Int) throws {
        let question = try question("0n\(key)")
        let shown = try question.correctAnswer()
        #expect(question.couldBeAnswer(shown))
        #expect(try question.grade(shown).verdict == .correct)
    }

    @Test("A wrong answer that the author foresaw is explained")
    func feedback() throws {
        let question = try question("eax", feedback: "feedback:\n  - {given: edx, say: That is EDX.}")
        let grade = try question.grade("12FFE4h")
        #expect(grade.verdict == .wrong)
        #expect(grade.feedback.plainText == "That is EDX.")
    }

    @Test("A number that is right in one radix and a foreseen mistake in the other is asked back")
    func ambiguous() throws {
        // 19h is the key; 19 decimal is 13h.
        let question = try question("eax", feedback: "feedback:\n  - {given: 0n19, say: That is decimal.}")
        guard case .unclear(let back) = try question.grade("19").verdict else {
            Issue.record("19 was judged")
            return
        }
        #expect(back.contains("0x13") && back.contains("0x19"))
        #expect(try question.grade("19h").verdict == .correct)
    }

    @Test("The key is shown as it may be typed")
    func shownKey() throws { #expect(try question("edx").correctAnswer() == "12FFE4h") }
}
