import LessonEngine

extension MarkdownRenderer {
    /// A quotation, or a callout: a quotation that begins with `[!NOTE]` or the like.
    func quote(_ blocks: [MarkdownBlock]) -> [StyledText] {
        let (callout, blocks) = Self.callout(blocks)
        if layout.isPlain { return spoken(callout?.label ?? "Quote", blocks) }
        let label = callout.map { [StyledText($0.label, $0.style, .strong)] } ?? []
        return (label + narrowed(by: 2).lines(blocks)).prefixed(StyledText("│ ", .dim))
    }

    /// The label and the first line in one sentence.
    private func spoken(_ label: String, _ blocks: [MarkdownBlock]) -> [StyledText] {
        guard case .paragraph(let inlines) = blocks.first else { return lines([.text(label + ":")] + blocks) }
        return lines([.paragraph([.text(label + ": ")] + inlines)] + blocks.dropFirst())
    }

    /// Takes the callout's mark away.
    private static func callout(_ blocks: [MarkdownBlock]) -> (Callout?, [MarkdownBlock]) {
        guard case .paragraph(let inlines) = blocks.first,
            let end = inlines.firstIndex(where: { $0 == .softBreak || $0 == .hardBreak }) ?? inlines.indices.last,
            let callout = Callout(mark: Array(inlines[...end]).plainText)
        else { return (nil, blocks) }
        let rest = Array(inlines[(end + 1)...])
        return (callout, (rest.isEmpty ? [] : [.paragraph(rest)]) + blocks.dropFirst())
    }
}

/// The five callouts that forges know.
private enum Callout: String, CaseIterable {
    case note, tip, important, warning, caution

    /// Reads `[!NOTE]`, in any case.
    init?(mark: String) {
        let mark = mark.lowercased().filter { !$0.isWhitespace }
        guard let callout = Self.allCases.first(where: { "[!\($0.rawValue)]" == mark }) else { return nil }
        self = callout
    }

    var label: String { rawValue.capitalized }

    var style: Style {
        switch self {
        case .note, .important: .strong
        case .tip: .good
        case .warning, .caution: .bad
        }
    }
}
