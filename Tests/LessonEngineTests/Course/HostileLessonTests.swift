import LessonEngine
import Testing

@Suite("Hostile lessons end in diagnostics, never in a crash, a hang, or an escape sequence")
struct HostileLessonTests {
    static let good = """
        ---
        format: 1
        id: good
        title: "Good: one"
        minutes: 5
        requires: [other]
        objectives:
          - see {{ no }} thing
        ---
        # Good {{ eax }}

        Text with *emphasis {{ t: eax }}*, `code {{`, [a link](http://x/{{y}}), ~~gone~~ and &amp; &#65;.

        | a | b |
        |:--|--:|
        | 1 | {{ eax }} |

        1. one
           - two
             > three

        ```asm
        int 0x2e
        ```

        ```trace id=t
        machine: m
        watch: [eax, "edx"]
        predict:
          - {at: x, ask: edx}
        ```

        ~~~quiz id=q
        type: choice
        ask: |
          What is {{ eax }}?
        choices:
          - {text: Ring 0, say: "No, **{{ eax }}**."}
          - text: >-
              Ring 3
            correct: yes
        feedback: [{given: a, say: kernel}]
        hints: ["look", 'there']
        explain: *so
        ~~~
        """

    /// A small generator with a fixed seed, so that a failure can be repeated.
    struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    @Test("Random changes to a lesson", arguments: 1...16)
    func mutations(seed: UInt64) {
        let snippets = [
            "`", "```", "~~~", "{{", "}}", "{", "}", "[", "]", "&a ", "*a", "\"", "'", ": ", "- ", "\n", "\t", "|", ">",
            "#", "---\n", "\u{1B}[2J", "\u{0}", "\u{85}", "\u{202E}", "\u{F8F0}0\u{F8F1}", "&#27;", "\\e", "ä", "🖥️",
            "<!--", "```trace id=t\n", "```quiz id=z\n", "? ", "$(", "$(a)", "[[", "]]", "vary: {a: 1..4}\n",
            "type: cloze\n", "!!str ", "%YAML 1.1\n", "<<: ", "\r", "\u{FEFF}",
        ]
        var random = Random(state: seed &* 0x9E37_79B9_7F4A_7C15)
        for _ in 0..<250 {
            var text = Array(Self.good.unicodeScalars)
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let start = Int.random(in: 0...text.count, using: &random)
                let end = min(text.count, start + Int.random(in: 0...12, using: &random))
                let snippet = snippets.randomElement(using: &random) ?? ""
                text.replaceSubrange(start..<end, with: Array(snippet.unicodeScalars))
            }
            expectSafe(String(String.UnicodeScalarView(text)))
        }
    }

    @Test(
        "Texts made to exhaust time, memory or stack",
        arguments: [
            String(repeating: ".", count: 1_000_000), String(repeating: "> ", count: 500_000),
            String(repeating: "* ", count: 500_000), String(repeating: "[", count: 500_000),
            String(repeating: "*_", count: 4_000) + "x", String(repeating: "**a ", count: 250_000),
            String(repeating: "{{", count: 500_000), String(repeating: "`", count: 500_000),
            String(repeating: "\u{1B}", count: 500_000), String(repeating: "\n```quiz id=q", count: 60_000),
            "|" + String(repeating: "a|", count: 900) + "\n|" + String(repeating: "-|", count: 900) + "\n"
                + String(repeating: "|\n", count: 6_000),
            String(repeating: String(repeating: "*a **b ", count: 250) + "\n\n", count: 500),
            String(repeating: String(repeating: "![a](", count: 300) + "\n\n", count: 500),
            "```quiz id=q\n" + String(repeating: "[", count: 60_000) + "\n```\n",
            "```quiz id=q\n" + String(repeating: "- ", count: 30_000) + "\n```\n",
            "```quiz id=q\n" + String(repeating: "? ", count: 30_000) + "\n```\n",
            "```quiz id=q\n" + String(repeating: "{a: ", count: 900) + "\n```\n",
            "```quiz id=q\n" + (1...40).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()
                + "? *a40\n: 1\n```\n",
            "```quiz id=q\n" + String(repeating: "[", count: 900) + "&a x" + String(repeating: "]", count: 900)
                + "\n```\n",
            "```quiz id=q\nhints: [" + String(repeating: "\"\\x7b{\", ", count: 5_000) + "]\n```\n",
            "```trace id=t\nmachine: m\n```\n" + String(repeating: "{{ a }} {{ b }}\n\n", count: 50_000),
            "```quiz id=q\n" + String(repeating: "k: 1\n", count: 12_000) + "```\n",
            Self.quiz("type: cloze\nask: a\ntext: x" + String(repeating: "[[", count: 30_000)),
            Self.quiz("type: cloze\nask: a\ntext: x" + String(repeating: "[[a|b]]", count: 8_000)),
            Self.quiz("type: text\nask: a\nanswer: a\npatterns: ['" + String(repeating: "(a|b)", count: 12_000) + "']"),
            Self.quiz(
                "type: text\nask: " + String(repeating: "$(a)", count: 8_000) + "\nanswer: b\nvary: {a: ["
                    + String(repeating: "x", count: 30_000) + ", y]}"),
            Self.quiz("type: text\nask: " + String(repeating: "$(", count: 30_000) + "\nanswer: b\nvary: {a: [x, y]}"),
            Self.quiz("type: order\nask: a\nsteps: [" + String(repeating: "a, ", count: 20_000) + "a]"),
            Self.quiz("type: many\nask: a\nanswer: " + String(repeating: "a ", count: 30_000) + "\nchoices: [a1, b1]"),
            Self.quiz("type: text\nask: a\nanswer: a\nvary: {a: 0..0xFFFFFFFF, b: 1..0xFFFFFFFF step 0xFFFFFFFE}"),
        ])
    func exhaustion(body: String) { expectSafe(Planted.front + body) }

    private static func quiz(_ keys: String) -> String { "```quiz id=q\n\(keys)\n```\n" }

    private func expectSafe(_ text: String) {
        let loaded = CourseLoader.forTests.loadLesson(text: text, file: "x.md")
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).count
        for diagnostic in loaded.diagnostics {
            #expect((1...lines).contains(diagnostic.location.line), "\(diagnostic)")
            #expect(diagnostic.location.column >= 1)
            #expect(isPrintable(diagnostic.description), "\(diagnostic)")
        }
        for element in loaded.lesson?.pages.flatMap(\.elements) ?? [] {
            if case .markdown(let prose) = element { #expect(isPrintable(prose.plainText), "\(prose)") }
        }
        if let lesson = loaded.lesson { _ = LessonChecker().check(lesson) }
    }

    private func isPrintable(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy {
            $0 == "\n" || $0 == "\t" || !(0...0x1F ~= $0.value || 0x7F...0x9F ~= $0.value)
        }
    }
}
