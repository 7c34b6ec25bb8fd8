import LessonEngine

extension MarkdownRenderer {
    /// A quotation, or a callout: a quotation that begins with `[!NOTE]` or the like.
    func quote(_ blocks: [MarkdownBlock]) -> [StyledText] {
        let callout = Callout(blocks)
        let blocks = callout?.blocks ?? blocks
        if layout.isPlain { return spoken(callout?.kind.label ?? "Quote", blocks) }
        let label = callout.map { [StyledText($0.kind.label, $0.kind.style, .strong)] } ?? []
        return (label + narrowed(by: 2).lines(blocks)).prefixed(StyledText("│ ", .dim))
    }

    /// The label and the first line in one sentence.
    private func spoken(_ label: String, _ blocks: [MarkdownBlock]) -> [StyledText] {
        guard case .paragraph(let inlines) = blocks.first else { return lines([.text(label + ":")] + blocks) }
        return lines([.paragraph([.text(label + ": ")] + inlines)] + blocks.dropFirst())
    }
}

extension Callout.Kind {
    fileprivate var style: Style {
        switch self {
        case .note, .important: .strong
        case .tip: .good
        case .warning, .caution: .bad
        }
    }
}
