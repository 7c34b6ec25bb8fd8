import Debugger

/// The rows of a comparison that are shown: the differences with a little around them.
struct DiffRows {
    enum Part {
        case rows(Range<Int>)
        /// So many rows that both traces have.
        case skipped(Int)
    }

    let parts: [Part]

    init(_ rows: [TraceDiff.Row], context: Int) {
        var shown = Array(repeating: false, count: rows.count)
        for index in rows.indices where !rows[index].isBoth {
            for near in max(0, index - context)...min(rows.count - 1, index + context) { shown[near] = true }
        }
        var parts: [Part] = []
        var start = 0
        while start < rows.count {
            let end = shown[start...].firstIndex { $0 != shown[start] } ?? rows.count
            // A single row takes no more room than the note that it is left out.
            let isShown = shown[start] || end - start == 1
            parts.append(isShown ? .rows(start..<end) : .skipped(end - start))
            start = end
        }
        self.parts = parts
    }

    /// The rows from `start` on that belong together: all of them in both traces, or none.
    static func block(_ rows: [TraceDiff.Row], from start: Int, to end: Int) -> ArraySlice<TraceDiff.Row> {
        rows[start..<end].prefix { $0.isBoth == rows[start].isBoth }
    }
}

extension TraceDiff.Row {
    var isBoth: Bool {
        if case .both = self { return true }
        return false
    }
}
