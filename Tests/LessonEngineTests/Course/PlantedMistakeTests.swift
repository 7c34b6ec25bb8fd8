import LessonEngine
import Testing

@Suite("Each mistake is reported once, by its name and at its place")
struct PlantedMistakeTests {
    @Test(
        "in YAML and its keys",
        arguments: [
            ("unknown-key", "type: choice\nask: Q?\nchoices: [a1, b1]\nanswer: a1\n▲hint: [look]"),
            ("missing-key", "type: choice\n▲ask:\nchoices: [a1, b1]\nanswer: a1"),
            ("bad-type", "type: choice\nask: ▲[Q]\nchoices: [a1, b1]\nanswer: a1"),
            (
                "bad-type",
                "type: choice\nask: ▲{{ eax }}\nchoices: [a1, b1]\nanswer: a1\n\n```\n\n```trace id=t\nmachine: m"
            ),
            ("bad-value", "type: choice\nask: Q?\nchoices: [{text: a1, correct: ▲maybe}, {text: b1, correct: yes}]"),
            ("duplicate-key", "type: choice\n▲ask: Q?\nask: R?\nchoices: [a1, b1]\nanswer: a1"),
            ("yaml-alias", "type: choice\nask: ▲&q Q?\nchoices: [a1, b1]\nanswer: a1\nexplain: *q"),
            ("yaml-alias", "type: choice\nask: Q?\nchoices: [a1, b1]\nanswer: ▲*a"),
            ("control-character", "type: choice\nask: ▲\"Q\\e[31m?\"\nchoices: [a1, b1]\nanswer: a1"),
            (
                "too-deep",
                "type: choice\nask: Q?\nchoices: [a1, b1]\nanswer: a1\nexplain: [[[[[[[[[[[[[[[▲[[[x]]]]]]]]]]]]]]]]]]"
            ),
        ])
    func yaml(code: String, quiz: String) {
        let planted = Planted(quiz: quiz)
        #expect(planted.found == planted.expected(code))
    }

    @Test(
        "in questions",
        arguments: [
            ("unknown-question-type", "type: ▲choise\nask: Q?"),
            ("no-correct-choice", "type: choice\nask: Q?\nchoices: [a1, b1]\nanswer: ▲c1"),
            (
                "several-correct",
                "type: choice\nask: Q?\nchoices: [{text: a1, correct: yes}, {text: ▲b1, correct: yes}]"
            ),
            ("duplicate-choice", "type: choice\nask: Q?\nchoices: [Ring 3, ▲ring  3]\nanswer: a"),
            ("duplicate-choice", "type: choice\nask: Q?\nchoices: [one, ▲a]\nanswer: one"),
            ("empty-choice", "type: choice\nask: Q?\nchoices: [a1, ▲\" \"]\nanswer: a1"),
            ("bad-value", "type: choice\nask: Q?\nchoices: [▲a1]\nanswer: a1"),
            ("bad-value", "type: choice\nask: Q?\nchoices: [a1, b1]\nanswer: a1\nfeedback: [{given: ▲c1, say: No}]"),
            (
                "hint-gives-answer",
                "type: choice\nask: Q?\nchoices: [Ring 0, Ring 3]\nanswer: b\nhints: [▲It is RING 3.]"
            ),
        ])
    func questions(code: String, quiz: String) {
        let planted = Planted(quiz: quiz)
        #expect(planted.found == planted.expected(code))
    }

