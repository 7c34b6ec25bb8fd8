/// How hard the questions of a drill are.
public enum DrillLevel: Int, CaseIterable, Comparable, Sendable {
    /// One fact at a time.
    case basic = 1
    /// Facts that must be put together.
    case usual = 2
    /// The cases that catch people out.
    case hard = 3

    /// By difficulty.
    public static func < (left: DrillLevel, right: DrillLevel) -> Bool { left.rawValue < right.rawValue }
}

/// Follows a learner: harder after a run of right answers, easier after wrong ones.
public struct DrillLadder: Sendable {
    /// Right answers in a row that lead a level up.
    private static let climb = 3
    /// Wrong answers in a row that lead a level down.
    private static let fall = 2

    /// Where the learner is now.
    public private(set) var level: DrillLevel
    private var right = 0
    private var wrong = 0

    /// Begins at a level.
    public init(level: DrillLevel = .basic) { self.level = level }

    /// Takes a right or a wrong answer into account.
    public mutating func record(isRight: Bool) {
        right = isRight ? right + 1 : 0
        wrong = isRight ? 0 : wrong + 1
        if right == Self.climb { move(by: 1) } else if wrong == Self.fall { move(by: -1) }
    }

    private mutating func move(by steps: Int) {
        right = 0
        wrong = 0
        level = DrillLevel(rawValue: level.rawValue + steps) ?? level
    }
}
