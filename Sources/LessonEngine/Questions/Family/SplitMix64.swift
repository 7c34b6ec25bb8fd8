/// SplitMix64 (Steele, Lea and Flood, 2014): the same numbers for the same seed, on every platform and for ever.
///
/// Stored seeds must pick the same member and the same order in any later program, so neither the standard
/// library's generators nor its `shuffled(using:)`, whose steps may change, are used.
public struct SplitMix64: Sendable {
    private var state: UInt64

    /// The numbers that belong to `seed`.
    public init(seed: UInt64) { state = seed }

    /// The numbers that belong to `seed` and a purpose, so that two uses of one seed do not go in step.
    public init(seed: UInt64, purpose: String) { state = seed &+ fnv1a(purpose.utf8) }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `bound` - 1; 0 for a bound of 0.
    public mutating func next(below bound: UInt64) -> UInt64 { next().multipliedFullWidth(by: bound).high }
}

extension SplitMix64 {
    /// 0 to `count` - 1 in an order of chance (Fisher and Yates).
    public mutating func permutation(of count: Int) -> [Int] {
        var order = Array(0..<count)
        for last in order.indices.reversed() where last > 0 {
            order.swapAt(last, Int(next(below: UInt64(last + 1))))
        }
        return order
    }

    /// As ``permutation(of:)``, but never the order itself, of two or more.
    mutating func derangedOrder(of count: Int) -> [Int] {
        let order = permutation(of: count)
        guard count > 1, order == Array(0..<count) else { return order }
        return Array(order.dropFirst()) + order.prefix(1)
    }
}
