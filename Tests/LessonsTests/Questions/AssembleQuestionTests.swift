import LessonEngine
import Lessons
import Testing

/// Questions that are answered with instructions.
struct AssembleQuestionTests {
    private static func body(
        before: String = "push 0x44", answer: String = "mov eax, 0x19; mov edx, 0x7FFE0300; call edx",
        goal: String = "eax == 0xC0000008", more: String = "explain: x"
    ) -> String {
        """
        ```quiz id=q
        type: assemble
        machine: xp
        cpu: pentium3
        before: \(before)
        ask: Write the stub.
        goal: \(goal)
        answer: "\(answer)"
        \(more)
        ```
        """
    }

    private func question(_ body: String = Self.body()) throws -> any Question {
        #expect(diagnostics(body).map(\.description) == [])
        return try #require((loadLesson(body).lesson?.block("q") as? QuizBlock)?.question)
    }

    @Test("Instructions are judged by what they do, not by how they are written")
    func right() throws {
        let question = try question()
        #expect(try question.grade(question.correctAnswer()).verdict == .correct)
        #expect(try question.grade("MOV AL, 19h; movzx eax, al; call 0x7FFE0300").verdict == .correct)
        #expect(try question.grade("mov eax, 5; mov eax, 0x19; mov edx, 0x7FFE0300; call edx;").verdict == .correct)
    }

    @Test("Instructions that do something else say what the registers hold, and what the author foresaw")
    func wrong() throws {
        let more = "feedback: [{given: eax == 0x19, say: Nothing was called.}]"
        let grade = try question(Self.body(more: more)).grade("mov eax, 0x19")
        #expect(grade.verdict == .wrong)
        #expect(grade.feedback.plainText == "Behind your instructions EAX is 19h.\nNothing was called.")
    }

    @Test("A fault is told with its instruction")
    func fault() throws {
        let grade = try question().grade("mov eax, 0x19; mov edx, [0]")
        #expect(grade.verdict == .wrong)
        #expect(grade.feedback.plainText.contains("mov edx"))
        #expect(grade.feedback.plainText.contains("raises #PF (error code 4, address 0):"))
    }

    @Test("A loop that never ends is a wrong answer")
    func endless() throws {
        let grade = try question().grade("jmp $")
        #expect(grade.verdict == .wrong)
        #expect(grade.feedback.plainText.contains("had not come to program!after after 2000000 instructions"))
    }

    @Test(
        "What does not assemble is asked back, with the column of the line that was typed",
        arguments: [
            ("mov eax, 0x19; mov edx", 16), ("mov eax, zork", 10), ("  nop;  frob eax", 9), ("nop; db 'a;b', zork", 16),
        ])
    func refused(line: String, column: Int) throws {
        guard case .unclear(let back) = try question().grade(line).verdict else {
            Issue.record("\(line) was judged")
            return
        }
        #expect(back.hasPrefix("Column \(column): "), "\(back)")
    }

    @Test(
        "An answer that breaks the program around it, or floods it, is asked back",
        arguments: ["program@after: nop", "times 100000 nop", "%include \"/etc/passwd\"", ";;"])
    func hostile(line: String) throws {
        guard case .unclear = try question().grade(line).verdict else {
            Issue.record("\(line) was judged")
            return
        }
    }

    @Test("Instructions are answers at the prompt; words of the debugger stay words")
    func form() throws {
        let question = try question()
        for line in ["mov eax, 1", "PUSH 5; call [edx]", "here: jmp here", "rdmsr", "rep movsb"] {
            #expect(question.couldBeAnswer(line), "\(line)")
        }
        for line in ["r eax", "u", "t 5", "rdmsr 176", "db 7ffe0300", "hint", "a eip"] {
            #expect(!question.couldBeAnswer(line), "\(line)")
        }
    }

    @Test(
        "What is wrong with the question is reported at its place",
        arguments: [
            (body(before: "psuh 0x44"), "bad-program", 5, 9), (body(answer: "mov eax, zork"), "bad-program", 8, 19),
            (body(answer: "mov eax, 1"), "solution-fails", 8, 9), (body(answer: "jmp $"), "solution-fails", 8, 9),
            (body(goal: "esp != 0"), "bad-value", 7, 7), (body(goal: "bogus == 0"), "expression-fails", 7, 7),
            (body(more: "at: program!nowhere"), "bad-expression", 9, 5),
            (body(more: "after: mov eax"), "bad-program", 9, 8),
            (body(more: "call: NtClose(4)"), "unknown-key", 9, 1),
        ])
    func mistakes(body: String, code: String, line: Int, column: Int) {
        let found = diagnostics(body)
        #expect(found.map(\.code) == [code])
        #expect(found.first?.location == SourceLocation(file: "test.md", line: headLines + line, column: column))
    }
}
