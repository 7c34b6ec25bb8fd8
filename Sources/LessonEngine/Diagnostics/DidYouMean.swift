/// The one of `candidates` that `word` is most likely a slip of, or nil when none is near.
///
/// Near means: the same but for case, or at most a third of the letters missing, extra, wrong or swapped.
public func didYouMean(_ word: String, among candidates: some Sequence<String>) -> String? {
    let typed = Array(word.lowercased())
    guard !typed.isEmpty, typed.count <= longestComparedWord else { return nil }
    var best: (distance: Int, candidate: String)?
    for candidate in candidates {
        let other = Array(candidate.lowercased())
        guard other.count <= longestComparedWord else { continue }
        let distance = editDistance(typed, other)
        let allowed = max(1, max(typed.count, other.count) / 3)
        guard distance <= allowed, distance < other.count else { continue }
        if let found = best, (found.distance, found.candidate) <= (distance, candidate) { continue }
        best = (distance, candidate)
    }
    return best?.candidate
}

/// Longer words are no slips of anything, and comparing them would cost their product in time.
private let longestComparedWord = 64

/// The optimal string alignment distance: Levenshtein's with swapped neighbours as one slip.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            let substitution = last[j] + (a[i] == b[j] ? 0 : 1)
            var cost = min(substitution, last[j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
            row.append(cost)
        }
        beforeLast = last
        last = row
    }
    return last[b.count]
}