    @Test(
        "in questions of type many, order, match, text and cloze",
        arguments: [
            ("bad-value", "type: choice\nask: Q?\nchoices: ▲[]\nanswer: a1"),
            ("duplicate-choice", "type: choice\nask: Q?\nchoices: [▲a, one]\nshuffle: yes\nanswer: one"),
            ("no-correct-choice", "type: many\nask: Q?\nchoices: [a1, b1]\nanswer: [a1, ▲c1]"),
            ("duplicate-choice", "type: many\nask: Q?\nchoices: [a1, ▲A1]\nanswer: a"),
            ("empty-choice", "type: many\nask: Q?\nchoices: [a1, ▲'']\nanswer: a"),
            ("bad-value", "type: many\nask: Q?\nchoices: [a1, b1]\nanswer: a\nfeedback: [{given: ▲a1, say: No}]"),
            ("hint-gives-answer", "type: many\nask: Q?\nchoices: [a1, b1, c1]\nanswer: a c\nhints: [▲a1 and c1]"),
            ("too-few-steps", "type: order\nask: Q?\nsteps: ▲[a1, b1]"),
            ("too-few-steps", "type: order\nask: Q?\nsteps: ▲[]"),
            ("missing-key", "type: order\nask: Q?\n▲steps:"),
            ("empty-choice", "type: order\nask: Q?\nsteps: [a1, b1, ▲' ']"),
            ("duplicate-step", "type: order\nask: Q?\nsteps: [a1, b1, ▲A1]"),
            ("duplicate-step", "type: order\nask: Q?\nsteps: [a1, b1, ▲c]"),
            ("bad-value", "type: order\nask: Q?\nsteps: [a1, b1, c1]\nfeedback: [{given: ▲a c, say: No}]"),
            ("bad-value", "type: order\nask: Q?\nsteps: [a1, b1, c1]\nfeedback: [{given: ▲b d, say: No}]"),
            ("hint-gives-answer", "type: order\nask: Q?\nsteps: [a1, b1, c1]\nhints: [▲a1 b1 c1]"),
            ("bad-value", "type: match\nask: Q?\npairs: ▲[{left: a1, right: b1}]"),
            ("missing-key", "type: match\nask: Q?\npairs: [▲{left: a1}, {left: a2, right: b2}]"),
            ("duplicate-side", "type: match\nask: Q?\npairs: [{left: a1, right: b1}, {left: ▲A1, right: b2}]"),
            ("duplicate-side", "type: match\nask: Q?\npairs: [{left: a1, right: b1}, {left: a2, right: ▲b1}]"),
            (
                "bad-value",
                "type: match\nask: Q?\npairs: [{left: a1, right: b1}, {left: a2, right: b2}]\nfeedback: {given: ▲2b, say: X}"
            ),
            (
                "hint-gives-answer",
                "type: match\nask: Q?\npairs: [{left: a1, right: b1}, {left: a2, right: b2}]\nhints: [▲a1 has b1]"
            ),
            ("empty-answer", "type: text\nask: Q?\nanswer: ▲''"),
            ("empty-answer", "type: text\nask: Q?\nanswer: ▲[]"),
            ("empty-answer", "type: text\nask: Q?\nanswer: x\npatterns: [▲(a|b|)]"),
            ("bad-pattern", "type: text\nask: Q?\nanswer: x\npatterns: [▲(a]"),
            ("bad-pattern", "type: text\nask: Q?\nanswer: x\npatterns: [▲a|b]"),
            (
                "bad-pattern",
                "type: text\nask: Q?\nanswer: x\npatterns: ['▲(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)']"
                    .replacing("['▲", with: "[▲'")
            ),
            ("bad-value", "type: text\nask: Q?\nanswer: one\nfeedback: [{given: ▲ONE, say: No}]"),
            ("hint-gives-answer", "type: text\nask: Q?\nanswer: [one, two]\nhints: [▲not Two]"),
            ("no-gaps", "type: cloze\nask: Q?\ntext: ▲nothing to fill"),
            ("unclosed-gap", "type: cloze\nask: Q?\ntext: the [[stub]] and ▲[[more"),
            ("unclosed-gap", "type: cloze\nask: Q?\ntext: |\n  the\n  ▲[[stub and [[more]]"),
            ("empty-answer", "type: cloze\nask: Q?\ntext: the ▲[[]] and"),
            ("empty-answer", "type: cloze\nask: Q?\ntext: the ▲[[stub|]] and"),
            ("bad-value", "type: cloze\nask: Q?\ntext: a [[b]] c [[d]]\nfeedback: [{given: ▲b, say: No}]"),
            ("hint-gives-answer", "type: cloze\nask: Q?\ntext: a [[big]] c\nhints: [▲Big!]"),
            ("bad-value", "type: text\nask: Q?\nanswer: x\nattempts: ▲0"),
        ])
    func otherKinds(code: String, quiz: String) {
        let planted = Planted(quiz: quiz)
        #expect(planted.found == planted.expected(code))
    }

    @Test("No correct choice is reported at the block, for there is no better place")
    func noCorrectChoice() {
        #expect(Planted(quiz: "type: choice\nask: Q?\nchoices: [a1, b1]").found == ["no-correct-choice 6:1"])
    }

