/// The room that a renderer has, and how it may mark things.
struct Layout: Sendable {
    /// Columns for tables and code: those of the terminal, at most 100.
    private(set) var columns: Int
    /// Columns for prose, which reads badly in long lines.
    private(set) var measure: Int
    /// For a screen reader: no bullets, bars or rules; words instead.
    let isPlain: Bool
    /// Whether emphasis has to be shown by characters, because the terminal shows no styles.
    let showsMarks: Bool

    private static let widest = 100
    private static let widestProse = 78
    /// Deep nesting on a narrow terminal overflows rather than set one letter below the other.
    private static let narrowest = 12

    init(_ terminal: Terminal) {
        columns = max(Self.narrowest, min(terminal.columns, Self.widest))
        measure = min(columns, Self.widestProse)
        isPlain = terminal.isPlain
        showsMarks = terminal.palette == .none && !terminal.isPlain
    }

    /// The room beside an indent, a bullet or a bar.
    func narrowed(by indent: Int) -> Layout {
        var layout = self
        layout.columns = max(Self.narrowest, columns - indent)
        layout.measure = max(Self.narrowest, measure - indent)
        return layout
    }
}
