import Foundation

/// When a question of a family is to be asked again.
public struct ReviewCard: Sendable, Equatable {
    /// What the scheduler knows about the learner's memory.
    public var memory: MemoryState
    /// How often it was reviewed, the first answer included.
    public var reviews: Int
    /// The latest review.
    public var reviewed: Date
    /// The moment from which on it is to be asked again.
    public var due: Date

    /// A card as it was kept.
    public init(memory: MemoryState, reviews: Int, reviewed: Date, due: Date) {
        self.memory = memory
        self.reviews = reviews
        self.reviewed = reviewed
        self.due = due
    }
}

/// Decides by FSRS-6 when to ask again. Pure: the same reviews give the same card.
///
/// Learning steps of minutes are left out: a tutorial asks a question once a sitting, so that every interval is at least a
/// day. Intervals are not blurred by chance either.
public struct Scheduler: Sendable {
    /// The chance of recalling, from 0 to 1, at which a question is due.
    public let retention: Double
    private let model = MemoryModel.published

    /// No interval is longer, in days.
    private static let longest = 36_500.0
    private static let millisecondsPerDay = 86_400_000.0

    /// - Parameter retention: between 0 and 1, both excluded.
    public init(retention: Double = 0.9) { self.retention = retention }

    /// The card after a review. A review that lies before the one before, by a clock set back, counts as one on the same
    /// day.
    /// - Parameter card: nil for the first review.
    public func review(_ card: ReviewCard?, _ rating: Rating, at time: Date) -> ReviewCard {
        let memory =
            card.map { model.next($0.memory, rating, days: Self.wholeDays(from: $0.reviewed, to: time)) }
            ?? model.first(rating)
        let days = Double(interval(stability: memory.stability))
        return ReviewCard(
            memory: memory, reviews: (card?.reviews ?? 0) + 1, reviewed: time, due: time + days * 86_400)
    }

    /// The chance, from 0 to 1, that the learner recalls it now.
    public func retrievability(of card: ReviewCard, at time: Date) -> Double {
        model.retrievability(
            stability: card.memory.stability, days: Self.wholeDays(from: card.reviewed, to: time))
    }

    /// Whole days until the chance of recalling has fallen to ``retention``; at least 1.
    public func interval(stability: Double) -> Int {
        let days = model.days(stability: stability, retention: retention).rounded(.toNearestOrEven)
        return days > 1 ? Int(min(days, Self.longest)) : 1
    }

    /// Counted in milliseconds, which is what times are kept in: a day in seconds may be a little short of one.
    private static func wholeDays(from start: Date, to end: Date) -> Double {
        let milliseconds = (end.timeIntervalSince(start) * 1000).rounded()
        return max(0, (milliseconds / millisecondsPerDay).rounded(.down))
    }
}
