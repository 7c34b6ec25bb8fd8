import LessonEngine
import Testing

/// What other formats let through, for want of looking.
@Suite("Mistakes that other formats let through")
struct RetypedAnswerTests {
    @Test(
        "An answer is what its author wrote, not what YAML makes of it",
        arguments: [
            ("No", "false"), ("yes", "true"), ("0x2E", "46"), ("046", "38"), (".60", "0.6"), ("1_000", "0x3e8"),
            ("1e3", "1000"), ("0o17", "15"), ("12:30", "750"), ("~", "null"), ("null", ""), ("2004-09-02", "2004"),
        ])
    func verbatim(written: String, retyped: String) throws {
        let question = try asked("type: text\nask: Q?\nanswer: \(written)")
        #expect(try question.correctAnswer() == written)
        #expect(try question.verdict(written) == "right")
        #expect(try question.verdict(retyped) != "right")
    }

    @Test("So is a choice", arguments: ["No", "0x2E", "046", ".60", "1_000"])
    func choice(written: String) throws {
        let question = try asked("type: choice\nask: Q?\nchoices: [\(written), other]\nanswer: \(written)")
        #expect(question.shownChoices == ["a) \(written)", "b) other"])
        #expect(try question.verdict(written) == "right")
    }

    @Test(
        "Each of these has its line and column",
        arguments: [
            ("no-correct-choice", "type: choice\nask: Q?\nchoices: [a1, b1]\nanswer: ▲c1"),
            ("duplicate-choice", "type: choice\nask: Q?\nchoices: [Ring 3, ▲ring  3]\nanswer: a"),
            ("empty-choice", "type: choice\nask: Q?\nchoices: [a1, ▲\"\"]\nanswer: a1"),
            ("hint-gives-answer", "type: text\nask: Q?\nanswer: kernel mode\nhints: [▲The Kernel  Mode.]"),
            ("yaml-tag", "type: text\nask: Q?\nanswer: ▲!idt"),
            ("yaml-tag", "type: text\nask: Q?\nanswer: [one, ▲!idt 3]"),
            ("yaml-tag", "type: text\nask: Q?\nanswer: ▲!!str x"),
            ("yaml-tag", "type: text\nask: ▲!x {a: b}\nanswer: y"),
            ("yaml-alias", "type: text\nask: Q?\nanswer: ▲*p"),
            ("yaml-alias", "type: text\nask: Q?\nanswer: ▲&p x"),
            ("duplicate-key", "type: text\n▲ask: Q?\nask: R?\nanswer: x1"),
            ("unknown-parameter", "type: text\nask: ▲What is $(name)?\nanswer: x1"),
            ("unknown-parameter", "type: text\nask: Q?\nanswer: x1\nhints: [▲'not $(n:h)']"),
        ])
    func caught(code: String, quiz: String) {
        let planted = Planted(quiz: quiz)
        #expect(planted.found == planted.expected(code))
    }

    @Test(
        "A dollar and a parenthesis are fine where they are no parameter", arguments: ["$()", "$ (x)", "$(a b)", "$("])
    func noParameter(text: String) {
        #expect(Planted(quiz: "type: text\nask: What is '\(text)'?\nanswer: x1").found == [])
    }

    @Test("A family that some seed makes trivial, or ambiguous, is found at its block or choice")
    func families() {
        let trivial = "type: text\nask: Say $(a).\nanswer: $(b)\nvary: {a: [one, two, three], b: [one, two, three]}"
        #expect(Planted(quiz: trivial).found == ["trivial-member 6:1"])
        let twins = "type: choice\nask: Which?\nchoices: [$(a), ▲$(b)]\nanswer: $(a)\nvary: {a: 1..3, b: 1..3}"
        #expect(Planted(quiz: twins).found == Planted(quiz: twins).expected("duplicate-choice"))
    }
}
