/// The one of `candidates` that `word` is most likely a slip of, or else the only one that it begins; nil when
/// there is none.
///
/// A slip is the same but for case, or at most a third of the letters missing, extra, wrong or swapped. Words of two
/// letters are slips of nothing: they differ from nearly all others by one letter.
public func didYouMean(_ word: String, among candidates: some Sequence<String>) -> String? {
    let typed = Array(word.lowercased().utf8)
    guard !typed.isEmpty, typed.count <= longestComparedWord else { return nil }
    var best: (distance: Int, candidate: String)?
    var longer: Set<String> = []
    for candidate in candidates {
        let other = Array(candidate.lowercased().utf8)
        guard other.count <= longestComparedWord else { continue }
        if typed.count > 1, other.starts(with: typed) { longer.insert(candidate) }
        let length = max(typed.count, other.count)
        let distance = editDistance(typed, other, limit: max(1, length / 3))
        guard distance <= max(1, length / 3), distance == 0 || distance < length - 1 else { continue }
        if let found = best, (found.distance, found.candidate) <= (distance, candidate) { continue }
        best = (distance, candidate)
    }
    return best?.candidate ?? (longer.count == 1 ? longer.first : nil)
}

/// Longer words are no slips of anything, and comparing them would cost their product in time.
private let longestComparedWord = 64
