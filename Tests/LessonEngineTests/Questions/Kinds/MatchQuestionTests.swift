import LessonEngine
import Testing

@Suite("A question of type match")
struct MatchQuestionTests {
    private let keys = """
        type: match
        ask: Which enters how?
        pairs:
          - {left: Windows 2000, right: INT 2Eh}
          - {left: XP on Intel, right: SYSENTER, say: Intel came first.}
          - {left: XP on AMD, right: SYSCALL}

        """

    /// The key's letters in the order of the numbers.
    private func letters(_ question: any Question) throws -> [Character] {
        try ["INT 2Eh", "SYSENTER", "SYSCALL"].map { side in
            try #require(question.choices.first { $0.text.plainText == side }).letter
        }
    }

    @Test("numbers the left sides and never shows the right sides beside them in order", arguments: 0...99)
    func shuffled(seed: UInt64) throws {
        let question = try asked(keys, seed: seed)
        #expect(
            question.items.map { "\($0.letter) \($0.text.plainText)" } == [
                "1 Windows 2000", "2 XP on Intel", "3 XP on AMD",
            ])
        #expect(try letters(question) != ["a", "b", "c"])
        #expect(try question.verdict(question.correctAnswer()) == "right")
    }

    @Test(
        "accepts pairs in any usual form and order",
        arguments: [
            "1A 2B 3C", "1A,2B,3C", "1-A, 2-B, 3-C", "1=A 2=B 3=C", "1A2B3C", "3C 1A 2B", "A1 B2 C3", "A B C", "ABC",
        ])
    func forms(form: String) throws {
        let question = try asked(keys)
        let key = try letters(question)
        let line = String(form.map { ["A": key[0], "B": key[1], "C": key[2]][$0] ?? $0 })
        #expect(try question.verdict(line) == "right")
        #expect(try question.verdict(line.uppercased()) == "right")
    }

    @Test(
        "asks back what is not a letter of its own for each number",
        arguments: [
            "", "1a", "1a 2b", "1a 2a 3b", "1a 1b 2c", "1a 2b 3d", "1a 2b 4c", "a b", "db 10", "12 3", "1 2 3",
        ])
    func unclear(line: String) throws {
        let question = try asked(keys)
        #expect(!question.couldBeAnswer(line))
        #expect(try question.verdict(line) == "Answer with a letter for each of 1 to 3, such as 1a 2b 3c.")
    }

    @Test("says what belongs to the pairs that are wrong, else how many are right")
    func feedback() throws {
        let question = try asked(keys + "feedback: [{given: 1c, say: SYSCALL is younger.}]")
        let key = try letters(question)
        func answer(_ one: Int, _ two: Int, _ three: Int) throws -> String {
            try question.grade("1\(key[one]) 2\(key[two]) 3\(key[three])").feedback.plainText
        }
        #expect(try answer(2, 1, 0) == "SYSCALL is younger.")
        #expect(try answer(0, 2, 1) == "Intel came first.")
        let plain = try asked(keys.replacing(", say: Intel came first.", with: ""))
        #expect(try plain.grade("1\(key[0]) 2\(key[2]) 3\(key[1])").feedback.plainText == "1 of the 3 pairs is right.")
    }

    @Test("has no hint that names nearly all pairs")
    func hints() throws {
        let question = try asked(keys)
        #expect(question.isGivenAway(by: "Windows 2000 uses INT 2Eh, XP on AMD uses SYSCALL."))
        #expect(!question.isGivenAway(by: "Windows 2000 uses INT 2Eh."))
    }
}
