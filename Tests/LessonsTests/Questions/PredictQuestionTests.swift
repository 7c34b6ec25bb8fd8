import LessonEngine
import Lessons
import Testing

/// Questions about what the next instruction does, in quizzes and in traces.
struct PredictQuestionTests {
    private func question(at: String = "SharedUserData!SystemCall", _ answer: String, _ more: String = "") throws
        -> any Question
    {
        let text = """
            ```quiz id=q
            type: predict
            machine: sysenter
            call: NtClose(0x44)
            at: \(at)
            ask: What will it be?
            answer: \(answer)
            \(more)
            ```
            """
        let loaded = loadLesson(text)
        #expect(loaded.diagnostics.map(\.description) == [])
        return try #require((loaded.lesson?.block("q") as? QuizBlock)?.question)
    }

    @Test("The key is the value behind the instruction, not before it")
    func key() throws {
        // MOV EDX, ESP is the first instruction there.
        let question = try question("edx == esp")
        #expect(try question.correctAnswer() == "1")
        #expect(try question.grade("0").verdict == .wrong)
    }

    @Test("Who answers with the value before the instruction is told so")
    func valueBefore() throws {
        let grade = try question("edx").grade("0x7FFE0300")
        #expect(grade.verdict == .wrong)
        #expect(grade.feedback.plainText == "That was EDX before the MOV.")
    }

    @Test("Who answers with another register is told which; the author's words come first")
    func anotherRegister() throws {
        #expect(try question("edx").grade("19h").feedback.plainText == "That is EAX here.")
        let foreseen = try question("edx", "feedback: [{given: eax, say: The service number.}]")
        #expect(try foreseen.grade("19h").feedback.plainText == "The service number.")
    }

    @Test("A figure that is in several places, or a small one, explains nothing")
    func ambiguous() throws {
        #expect(try question(at: "program!main", "esp").grade("3").feedback.isEmpty)
        // Behind MOV EDX, ESP both hold the same.
        let key = try question("esp").correctAnswer()
        #expect(try question("eax").grade(key).feedback.isEmpty)
    }

    @Test("The same is told to who answers a question of value")
    func value() throws {
        let text = """
            ```quiz id=q
            type: value
            machine: sysenter
            call: NtClose(0x44)
            at: nt!KiFastCallEntry
            ask: What does EIP hold?
            answer: eip
            ```
            """
        let question = try #require((loadLesson(text).lesson?.block("q") as? QuizBlock)?.question)
        #expect(try question.grade("7FFE0302h").feedback.plainText == "That was EIP before the SYSENTER.")
        #expect(try question.grade("19h").feedback.plainText == "That is EAX here.")
    }

    // MARK: In traces

    private static func trace(_ predictions: String, to: String = "nt!KiFastCallEntry") -> String {
        """
        ```trace id=door
        machine: sysenter
        call: NtClose(0x44)
        from: ntdll!NtClose
        to: \(to)
        predict:
        \(predictions)
        ```
        """
    }

    @Test("A prediction of a trace is a question of its own, put by the machine if the author did not")
    func inTrace() throws {
        let text = Self.trace(
            "  - {at: SharedUserData!SystemCall, ask: edx}\n  - {at: SharedUserData!SystemCall+2, ask: cpl, question: Which ring?}"
        )
        #expect(diagnostics(text).map(\.description) == [])
        let trace = try #require(loadLesson(text).lesson?.block("door") as? TraceBlock)
        let questions = trace.predictions.map { $0.worded() }
        #expect(questions.map(\.text.id) == ["door/1", "door/2"])
        #expect(questions.map(\.text.ask.plainText) == ["What will EDX be after mov edx, esp?", "Which ring?"])
        #expect(try questions.map { try $0.correctAnswer() } == ["12FFE4h", "0"])
    }

    @Test(
        "What is wrong with a prediction is reported at its place",
        arguments: [
            ("  - {at: ntdll!NtClose, aks: eax}", "missing-key,unknown-key", 8),
            ("  - {at: nt!KiFastCallEntry, ask: eax}", "never-reached", 8),
            ("  - {at: nt!KiFastCallEntr, ask: eax}", "bad-expression", 8),
            ("  - {at: SharedUserData!SystemCall, ask: edx}\n  - {at: ntdll!NtClose, ask: eax}", "bad-value", 9),
            ("  - {at: ntdll!NtClose, ask: eax}\n  - {at: ntdll!NtClose, ask: esp}", "bad-value", 9),
            ("  - {at: ntdll!NtClose, ask: bogus}", "expression-fails", 8),
            ("  - {at: ntdll!NtClose, ask: eax, feedback: [{given: 19, say: No}]}", "bad-value", 8),
            ("  - {at: ntdll!NtClose, ask: eax, hints: [It is 19h.]}", "hint-gives-answer", 8),
        ])
    func mistakes(predictions: String, codes: String, line: Int) {
        let found = diagnostics(Self.trace(predictions))
        #expect(found.map(\.code).joined(separator: ",") == codes)
        #expect(found.first?.location.line == headLines + line - 1)
    }

    @Test("A loop does not keep a trace from being checked")
    func endless() {
        let found = diagnostics(
            "```trace id=t\nmachine: xp\nprogram: |\n  jmp $\npredict: [{at: program!main, ask: eax}]\n```\n")
        #expect(found.map(\.code) == ["never-reached"])
    }
}