    @Test(
        "in prose and fences",
        arguments: [
            ("unclosed-fence", "▲```asm\nint 0x2e\n"),
            ("unclosed-fence", "- item\n\n  ▲```asm\n  int 0x2e\n"),
            ("unknown-block", "▲```trcae id=t\nmachine: m\n```\n"),
            ("unknown-block", "▲```movie id=t\nmachine: m\n```\n"),
            ("missing-id", "▲```trace\nmachine: m\n```\n"),
            ("bad-info-string", "▲```trace id=a/b\nmachine: m\n```\n"),
            ("bad-info-string", "▲```trace id=a machine=m\nmachine: m\n```\n"),
            ("nested-block", "- item\n\n  ▲```trace id=t\n  machine: m\n  ```\n"),
            ("duplicate-id", "```trace id=t\nmachine: m\n```\n\n▲```trace id=t\nmachine: m\n```\n"),
            ("missing-key", "▲```trace id=t\n```\n"),
            ("bad-type", "```trace id=t\n▲- machine\n```\n"),
            ("unclosed-live", "Then ▲{{ eax holds\nit }}.\n\n```trace id=t\nmachine: m\n```\n"),
            ("empty-live", "Then ▲{{ }}.\n"),
            ("no-live-point", "Then **EAX** is ▲{{ eax }}.\n"),
            ("no-live-point", "Then EAX is ▲{{ dor: eax }}.\n\n```trace id=door\nmachine: m\n```\n"),
            ("live-fails", "```trace id=t\nmachine: m\n```\n\nä *EAX* `{{ x }}` ▲{{ eaxx*2 }}.\n"),
            ("live-fails", "```trace id=t\nmachine: m\n```\n\n| a | b |\n|---|---|\n| 1 | ▲{{ a|b }} |\n"),
            ("control-character", "red \u{1B}▲\n".replacing("\u{1B}▲", with: "▲\u{1B}[31m")),
            ("control-character", "▲an entity: &#27;[31m\n"),
            ("control-character", "left ▲\u{202E}right\n"),
            ("wide-code", "```asm\n\(String(repeating: "x", count: 80))▲x\n```\n"),
            ("too-long", "▲\(String(repeating: "word ", count: 500))\n"),
            ("too-deep", "▲\(String(repeating: "> ", count: 40))deep\n"),
        ])
    func prose(code: String, body: String) {
        let planted = Planted(body: body)
        #expect(planted.found == planted.expected(code))
    }

    @Test("The YAML of a block may be as wide as its author's editor: learners never see it")
    func wideYAML() {
        let ask = String(repeating: "word ", count: 30)
        let planted = Planted(quiz: "type: choice\nask: \(ask)\nchoices: [one, two]\nanswer: one")
        #expect(planted.found == [])
    }

    @Test(
        "in front matter",
        arguments: [
            ("missing-front-matter", "▲# One\n"),
            ("missing-front-matter", "▲---\nid: one\n"),
            ("missing-key", "▲---\nformat: 1\nid: one\n---\n"),
            ("bad-value", "---\nformat: ▲2\nid: one\ntitle: One\n---\n"),
            ("bad-value", "---\nformat: 1\nid: ▲a b\ntitle: One\n---\n"),
            ("bad-value", "---\nformat: 1\nid: one\ntitle: One\nminutes: ▲soon\n---\n"),
            ("unknown-key", "---\nformat: 1\nid: one\ntitle: One\n▲reqires: [int2e]\n---\n"),
            (
                "yaml-syntax",
                "---\nformat: 1\nid: one\ntitle▲: One: Two\n---\n".replacing("▲", with: "").replacing(
                    "One: Two", with: "One▲: Two")
            ),
        ])
    func frontMatter(code: String, text: String) {
        let planted = Planted(text)
        #expect(planted.found == planted.expected(code))
    }

    @Test("An unclosed block does not swallow the block behind it")
    func swallowedBlock() {
        let body = """
            ```trace id=t
            machine: m

            ```quiz id=q
            type: choice
            ask: Q?
            choices: [a1, b1]
            answer: a1
            ```

            """
        #expect(Planted(body: body).found == ["unclosed-fence 6:1"])
        #expect(loadedLesson(body)?.blocks.map(\.id) == ["t", "q"])
    }

    @Test("All mistakes of a lesson are found in one run, in order")
    func allAtOnce() {
        let body = "Then {{ eax.\n\n```trace id=t\n```\n\n```quiz id=q\ntype: chioce\nask: Q?\n```\n"
        #expect(
            Planted(body: body).found == ["unclosed-live 6:6", "missing-key 8:1", "unknown-question-type 12:7"])
    }

    @Test("Live values that wait for a broken block are no mistakes of their own")
    func brokenPoint() {
        let body = "{{ eax }} {{ t: ebx }}\n\n```trace id=t\n```\n\n{{ ecx }} {{ u: edx }}\n"
        #expect(Planted(body: body).found == ["missing-key 8:1", "no-live-point 11:11"])
    }

    @Test("A diagnostic reads as file:line:column, severity, code, message, hint")
    func format() {
        let found = CourseLoader.forTests.loadLesson(
            text: Planted.front + "```trcae id=t\n```\n", file: "lessons/one.md")
        #expect(
            found.diagnostics.map(\.description) == [
                "lessons/one.md:6:1: error[unknown-block]: there is no kind of block called `trcae`\n"
                    + "  hint: did you mean `trace`?"
            ])
    }
}
