import X86

/// Two traces side by side: which instructions both have, and which only one of them.
///
/// Instructions are alike if they have the same text and lie in the same function, wherever that is; rounds of a
/// repeated string instruction count once. What is common is a longest common subsequence (Myers 1986).
public struct TraceDiff: Sendable {
    /// A line of the comparison; the numbers count the steps of a trace from 0.
    public enum Row: Hashable, Sendable {
        case both(Int, Int)
        case left(Int)
        case right(Int)
    }

    /// In the order of both traces; where they differ, first what only the left one has.
    public let rows: [Row]

    /// Which row is the first that only one trace has; `nil` for traces that are alike.
    public var firstDivergence: Int? {
        rows.firstIndex { if case .both = $0 { false } else { true } }
    }

    /// How many instructions both have.
    public var common: Int { rows.count { if case .both = $0 { true } else { false } } }

    /// - Parameter texts: the instructions of both as they are to be compared: without addresses that differ from image
    ///   to image.
    public init(_ left: [TraceStep], _ right: [TraceStep], texts: ([String], [String])) {
        let first = Self.unrolled(left)
        let second = Self.unrolled(right)
        let difference = second.map { Self.key(right[$0], texts.1[$0]) }
            .difference(from: first.map { Self.key(left[$0], texts.0[$0]) })
        let removed = Set(difference.removals.map(\.place))
        let inserted = Set(difference.insertions.map(\.place))
        var rows: [Row] = []
        var (i, j) = (0, 0)
        while i < first.count || j < second.count {
            if i < first.count, removed.contains(i) {
                rows.append(.left(first[i]))
                i += 1
            } else if j < second.count, inserted.contains(j) {
                rows.append(.right(second[j]))
                j += 1
            } else {
                rows.append(.both(first[i], second[j]))
                i += 1
                j += 1
            }
        }
        self.rows = rows
    }

    private struct Key: Hashable {
        let function: String
        let text: String
    }

    private static func key(_ step: TraceStep, _ text: String) -> Key {
        Key(function: step.location?.symbol.name ?? "", text: text)
    }

    /// The first round of each repeated string instruction, and everything else.
    private static func unrolled(_ steps: [TraceStep]) -> [Int] {
        steps.indices.filter { index in
            guard index > 0, steps[index].code.text.hasPrefix("rep") else { return true }
            return steps[index - 1].address != steps[index].address
        }
    }
}

extension CollectionDifference.Change {
    /// Where in its own sequence the change is.
    fileprivate var place: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
