/// A quotation that begins with `[!NOTE]` or the like, as forges know them.
public struct Callout {
    /// What it is meant as.
    public enum Kind: String, CaseIterable, Sendable {
        case note, tip, important, warning, caution

        /// The word that stands over it.
        public var label: String { rawValue.capitalized }
    }

    /// What it is meant as.
    public let kind: Kind
    /// What it says, without its mark.
    public let blocks: [MarkdownBlock]

    /// Reads the blocks of a quotation. Nil for one that is no callout.
    public init?(_ quotation: [MarkdownBlock]) {
        guard case .paragraph(let inlines) = quotation.first,
            let end = inlines.firstIndex(where: { $0 == .softBreak || $0 == .hardBreak }) ?? inlines.indices.last,
            let kind = Self.kind(Array(inlines[...end]).plainText)
        else { return nil }
        let rest = Array(inlines[(end + 1)...])
        self.kind = kind
        blocks = (rest.isEmpty ? [] : [.paragraph(rest)]) + quotation.dropFirst()
    }

    /// Reads `[!NOTE]`, in any case.
    private static func kind(_ mark: String) -> Kind? {
        let mark = mark.lowercased().filter { !$0.isWhitespace }
        return Kind.allCases.first { "[!\($0.rawValue)]" == mark }
    }
}
