import LessonEngine
import Testing

@Suite("A family's check")
struct FamilyCheckTests {
    static let ambiguous = "type: choice\nask: Which?\nchoices: [$(a), $(b)]\nanswer: $(a)\nvary: {a: 1..4, b: 1..4}"

    private func found(_ quiz: String, seeds: Int = 30) -> [Diagnostic] {
        let text = Planted.front + "```quiz id=q\n\(quiz)\n```\n"
        let loaded = CourseLoader.forTests.loadLesson(text: text, file: "one.md")
        let checked = loaded.lesson.map { LessonChecker(seeds: seeds).check($0) } ?? []
        return (loaded.diagnostics + checked)
    }

    @Test("finds the member whose choices cannot be told apart, with its seed and values")
    func twins() throws {
        let found = found(Self.ambiguous)
        #expect(found.map(\.code) == ["duplicate-choice"])
        let match = try #require(
            try /.*, with seed (\d+) and \d+ more of 30 \(a = (\d), b = (\d)\)/.wholeMatch(in: found[0].message))
        #expect(match.2 == match.3)
        let seed = try #require(Int(match.1))
        #expect(self.found(Self.ambiguous, seeds: seed + 1).map(\.code) == ["duplicate-choice"])
    }

    @Test("finds the member that contains its own answer where others do not")
    func trivial() {
        let keys = "type: text\nask: Say $(a).\nanswer: $(b)\nvary: {a: [one, two, three], b: [one, two, three]}"
        #expect(found(keys).map(\.code) == ["trivial-member"])
        #expect(found("type: text\nask: Say $(a).\nanswer: $(a)\nvary: {a: [one, two, three]}").isEmpty)
    }

    @Test("finds a family whose answer is always the same")
    func constant() {
        #expect(
            found("type: text\nask: With $(n)?\nanswer: kernel\nvary: {n: 1..100}").map(\.code) == ["constant-family"])
    }

    @Test("finds the member whose hint holds the answer")
    func hint() {
        let found = found(
            "type: text\nask: Q?\nanswer: $(a)\nhints: [It is not kernel.]\nvary: {a: [user, kernel, other]}")
        #expect(found.map(\.code) == ["hint-gives-answer"])
        #expect(found.first?.message.contains("(a = kernel)") == true)
    }

    @Test("finds live values that only some members ask for")
    func live() {
        let found = found(
            "type: text\nask: 'It is {{ t: $(r) }}.'\nanswer: $(a)\nvary: {r: [eax, ebx], a: [x, y]}\n```\n\n```trace id=t\nmachine: m"
        )
        #expect(found.map(\.code) == ["live-fails"])
        #expect(found.first?.message.contains("`ebx`") == true)
    }

    @Test("tells a mistake of all members once, without a seed")
    func everywhere() {
        let found = found("type: text\nask: $(a)?\nanswer: $(a)\nhitns: [x]\nvary: {a: [user, kernel]}")
        #expect(found.map(\.message) == ["there is no key `hitns` here"])
    }

    @Test(
        "Mistakes in vary are found at their place",
        arguments: [
            ("bad-type", "vary: ▲[a]"),
            ("bad-parameter", "vary: {a: ▲NtClose}"),
            ("bad-parameter", "vary: {a: ▲5..5}"),
            ("bad-parameter", "vary: {a: ▲9..1}"),
            ("bad-parameter", "vary: {a: ▲1..0x1FFFFFFFF}"),
            ("bad-parameter", "vary: {a: ▲1..9 step 0}"),
            ("bad-parameter", "vary: {a: ▲1..9 step x}"),
            ("bad-parameter", "vary: {a: ▲[one]}"),
            ("bad-parameter", "vary: {a: ▲[one, one]}"),
            ("bad-parameter", "vary: {a: [one, ▲'']}"),
            ("bad-parameter", "vary: {a: [one, ▲[two]]}"),
            ("bad-parameter", "vary: {a: [{b: c}, ▲{d: e}]}"),
            ("bad-parameter", "vary: {a: [{b: c}, ▲two]}"),
            ("bad-parameter", "vary: {a: ▲{b: c}}"),
            ("bad-parameter", "vary: {▲a b: [one, two]}"),
            ("unused-parameter", "vary: {a: [x1, y1], ▲b: 1..9}"),
            ("missing-key", "▲vary:"),
        ])
    func mistakes(code: String, vary: String) {
        let uses = code == "unused-parameter" ? "$(a)" : "x1"
        let planted = Planted(quiz: "type: text\nask: Q?\nanswer: \(uses)\n\(vary)")
        #expect(planted.found == planted.expected(code))
    }

    @Test(
        "Mistakes in references are found at their text, with what was meant",
        arguments: [
            ("▲$(agr) $(arg)", "did you mean `$(arg)`?"), ("▲$(arg", "write $(name), or $$( for the two characters"),
            ("▲$(arg:q)", "numbers can be written as :h (19h), :x (0x19) or :d (25)"),
            ("▲$(zzz) $(arg)", "the parameters are arg; $$( stands for the two characters"),
        ])
    func references(ask: String, note: String) {
        let planted = Planted(quiz: "type: text\nask: \(ask)\nanswer: x1\nvary: {arg: [2, 1]}")
        let codes = planted.found.filter { !$0.hasPrefix("unused-parameter") && !$0.hasPrefix("constant-family") }
        #expect(codes == planted.expected("unknown-parameter"))
        let loaded = CourseLoader.forTests.loadLesson(text: planted.text, file: "one.md")
        #expect(loaded.diagnostics.first { $0.code == "unknown-parameter" }?.note == note)
    }
}
