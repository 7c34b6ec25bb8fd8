import LessonEngine
import Testing

@Suite("Markdown as HTML")
struct MarkdownHTMLTests {
    private func html(_ body: String) throws -> String {
        let text = "---\nformat: 1\nid: one\ntitle: One\n---\n" + body
        let lesson = try #require(CourseLoader(registry: .builtIn).loadLesson(text: text, file: "one.md").lesson)
        let blocks = lesson.pages.flatMap(\.elements).compactMap { element in
            if case .markdown(let block) = element { block } else { nil }
        }
        return MarkdownHTML { "<\($0.expression)>" }.html(blocks)
    }

    @Test(
        "Elements get their tags",
        arguments: [
            ("## Two worlds", "<h2 id=\"two-worlds\">Two worlds</h2>"),
            ("a *b* **c** ~~d~~ `e`", "<p>a <em>b</em> <strong>c</strong> <s>d</s> <code>e</code></p>"),
            ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
            ("3. a\n4. b", "<ol start=\"3\"><li>a</li><li>b</li></ol>"),
            ("    mov eax, 1", "<pre><code>mov eax, 1\n</code></pre>"),
            ("> said", "<blockquote><p>said</p></blockquote>"),
            (
                "> [!TIP]\n> Look.",
                "<aside class=\"callout tip\"><p><strong>Tip</strong></p><p>Look.</p></aside>"
            ),
            (
                "| a | b |\n|---|--:|\n| 1 | 2 |",
                "<div class=\"wide\"><table><thead><tr><th>a</th><th class=\"right\">b</th></tr></thead>"
                    + "<tbody><tr><td>1</td><td class=\"right\">2</td></tr></tbody></table></div>"
            ),
            ("![two lanes](lanes.png)", "<p><em>two lanes</em></p>"),
        ])
    func elements(_ markdown: String, _ expected: String) throws {
        #expect(try html(markdown) == expected)
    }

    @Test(
        "What an author writes is text, never mark-up",
        arguments: [
            ("<script>alert(1)</script>", "&lt;script&gt;"), ("`a < b & c`", "<code>a &lt; b &amp; c</code>"),
            ("{{ eax }}", "<data>&lt;eax&gt;</data>"),
        ])
    func escaped(_ markdown: String, _ expected: String) throws {
        let html = try html(markdown)
        #expect(html.contains(expected))
        #expect(!html.contains("<script"))
    }

    @Test(
        "Links lead to the web, to mail and to neighbours, and nowhere else",
        arguments: [
            ("[a](https://example.org/x?a=1&b=2)", "<a href=\"https://example.org/x?a=1&amp;b=2\">a</a>"),
            ("[a](mailto:a@example.org)", "<a href=\"mailto:a@example.org\">a</a>"),
            ("[a](the-stub.md#the-call)", "<a href=\"the-stub.html#the-call\">a</a>"),
            ("[a](#recap)", "<a href=\"#recap\">a</a>"), ("[a](javascript:alert(1))", "<p>a</p>"),
            ("[a](data:text/html,x)", "<p>a</p>"),
        ])
    func links(_ markdown: String, _ expected: String) throws {
        #expect(try html(markdown).contains(expected))
    }
}
