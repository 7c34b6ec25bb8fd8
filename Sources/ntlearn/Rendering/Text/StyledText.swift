/// Text with meaning, not yet bytes for a terminal. Its only control characters are line feeds and tabs.
struct StyledText: Hashable, Sendable {
    /// Neighbouring characters of the same styles.
    struct Span: Hashable, Sendable {
        var text: String
        var styles: Set<Style>
    }

    private(set) var spans: [Span] = []

    init() {}

    init(_ text: String, _ styles: Style...) {
        append(text, Set(styles))
    }

    init(_ text: String, styles: Set<Style>) {
        append(text, styles)
    }

    /// The words alone.
    var text: String { spans.map(\.text).joined() }
    var isEmpty: Bool { spans.isEmpty }
    /// In terminal columns.
    var width: Int { spans.reduce(0) { $0 + $1.text.displayWidth } }

    mutating func append(_ text: String, _ styles: Set<Style>) {
        guard !text.isEmpty else { return }
        let text = Sanitizer.clean(text, keeping: ["\n", "\t"])
        if let last = spans.indices.last, spans[last].styles == styles {
            spans[last].text += text
        } else {
            spans.append(Span(text: text, styles: styles))
        }
    }

    mutating func append(_ other: StyledText) {
        for span in other.spans { append(span.text, span.styles) }
    }

    /// The same text with a style more.
    func styled(_ style: Style) -> StyledText {
        var result = StyledText()
        for span in spans { result.append(span.text, span.styles.union([style])) }
        return result
    }

    /// The text in the middle of, or at a side of, `width` columns.
    func padded(to width: Int, _ side: Side = .left) -> StyledText {
        let missing = max(0, width - self.width)
        let before = side == .left ? 0 : side == .right ? missing : missing / 2
        return StyledText(spaces(before)) + self + StyledText(spaces(missing - before))
    }

    /// Where text stands in a field that is wider than it.
    enum Side {
        case left, center, right
    }

    /// Without the unstyled spaces at the end.
    var trimmed: StyledText {
        var result = self
        while let last = result.spans.last, last.styles.isEmpty, last.text.last == " " {
            result.spans.removeLast()
            result.append(String(last.text.dropLast()), last.styles)
        }
        return result
    }

    static func + (left: StyledText, right: StyledText) -> StyledText {
        var result = left
        result.append(right)
        return result
    }
}

extension StyledText: ExpressibleByStringLiteral {
    init(stringLiteral value: String) {
        self.init(value)
    }
}

/// A run of spaces; none when `count` is negative.
func spaces(_ count: Int) -> String {
    String(repeating: " ", count: max(0, count))
}
