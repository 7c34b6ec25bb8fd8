import LessonEngine

/// What a drill draws by lot. The same seed draws the same, everywhere and for ever.
struct DrillDraw {
    private var numbers: SplitMix64

    init(_ member: DrillSeries.Member) {
        numbers = SplitMix64(seed: member.seed, purpose: "drill \(member.topic) \(member.level.rawValue)")
    }

    /// One of several things.
    mutating func pick<Item>(_ items: [Item]) throws(DrillError) -> Item {
        guard !items.isEmpty else { throw DrillError("there is nothing to choose from") }
        return items[Int(numbers.next(below: UInt64(items.count)))]
    }

    /// A number of a range that does not reach over all of them.
    mutating func number(_ range: ClosedRange<UInt32>) -> UInt32 {
        range.lowerBound
            + UInt32(truncatingIfNeeded: numbers.next(below: UInt64(range.upperBound - range.lowerBound) + 1))
    }

    /// A number that can be a handle.
    mutating func handle() -> UInt32 { number(1...0x3F) * 4 }

    mutating func coin() -> Bool { numbers.next(below: 2) == 1 }
}
