import LessonEngine
import Testing

@Suite("A family of questions")
struct FamilyTests {
    private let keys = """
        type: text
        ask: "What is $(n) in words, $(n:h), $(n:x), $(n:d), in $(door.at) of $(door.machine)? $$(n)"
        answer: "$(service)"
        vary:
          n: 4..0xFC step 4
          service: [NtClose, NtOpenFile]
          door:
            - {machine: int2e, at: KiSystemService}
            - {machine: sysenter, at: KiFastCallEntry}

        """

    @Test("puts the values of one member everywhere, the same for the same seed", arguments: 0...40)
    func member(seed: UInt64) throws {
        let question = try asked(keys, seed: seed)
        let ask = question.text.ask.plainText
        #expect(try asked(keys, seed: seed).text == question.text)
        let match = try #require(
            try /What is (\w+) in words, (\w+), (\w+), (\w+), in (\w+) of (\w+)\? \$\(n\)/.wholeMatch(in: ask))
        let value = try #require(Int(match.4))
        #expect((4...0xFC).contains(value) && value.isMultiple(of: 4))
        let hexadecimal = String(value, radix: 16, uppercase: true)
        #expect(match.1 == "0x\(hexadecimal)" && match.3 == match.1)
        let suffixed = (hexadecimal.first?.isLetter == true ? "0" : "") + hexadecimal + "h"
        #expect(match.2 == (value < 10 ? "\(value)" : suffixed))
        #expect(["KiSystemService int2e", "KiFastCallEntry sysenter"].contains("\(match.5) \(match.6)"))
        #expect(try ["NtClose", "NtOpenFile"].contains(question.correctAnswer()))
        #expect(question.text.seed == seed)
    }

    @Test("has many members")
    func many() throws {
        let members = Set(try (0..<60).map { try asked(keys, seed: $0).text.ask.plainText })
        #expect(members.count > 30)
    }

    @Test(
        "writes numbers as the range's end is written",
        arguments: [
            ("1..20", "\\d+"), ("1…20", "\\d+"), ("0n1..0n20", "0n\\d+"), ("10h..0FFh", "0?[0-9A-F]+h"),
            ("0..0xFF", "0x[0-9A-F]+"),
        ])
    func notation(range: String, form: String) throws {
        for seed in 0..<20 {
            let question = try asked("type: text\nask: $(n)?\nanswer: one\nvary: {n: \(range)}", seed: UInt64(seed))
            #expect(try Regex(form).wholeMatch(in: question.text.ask.plainText.dropLast()) != nil)
        }
    }

    @Test("reaches both ends of a range")
    func ends() throws {
        let keys = "type: text\nask: $(n)?\nanswer: one\nvary: {n: 3..6}"
        #expect(
            Set(try (0..<60).map { try asked(keys, seed: $0).text.ask.plainText }) == ["3?", "4?", "5?", "6?"])
    }

    @Test(
        "works for every kind",
        arguments: [
            "type: choice\nask: Q?\nchoices: [$(a), other]\nanswer: $(a)",
            "type: many\nask: Q?\nchoices: [$(a), other]\nanswer: [$(a)]",
            "type: order\nask: Q?\nsteps: [$(a), second, third]",
            "type: match\nask: Q?\npairs: [{left: $(a), right: r}, {left: l, right: s}]",
            "type: text\nask: Q?\nanswer: $(a)", "type: cloze\nask: Q?\ntext: 'It is [[$(a)]].'",
        ])
    func kinds(keys: String) throws {
        for seed in 0..<8 {
            let question = try asked(keys + "\nvary: {a: [first, erste, premier]}", seed: UInt64(seed))
            let key = try question.correctAnswer()
            #expect(["first", "erste", "premier"].contains { key.contains($0) }, "\(key)")
            #expect(try question.verdict(key) == "right")
        }
    }

    @Test("leaves `$(` alone where nothing varies")
    func plain() throws {
        #expect(try asked("type: text\nask: $() $(a b) $$(n)?\nanswer: one").text.ask.plainText == "$() $(a b) $$(n)?")
    }

    @Test("passes over a member that cannot be asked, and says which it took")
    func broken() throws {
        let text = Planted.front + "```quiz id=q\n\(FamilyCheckTests.ambiguous)\n```\n"
        let loaded = CourseLoader.forTests.loadLesson(text: text, file: "one.md")
        let quiz = try #require(loaded.lesson?.block("q") as? QuizBlock)
        for seed in 0..<UInt64(50) {
            let question = quiz.question(seed: seed)
            #expect(question.text.seed >= seed)
            #expect(Set(question.choices.map(\.text.plainText)).count == 2)
        }
    }
}
