/// A stretch of text within a block of prose.
public indirect enum Inline: Hashable, Sendable {
    case text(String)
    case code(String)
    case emphasis([Inline])
    case strong([Inline])
    case strikethrough([Inline])
    case link([Inline], url: String)
    case image(alt: String)
    /// A line break in the source that a renderer may put elsewhere.
    case softBreak
    /// A line break that the author asked for.
    case hardBreak
    /// `{{ expression }}`: the value at a block's point stands here.
    case live(LiveExpression)
}

extension Inline {
    /// The words without any mark-up; a live value appears as it was written.
    public var plainText: String {
        switch self {
        case .text(let text), .code(let text), .image(let text): text
        case .emphasis(let inner), .strong(let inner), .strikethrough(let inner), .link(let inner, _): inner.plainText
        case .softBreak: " "
        case .hardBreak: "\n"
        case .live(let live): live.source
        }
    }

    /// Every `{{ … }}` in reading order.
    public var liveExpressions: [LiveExpression] {
        switch self {
        case .live(let live): [live]
        case .emphasis(let inner), .strong(let inner), .strikethrough(let inner), .link(let inner, _):
            inner.liveExpressions
        case .text, .code, .image, .softBreak, .hardBreak: []
        }
    }
}

extension [Inline] {
    /// The words one after the other.
    public var plainText: String { map(\.plainText).joined() }
    /// Every `{{ … }}` in reading order.
    public var liveExpressions: [LiveExpression] { flatMap(\.liveExpressions) }
}
