import LessonEngine

extension MarkdownRenderer {
    /// Columns side by side; where they do not fit, a line for each cell; for a screen reader, a sentence for each row.
    func table(_ alignments: [ColumnAlignment], header: [[Inline]], rows: [[[Inline]]]) -> [StyledText] {
        let header = header.map(cell)
        let rows = rows.map { $0.map(cell) }
        if layout.isPlain { return rows.flatMap { sentence(header, $0) } }
        let widths = ColumnWidths(of: [header] + rows, gap: Self.gap, room: layout.columns)
        guard let widths else { return Self.separated(rows.map { record(header, $0) }) }
        let grid = Grid(alignments: alignments, widths: widths.widths, gap: Self.gap)
        return grid.lines(header: header.map { $0.styled(.heading) }, rows: rows)
    }

    private static let gap = 2

    /// A cell is one paragraph: a hard break cannot stand in a GFM table.
    private func cell(_ inlines: [Inline]) -> StyledText { text(inlines) }

    /// "Register EAX, holds: the service number; changed by: …."
    private func sentence(_ header: [StyledText], _ row: [StyledText]) -> [StyledText] {
        let parts = Self.labelled(header, row)
        guard var text = parts.first else { return [] }
        for part in parts.dropFirst() { text.append("; " + part) }
        return (text + ".").wrapped(to: layout.measure)
    }

    /// The row as a short list of its cells, for a terminal too narrow for columns.
    private func record(_ header: [StyledText], _ row: [StyledText]) -> [StyledText] {
        Self.labelled(header.map { $0.styled(.heading) }, row).flatMap {
            $0.wrapped(to: layout.columns - 2).prefixed(first: "", rest: "  ")
        }
    }

    /// "header: cell", without the empty cells.
    private static func labelled(_ header: [StyledText], _ row: [StyledText]) -> [StyledText] {
        zip(header, row).filter { !$1.isEmpty }.map { $0.isEmpty ? $1 : $0 + ": " + $1 }
    }
}

/// Lays cells out below each other.
private struct Grid {
    let alignments: [ColumnAlignment]
    let widths: [Int]
    let gap: Int

    func lines(header: [StyledText], rows: [[StyledText]]) -> [StyledText] {
        let rule = widths.map { StyledText(String(repeating: "─", count: $0), .dim) }
        let body = rows.map(lines)
        // Without a line between them, one cannot tell where a wrapped row ends.
        let isWrapped = body.contains { $0.count > 1 }
        return lines(header) + lines(rule) + (isWrapped ? MarkdownRenderer.separated(body) : Array(body.joined()))
    }

    /// One row, as many lines as its highest cell has.
    private func lines(_ row: [StyledText]) -> [StyledText] {
        let cells = zip(row, widths).map { $0.wrapped(to: $1) }
        return (0..<(cells.map(\.count).max() ?? 0)).map { number in
            var line = StyledText()
            for (column, cell) in cells.enumerated() {
                if column > 0 { line.append(spaces(gap), []) }
                let text = number < cell.count ? cell[number] : ""
                line.append(text.padded(to: widths[column], side(column)))
            }
            return line.trimmed
        }
    }

    private func side(_ column: Int) -> StyledText.Side {
        guard column < alignments.count else { return .left }
        return switch alignments[column] {
        case .none, .left: .left
        case .center: .center
        case .right: .right
        }
    }
}
