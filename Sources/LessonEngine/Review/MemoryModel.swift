import Foundation

/// What FSRS knows about one memory.
public struct MemoryState: Sendable, Equatable {
    /// The days after which the chance of recalling it has fallen to 90 %; at least 0.001.
    public var stability: Double
    /// How hard it is to make it more stable, from 1 to 10.
    public var difficulty: Double

    /// A state as it was kept.
    public init(stability: Double, difficulty: Double) {
        self.stability = stability
        self.difficulty = difficulty
    }
}

/// The formulas of FSRS-6, as published by the Open Spaced Repetition project ("The Algorithm", section FSRS-6).
///
/// `w` are the 21 parameters of the publication, by their numbers there.
struct MemoryModel: Sendable {
    let w: [Double]

    /// The parameters that were fitted to the reviews of many learners.
    static let published = MemoryModel(w: [
        0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
        1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
    ])

    private static let leastStability = 0.001

    /// The forgetting curve is a power law; the factor makes its value 0.9 where time is the stability.
    private var decay: Double { -w[20] }
    private var factor: Double { pow(0.9, 1 / decay) - 1 }

    /// The chance of recalling it after so many days.
    func retrievability(stability: Double, days: Double) -> Double {
        pow(1 + factor * days / stability, decay)
    }

    /// The days after which the chance of recalling it has fallen to `retention`.
    func days(stability: Double, retention: Double) -> Double {
        stability / factor * (pow(retention, 1 / decay) - 1)
    }

    /// What is known after the first review.
    func first(_ rating: Rating) -> MemoryState {
        MemoryState(
            stability: max(w[rating.rawValue - 1], Self.leastStability),
            difficulty: Self.bounded(initialDifficulty(rating)))
    }

    /// What is known after one more review, `days` whole days after the one before.
    func next(_ state: MemoryState, _ rating: Rating, days: Double) -> MemoryState {
        let recall = retrievability(stability: state.stability, days: days)
        let stability =
            days < 1
            ? sameDayStability(state, rating)
            : rating == .again ? forgotten(state, recall) : recalled(state, rating, recall)
        return MemoryState(
            stability: max(stability, Self.leastStability), difficulty: nextDifficulty(state.difficulty, rating))
    }

    // MARK: Stability

    private func sameDayStability(_ state: MemoryState, _ rating: Rating) -> Double {
        let growth = exp(w[17] * (Double(rating.rawValue) - 3 + w[18])) * pow(state.stability, -w[19])
        return state.stability * (rating == .again ? growth : max(growth, 1))
    }

    private func recalled(_ state: MemoryState, _ rating: Rating, _ recall: Double) -> Double {
        let bonus = rating == .hard ? w[15] : rating == .easy ? w[16] : 1
        let growth =
            exp(w[8]) * (11 - state.difficulty) * pow(state.stability, -w[9]) * (exp(w[10] * (1 - recall)) - 1)
        return state.stability * (1 + growth * bonus)
    }

    private func forgotten(_ state: MemoryState, _ recall: Double) -> Double {
        let left =
            w[11] * pow(state.difficulty, -w[12]) * (pow(state.stability + 1, w[13]) - 1) * exp(w[14] * (1 - recall))
        return min(left, state.stability / exp(w[17] * w[18]))
    }

    // MARK: Difficulty

    private func initialDifficulty(_ rating: Rating) -> Double {
        w[4] - exp(w[5] * Double(rating.rawValue - 1)) + 1
    }

    /// Changes less the nearer it is to its upper end, and drifts back towards that of an easy question.
    private func nextDifficulty(_ difficulty: Double, _ rating: Rating) -> Double {
        let change = -w[6] * Double(rating.rawValue - 3) * (10 - difficulty) / 9
        return Self.bounded(w[7] * initialDifficulty(.easy) + (1 - w[7]) * (difficulty + change))
    }

    private static func bounded(_ difficulty: Double) -> Double { min(max(difficulty, 1), 10) }
}
