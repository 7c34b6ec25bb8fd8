import LessonEngine
import Testing

@Suite("Markdown becomes")
struct MarkdownParserTests {
    private func blocks(_ text: String) -> [MarkdownBlock] {
        (loadedLesson(text)?.pages.flatMap(\.elements) ?? []).compactMap {
            if case .markdown(let block) = $0 { block } else { nil }
        }
    }

    private func inlines(_ text: String) -> [Inline] {
        guard case .paragraph(let inlines)? = blocks(text).first else { return [] }
        return inlines
    }

    @Test("headings, paragraphs and code")
    func simple() {
        #expect(
            blocks("# A `b`\n\ntext\nmore\n\n```asm x\nint 0x2e\n```\n\n    indented\n") == [
                .heading(level: 1, [.text("A "), .code("b")]),
                .paragraph([.text("text"), .softBreak, .text("more")]),
                .code(info: "asm x", text: "int 0x2e\n"),
                .code(info: "", text: "indented\n"),
            ])
    }

    @Test("lists and quotations, one inside the other")
    func nested() {
        #expect(
            blocks("3. one\n   - two\n\n> three\n") == [
                .list(
                    start: 3,
                    items: [[.paragraph([.text("one")]), .list(start: nil, items: [[.paragraph([.text("two")])]])]]),
                .quote([.paragraph([.text("three")])]),
            ])
    }

    @Test("tables with their alignment, short rows filled up")
    func table() {
        #expect(
            blocks("| a | b | c |\n|:--|:-:|--:|\n| `1|` | **2** |\n") == [
                .table(
                    alignments: [.left, .center, .right], header: [[.text("a")], [.text("b")], [.text("c")]],
                    rows: [[[.text("`1")], [.text("`")], [.strong([.text("2")])]]])
            ])
    }

    @Test("marked-up text")
    func marks() {
        #expect(
            inlines("*a* **b** ~~c~~") == [
                .emphasis([.text("a")]), .text(" "), .strong([.text("b")]), .text(" "), .strikethrough([.text("c")]),
            ])
        #expect(
            inlines("[a *b*](http://c/d) ![e](f)") == [
                .link([.text("a "), .emphasis([.text("b")])], url: "http://c/d"), .text(" "), .image(alt: "e"),
            ])
        #expect(inlines("a  \nb") == [.text("a"), .hardBreak, .text("b")])
        #expect(inlines("&lt;&amp;\\*") == [.text("<&*")])
    }

    @Test("text for HTML, nothing for comments")
    func html() {
        #expect(inlines("press <kbd>q</kbd><!-- no -->") == [.text("press <kbd>q</kbd>")])
        #expect(blocks("<!-- a note\nto self -->\n\ntext\n") == [.paragraph([.text("text")])])
    }

    @Test(
        "live values wherever text can stand",
        arguments: [
            "{{ eax }}", "# {{ eax }}", "- {{eax}}", "> *a {{  eax  }}*", "| {{ eax }} |\n|---|", "**{{ eax }}**",
            "[{{ eax }}](u)", "~~{{ eax }}~~",
        ])
    func live(text: String) {
        #expect(blocks(text).liveExpressions.map(\.expression) == ["eax"])
    }

    @Test("an expression as it was written, whatever it would mean in Markdown")
    func verbatim() {
        let expressions = ["poi(esp+4)*2 + a*b", "a_b_c", "x < y", "a & b | c", "fs:[18]", "[a](b)", "\\a"]
        for expression in expressions {
            #expect(inlines("*x* {{ \(expression) }} *y*").liveExpressions.map(\.expression) == [expression])
        }
    }

    @Test("the block's id and the expression, when a colon and a space part them")
    func blockID() {
        let live = inlines("{{ door: eax }} {{ ss:esp }}").liveExpressions
        #expect(live.map(\.blockID) == ["door", nil])
        #expect(live.map(\.expression) == ["eax", "ss:esp"])
        #expect(live.map(\.location.column) == [1, 17])
    }

    @Test("no live value in code, nor where the braces are escaped")
    func literal() {
        #expect(inlines("`{{ eax }}` \\{\\{ b }}") == [.code("{{ eax }}"), .text(" {{ b }}")])
        #expect(blocks("```text\n{{ eax }}\n```\n") == [.code(info: "text", text: "{{ eax }}\n")])
        #expect(inlines("`{{` and `}}`") == [.code("{{"), .text(" and "), .code("}}")])
    }
}
