import LessonEngine
import Testing

@Suite("A question of type cloze")
struct ClozeQuestionTests {
    private let two = """
        type: cloze
        ask: Fill the gaps.
        text: The stub loads the [[service number | number]] into [[EAX]].

        """

    @Test("shows numbered gaps under the question, also in code")
    func shown() throws {
        #expect(
            try asked(two).text.ask.plainText == "Fill the gaps.\nThe stub loads the (1: ____) into (2: ____).")
        let code = "type: cloze\nask: What?\ntext: |\n  ~~~asm\n  mov eax, [[[esp]]]\n  ~~~"
        #expect(try asked(code).text.ask.last == .code(info: "asm", text: "mov eax, (1: ____)\n"))
        #expect(try asked(code).verdict("[esp]") == "right")
        #expect(try asked(code).verdict("esp") == "wrong")
    }

    @Test(
        "accepts an answer for each gap, with commas or semicolons between them",
        arguments: [
            "service number, EAX", "number,eax", "Number; EAX.", "the-number", "service number , eax",
        ])
    func accepts(line: String) throws {
        let expected = line == "the-number" ? "unclear" : "right"
        let verdict = try asked(two).verdict(line)
        #expect((verdict == "right" ? "right" : "unclear") == expected)
    }

    @Test("asks back another number of answers", arguments: ["", "EAX", "number, ", "a, b, c"])
    func unclear(line: String) throws {
        #expect(
            try asked(two).verdict(line)
                == "Answer with what belongs in the 2 gaps, in order, with commas between them.")
    }

    @Test("tells which gaps are wrong, or what the author wrote, where _ stands for anything")
    func feedback() throws {
        let question = try asked(two + "feedback: [{given: '_, EDX', say: EDX is the stack.}]")
        #expect(try question.grade("number, ebx").feedback.plainText == "Only gap 2 is wrong.")
        #expect(try question.grade("handle, ebx").feedback.plainText == "None of the gaps is right.")
        #expect(try question.grade("handle, edx").feedback.plainText == "EDX is the stack.")
        #expect(try question.grade("number, eax").feedback.isEmpty)
    }

    @Test("with commas in its key wants semicolons")
    func semicolons() throws {
        let question = try asked("type: cloze\nask: Q?\ntext: '[[mov eax, 1]] and [[ret]]'")
        #expect(try question.correctAnswer() == "mov eax, 1; ret")
        #expect(try question.verdict("mov eax, 1; ret") == "right")
        #expect(question.answerForm?.contains("semicolons") == true)
    }

    @Test("leaves lines without any right gap to be commands")
    func commands() throws {
        let question = try asked("type: cloze\nask: Q?\ntext: It is [[kernel mode]].")
        #expect(!question.couldBeAnswer("db 7ffe0300"))
        #expect(question.couldBeAnswer("Kernel mode"))
        #expect(question.answerForm == nil)
    }
}
