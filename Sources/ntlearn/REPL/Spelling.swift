/// Guesses what a mistyped word was meant to be.
enum Spelling {
    /// The one candidate that is closest, if it is close enough and no other is as close.
    static func closest(to word: String, among candidates: [String]) -> String? {
        guard word.count <= 20 else { return nil }
        let tolerance = word.count < 5 ? 1 : 2
        let rated = Set(candidates).map { (name: $0, distance: distance(word, $0)) }
        // Two letters differ from nearly every other two letters by one change.
        let near = rated.filter { $0.distance <= tolerance && $0.distance < max(word.count, $0.name.count) - 1 }
        guard let best = near.map(\.distance).min() else { return extended(word, among: candidates) }
        let closest = near.filter { $0.distance == best }
        return closest.count == 1 ? closest.first?.name : nil
    }

    /// The one candidate that begins with the word.
    private static func extended(_ word: String, among candidates: [String]) -> String? {
        let longer = Set(candidates).filter { $0.hasPrefix(word) }
        return word.count > 1 && longer.count == 1 ? longer.first : nil
    }

    /// How many letters must be changed, added, left out or swapped with their neighbour.
    static func distance(_ first: String, _ second: String) -> Int {
        let first = Array(first)
        let second = Array(second)
        var older: [Int] = []
        var previous = Array(0...second.count)
        for row in first.indices {
            var current = [row + 1]
            for column in second.indices {
                let change = previous[column] + (first[row] == second[column] ? 0 : 1)
                var best = min(change, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
                    best = min(best, older[column - 1] + 1)
                }
                current.append(best)
            }
            older = previous
            previous = current
        }
        return previous[second.count]
    }
}
