import LessonEngine
import Testing

@Suite("A question of type choice")
struct ChoiceQuestionTests {
    private func question(_ yaml: String) throws -> any Question {
        let quiz = loadedLesson("```quiz id=q\ntype: choice\nask: Which?\n\(yaml)\n```\n")?.block("q") as? QuizBlock
        return try #require(quiz?.question)
    }

    private let short = "choices: [Ring 0, '`INT 2Eh`', Ring 3]\nanswer: Ring 3"
    private let long = """
        choices:
          - {text: Ring 0, say: The kernel.}
          - text: "`INT 2Eh`"
          - {text: Ring 3, correct: yes}
        feedback:
          - {given: b, say: An instruction.}
        """

    @Test(
        "accepts the letter or the text in any usual form",
        arguments: [
            "c", "C", "c)", " (c) ", "c.", "Ring 3", "ring   3", "RING 3", "c) Ring 3",
        ])
    func accepts(line: String) throws {
        for yaml in [short, long] {
            let question = try question(yaml)
            #expect(question.couldBeAnswer(line))
            #expect(try question.grade(line) == Grade(.correct, given: "c) Ring 3"))
        }
    }

    @Test("takes a choice's text without its mark-up")
    func markup() throws {
        #expect(try question(short).grade("int 2eh") == Grade(.wrong, given: "b) INT 2Eh"))
    }

    @Test("says what the author wrote for a wrong choice")
    func feedback() throws {
        let question = try question(long)
        #expect(try question.grade("a").feedback.plainText == "The kernel.")
        #expect(try question.grade("b").feedback.plainText == "An instruction.")
        #expect(try question.grade("c").feedback.isEmpty)
    }

    @Test(
        "asks back when a line names no choice, and leaves it to be a command",
        arguments: ["", "d", "a b", "r eax", "ring"])
    func unclear(line: String) throws {
        let question = try question(short)
        #expect(!question.couldBeAnswer(line))
        #expect(try question.grade(line).verdict == .unclear("Answer with one letter from a to c."))
    }

    @Test("takes its key as a letter or as a text", arguments: ["c", "Ring 3", "ring 3"])
    func key(answer: String) throws {
        let question = try question("choices: [Ring 0, Ring 1, Ring 3]\nanswer: \(answer)")
        #expect(try question.correctAnswer() == "c) Ring 3")
    }

    @Test("has no hint that names only the correct choice")
    func hints() throws {
        let question = try question(short)
        #expect(question.isGivenAway(by: "Programs run in ring 3."))
        #expect(!question.isGivenAway(by: "Compare ring 0 with ring 3."))
        #expect(!question.isGivenAway(by: "Not in ring 30."))
    }
}
