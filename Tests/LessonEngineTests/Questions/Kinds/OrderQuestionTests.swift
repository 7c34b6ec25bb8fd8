import LessonEngine
import Testing

@Suite("A question of type order")
struct OrderQuestionTests {
    private let keys = "type: order\nask: What comes first?\nsteps: [Load EAX, SYSENTER, Load ESP, Push SS]\n"

    /// The letters, in this question's own order, of steps that are named by their place in the right order.
    private func letters(_ places: [Int], of question: any Question) throws -> String {
        let steps = ["Load EAX", "SYSENTER", "Load ESP", "Push SS"]
        return try places.map { place in
            String(try #require(question.choices.first { $0.text.plainText == steps[place] }).letter)
        }.joined(separator: " ")
    }

    @Test("never shows the steps in their right order, and shows them alike for the same seed", arguments: 0...99)
    func shuffled(seed: UInt64) throws {
        let question = try asked(keys, seed: seed)
        #expect(question.choices.map(\.text.plainText) != ["Load EAX", "SYSENTER", "Load ESP", "Push SS"])
        #expect(question.choices.map(\.letter) == ["a", "b", "c", "d"])
        #expect(try asked(keys, seed: seed).shownChoices == question.shownChoices)
        #expect(try question.verdict(question.correctAnswer()) == "right")
        #expect(try question.verdict(letters([0, 1, 2, 3], of: question)) == "right")
        #expect(try question.verdict(letters([1, 0, 2, 3], of: question)) == "wrong")
    }

    @Test("shows them differently for different seeds")
    func differs() throws {
        #expect(Set(try (0..<20).map { try asked(keys, seed: $0).shownChoices }).count > 5)
    }

    @Test("accepts the letters in any usual form", arguments: [" ", ",", ", ", "", " > ", " -> ", "; ", " then "])
    func forms(separator: String) throws {
        let question = try asked(keys)
        let line = try letters([0, 1, 2, 3], of: question).split(separator: " ").joined(separator: separator)
        #expect(question.couldBeAnswer(line))
        #expect(try question.verdict(line) == "right")
        #expect(try question.verdict(line.uppercased()) == "right")
    }

    @Test("accepts the steps' texts") func texts() throws {
        #expect(try asked(keys).verdict("load eax, sysenter, load esp, push ss") == "right")
    }

    @Test(
        "asks back what does not name every step once",
        arguments: ["", "a", "a b", "a b c", "a a b c", "db 10", "a b c e"])
    func unclear(line: String) throws {
        let question = try asked(keys)
        #expect(!question.couldBeAnswer(line))
        #expect(
            try question.verdict(line) == "Answer with all 4 letters, the first step first, such as a b c d.")
    }

    @Test("says what the author wrote for steps in a wrong order, else how far it was right")
    func feedback() throws {
        let question = try asked(keys + "feedback: [{given: b a, say: EAX is loaded before.}]")
        #expect(try question.grade(letters([1, 0, 2, 3], of: question)).feedback.plainText == "EAX is loaded before.")
        #expect(try question.grade(letters([1, 3, 0, 2], of: question)).feedback.plainText == "EAX is loaded before.")
        #expect(
            try question.grade(letters([0, 1, 3, 2], of: question)).feedback.plainText == "The first 2 steps are right."
        )
        #expect(
            try question.grade(letters([0, 2, 1, 3], of: question)).feedback.plainText == "The first step is right.")
        #expect(
            try question.grade(letters([3, 0, 1, 2], of: question)).feedback.plainText == "Another step comes first.")
    }

    @Test("has no hint that tells the whole order")
    func hints() throws {
        let question = try asked(keys)
        #expect(question.isGivenAway(by: "First load EAX, then SYSENTER, then load ESP and push SS."))
        #expect(!question.isGivenAway(by: "SYSENTER is not the first; load EAX, load ESP, push SS."))
    }
}
