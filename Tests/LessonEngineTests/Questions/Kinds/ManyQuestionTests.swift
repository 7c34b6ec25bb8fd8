import LessonEngine
import Testing

@Suite("A question of type many")
struct ManyQuestionTests {
    private let keys = "type: many\nask: Which?\nchoices: [CS, EDX, ESP, EFLAGS.IF]\n"

    @Test(
        "accepts the letters or the texts in any usual form and order",
        arguments: [
            "a c", "A C", "c a", "a,c", "a, c", "ac", "ca", "a) c)", "a and c", "(a) (c)", "a; c", "CS, ESP", "esp; cs",
            "a) CS, c) ESP",
        ])
    func accepts(line: String) throws {
        let question = try asked(keys + "answer: a c")
        #expect(try question.grade(line) == Grade(.correct, given: "a) CS, c) ESP"))
    }

    @Test("is right only as a whole", arguments: ["a", "c", "a b c", "b d", "abcd", "EDX"])
    func wrong(line: String) throws { #expect(try asked(keys + "answer: a c").verdict(line) == "wrong") }

    @Test("asks back what names no choices, or one twice", arguments: ["", "a e", "x", "aa", "a a c", "r eax", "1 3"])
    func unclear(line: String) throws {
        let question = try asked(keys + "answer: a c")
        #expect(!question.couldBeAnswer(line))
        #expect(try question.verdict(line) == "Answer with the letters of all that apply, from a to d, such as a b.")
    }

    @Test("leaves letters that look like a command to the prompt", arguments: ["db", "dc", "ca"])
    func commands(line: String) throws {
        let question = try asked(keys + "answer: a c")
        #expect(!question.couldBeAnswer(line))
        #expect(question.couldBeAnswer("ac"))
    }

    @Test(
        "takes its key as letters, as texts, as a list, or from the choices",
        arguments: [
            "answer: a c", "answer: [a, c]", "answer: [CS, esp]", "answer: a,c",
        ])
    func key(answer: String) throws { #expect(try asked(keys + answer).correctAnswer() == "a) CS, c) ESP") }

    @Test("says what belongs to each choice that was got wrong, picked or left out")
    func replies() throws {
        let question = try asked(
            """
            type: many
            ask: Which?
            choices:
              - {text: CS, correct: yes, say: CS comes from the MSR.}
              - {text: EDX, say: EDX is the program's.}
              - {text: ESP, correct: yes}
            feedback: [{given: b c, say: Half.}]
            """)
        #expect(try question.grade("b").feedback.plainText == "CS comes from the MSR.\nEDX is the program's.")
        #expect(try question.grade("b c").feedback.plainText.hasPrefix("Half."))
        #expect(try question.grade("a c").feedback.isEmpty)
    }

    @Test("otherwise counts what is too much and what is missing")
    func counts() throws {
        let question = try asked(keys + "answer: a c")
        #expect(try question.grade("a").feedback.plainText == "1 is missing.")
        #expect(try question.grade("b d").feedback.plainText == "2 of your letters do not apply; 2 are missing.")
    }

    @Test("shows an example of the form that is not the key", arguments: ["a b", "a c", "a"])
    func form(key: String) throws {
        let question = try asked(keys + "answer: \(key)")
        let example = try #require(question.answerForm?.split(separator: "such as ").last?.dropLast())
        #expect(try question.verdict(String(example)) == "wrong")
    }

    @Test("has no hint that names exactly the correct ones")
    func hints() throws {
        let question = try asked(keys + "answer: a c")
        #expect(question.isGivenAway(by: "Look at CS and at ESP."))
        #expect(!question.isGivenAway(by: "CS, EDX or ESP?"))
    }
}
