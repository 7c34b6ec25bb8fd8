/// A receipt with its marks.
public struct GradedReceipt: Sendable {
    /// How one question went.
    public enum Mark: String, Hashable, Sendable {
        case right, wrong
        /// Skipped, given away, never answered, or answered in a way that does not count.
        case none
    }

    /// The file's name.
    public let file: String
    /// What it says; `nil` if it cannot be read.
    public let receipt: Receipt?
    /// One for each question of the assignment, in its order.
    public let marks: [Mark]
    /// What an instructor should look at, worst first.
    public internal(set) var flags: [ReceiptFlag]

    /// Questions that were answered right.
    public var points: Int { marks.count { $0 == .right } }
    /// Questions that there are.
    public var outOf: Int { marks.count }
    /// Whole per cent, rounded down.
    public var percent: Int { outOf == 0 ? 0 : points * 100 / outOf }
    /// Whether somebody should ask questions before the marks count.
    public var isSuspicious: Bool { flags.contains(where: \.isSuspicion) }
}
