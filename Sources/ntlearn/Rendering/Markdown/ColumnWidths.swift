/// How wide each column of a table is to be.
struct ColumnWidths {
    let widths: [Int]

    /// A column may break words longer than this.
    private static let longestWord = 16

    /// Shares the room out: each column gets its longest word, and what is left goes to those that lack most.
    ///
    /// Nil when not even the longest words fit.
    init?(of rows: [[StyledText]], gap: Int, room: Int) {
        let count = rows.map(\.count).max() ?? 0
        func widest(_ column: Int, _ measure: (StyledText) -> Int) -> Int {
            rows.map { column < $0.count ? measure($0[column]) : 0 }.max() ?? 0
        }
        let natural = (0..<count).map { widest($0, \.width) }
        var widths = (0..<count).map { column in
            max(1, min(natural[column], Self.longestWord, widest(column, \.longestWord)))
        }
        var left = room - gap * max(0, count - 1) - widths.reduce(0, +)
        guard left >= 0 else { return nil }
        while left > 0, let column = Self.neediest(widths, natural) {
            widths[column] += 1
            left -= 1
        }
        self.widths = widths
    }

    private static func neediest(_ widths: [Int], _ natural: [Int]) -> Int? {
        widths.indices.filter { widths[$0] < natural[$0] }.max { natural[$0] - widths[$0] < natural[$1] - widths[$1] }
    }
}

extension StyledText {
    /// Columns of the longest word.
    fileprivate var longestWord: Int {
        text.split(separator: " ").map(\.displayWidth).max() ?? 0
    }
}
