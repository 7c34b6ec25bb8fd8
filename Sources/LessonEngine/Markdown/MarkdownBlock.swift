/// A block of prose: what is left of CommonMark and GFM tables once they are parsed. Holds no layout.
///
/// Texts hold no control characters; a renderer may print them as they are.
public indirect enum MarkdownBlock: Hashable, Sendable {
    /// Level 1 to 6.
    case heading(level: Int, [Inline])
    case paragraph([Inline])
    /// `start` is the first number of an ordered list, nil for a bullet list.
    case list(start: Int?, items: [[MarkdownBlock]])
    /// A fenced or indented code block; `info` is all that follows the opening fence. Lines end with `\n`.
    case code(info: String, text: String)
    case quote([MarkdownBlock])
    /// Every row has as many cells as the header.
    case table(alignments: [ColumnAlignment], header: [[Inline]], rows: [[[Inline]]])
    case thematicBreak
}

/// How a table's column is aligned.
public enum ColumnAlignment: Hashable, Sendable {
    case none, left, center, right
}

extension MarkdownBlock {
    /// A paragraph of plain text, for feedback that a program computes.
    public static func text(_ text: String) -> MarkdownBlock { .paragraph([.text(text)]) }

    /// The words without any mark-up; what a screen reader or a search needs.
    public var plainText: String {
        switch self {
        case .heading(_, let inlines), .paragraph(let inlines): inlines.plainText
        case .list(_, let items): items.map(\.plainText).joined(separator: "\n")
        case .code(_, let text): text
        case .quote(let blocks): blocks.plainText
        case .table(_, let header, let rows):
            ([header] + rows).map { $0.map(\.plainText).joined(separator: " ") }.joined(separator: "\n")
        case .thematicBreak: ""
        }
    }

    /// Every `{{ … }}` in reading order.
    public var liveExpressions: [LiveExpression] {
        switch self {
        case .heading(_, let inlines), .paragraph(let inlines): inlines.liveExpressions
        case .list(_, let items): items.flatMap(\.liveExpressions)
        case .quote(let blocks): blocks.liveExpressions
        case .table(_, let header, let rows): ([header] + rows).flatMap { $0.flatMap(\.liveExpressions) }
        case .code, .thematicBreak: []
        }
    }
}

extension [MarkdownBlock] {
    /// The words of all blocks, a line break between two blocks.
    public var plainText: String { map(\.plainText).joined(separator: "\n") }
    /// Every `{{ … }}` in reading order.
    public var liveExpressions: [LiveExpression] { flatMap(\.liveExpressions) }
}
