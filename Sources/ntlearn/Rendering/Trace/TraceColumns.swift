/// How wide the columns of a trace's rows are.
struct TraceColumns {
    /// Ring, address, and the blanks behind them.
    static let margin = 11
    /// `[0012ffec]=00000044` is never broken.
    private static let narrowestChanges = 20
    /// Of the instruction's bytes, with the blank behind them.
    let bytes: Int
    /// Of the instruction's text, with the blank behind it.
    let text: Int
    /// Of what the instruction changed.
    let changes: Int

    /// - Parameter width: the terminal's columns. What does not fit goes into further lines.
    init(width: Int) {
        bytes = width >= 100 ? 21 : width >= 72 ? 15 : 0
        let room = max(36, min(width, 120) - Self.margin - bytes)
        text = min(42, room * 11 / 20, room - Self.narrowestChanges)
        changes = room - text
    }

    /// The column at which changes begin.
    var changesStart: Int { Self.margin + bytes + text }
    var width: Int { changesStart + changes }
}
