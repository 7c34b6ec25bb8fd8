/// "Did you mean": the known name nearest to one that is unknown.
enum Spelling {
    /// The nearest of `names` by edit distance, if it is near enough to be a slip of the keyboard.
    static func suggestion(for word: String, among names: some Sequence<String>) -> String? {
        let word = Array(word.lowercased().utf8)
        guard (1...64).contains(word.count) else { return nil }
        let allowed = word.count <= 3 ? 1 : word.count <= 6 ? 2 : 3
        var best: (distance: Int, name: String)?
        for name in names {
            let other = Array(name.lowercased().utf8)
            guard abs(other.count - word.count) <= allowed else { continue }
            let distance = distance(word, other)
            guard distance <= allowed else { continue }
            if best.map({ (distance, name) < ($0.distance, $0.name) }) ?? true { best = (distance, name) }
        }
        return best?.name
    }

    /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, a) in left.enumerated() {
            var current = [row + 1]
            for (column, b) in right.enumerated() {
                var cost = min(last[column] + (a == b ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, a == right[column - 1], left[row - 1] == b {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
