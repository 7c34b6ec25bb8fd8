/// Markdown as HTML5, for pages and for other programs' quizzes.
///
/// Nothing of the author's gets through as mark-up: what was HTML in the source is text, and a link leads to the web, to
/// mail or to a neighbouring page.
public struct MarkdownHTML {
    /// How far headings are pushed down: 1 makes `h2` of a heading of level 1.
    let headingShift: Int
    /// What stands for a `{{ … }}`.
    public let live: (LiveExpression) -> String

    /// - Parameters:
    ///   - headingShift: how far headings are pushed down, for text within a page that has headings of its own.
    ///   - live: what stands for a `{{ … }}`.
    public init(headingShift: Int = 0, live: @escaping (LiveExpression) -> String) {
        self.headingShift = headingShift
        self.live = live
    }

    /// The blocks one after the other, a line for each.
    public func html(_ blocks: [MarkdownBlock]) -> String { blocks.map(html).joined(separator: "\n") }

    /// One block.
    public func html(_ block: MarkdownBlock) -> String {
        switch block {
        case .heading(let level, let inlines): heading(level, inlines)
        case .paragraph(let inlines): "<p>\(html(inlines))</p>"
        case .list(let start, let items): list(start, items)
        case .code(_, let text): "<pre><code>\(text.escapedForHTML)</code></pre>"
        case .quote(let blocks): quote(blocks)
        case .table(let alignments, let header, let rows): table(alignments, header, rows)
        case .thematicBreak: "<hr>"
        }
    }

    /// Text within a block.
    public func html(_ inlines: [Inline]) -> String { inlines.map(html).joined() }

    private func html(_ inline: Inline) -> String {
        switch inline {
        case .text(let text): text.escapedForHTML
        case .code(let text): "<code>\(text.escapedForHTML)</code>"
        case .emphasis(let inner): "<em>\(html(inner))</em>"
        case .strong(let inner): "<strong>\(html(inner))</strong>"
        case .strikethrough(let inner): "<s>\(html(inner))</s>"
        case .link(let inner, let url): link(inner, url)
        case .image(let alt): "<em>\(alt.escapedForHTML)</em>"
        case .softBreak: " "
        case .hardBreak: "<br>"
        case .live(let expression): "<data>\(live(expression).escapedForHTML)</data>"
        }
    }

    private func heading(_ level: Int, _ inlines: [Inline]) -> String {
        let name = "h\(min(6, level + headingShift))"
        return "<\(name) id=\"\(inlines.plainText.anchor.escapedForHTML)\">\(html(inlines))</\(name)>"
    }

    private func list(_ start: Int?, _ items: [[MarkdownBlock]]) -> String {
        let name = start == nil ? "ul" : "ol"
        let first = start.map { $0 == 1 ? "" : " start=\"\($0)\"" } ?? ""
        return "<\(name)\(first)>" + items.map { "<li>\(item($0))</li>" }.joined() + "</\(name)>"
    }

    /// A lone paragraph needs no `p` of its own.
    private func item(_ blocks: [MarkdownBlock]) -> String {
        if case .paragraph(let inlines) = blocks.first, blocks.count == 1 { return html(inlines) }
        return html(blocks)
    }

    private func quote(_ blocks: [MarkdownBlock]) -> String {
        guard let callout = Callout(blocks) else { return "<blockquote>\(html(blocks))</blockquote>" }
        let label = "<strong>\(callout.kind.label)</strong>"
        return "<aside class=\"callout \(callout.kind.rawValue)\"><p>\(label)</p>\(html(callout.blocks))</aside>"
    }

    private func table(_ alignments: [ColumnAlignment], _ header: [[Inline]], _ rows: [[[Inline]]]) -> String {
        let head = row(header, "th", alignments)
        let body = rows.map { row($0, "td", alignments) }.joined()
        return "<div class=\"wide\"><table><thead>\(head)</thead><tbody>\(body)</tbody></table></div>"
    }

    private func row(_ cells: [[Inline]], _ name: String, _ alignments: [ColumnAlignment]) -> String {
        let cells = zip(cells, alignments).map { cell, alignment in
            "<\(name)\(Self.attribute(alignment))>\(html(cell))</\(name)>"
        }
        return "<tr>\(cells.joined())</tr>"
    }

    private static func attribute(_ alignment: ColumnAlignment) -> String {
        switch alignment {
        case .none, .left: ""
        case .center: " class=\"center\""
        case .right: " class=\"right\""
        }
    }

    private func link(_ inner: [Inline], _ url: String) -> String {
        guard Self.isHarmless(url) else { return html(inner) }
        return "<a href=\"\(Self.page(url).escapedForHTML)\">\(html(inner))</a>"
    }

    /// The web, mail, or a neighbour; `javascript:` and the like are not.
    private static func isHarmless(_ url: String) -> Bool {
        let scheme = url.prefix { $0 != "/" && $0 != "#" && $0 != "?" }
        guard let colon = scheme.firstIndex(of: ":") else { return true }
        return ["http", "https", "mailto"].contains(scheme[..<colon].lowercased())
    }

    /// A link to another lesson's file leads to its page.
    private static func page(_ url: String) -> String {
        guard !url.contains("://"), let end = url.firstRange(of: ".md") else { return url }
        return url.replacingCharacters(in: end, with: ".html")
    }
}

extension StringProtocol {
    fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}
