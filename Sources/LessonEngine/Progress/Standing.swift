import Foundation

/// How a learner stands with one question: what all answers to it come to.
struct Standing {
    var verdict: AnswerRecord.Verdict
    var attempts = 0
    var correct = 0
    var contentHash: String
    var seed: UInt64
    var time: Date
    /// The id of the first answer.
    var first: Int64
    var card: ReviewCard?

    /// Before the first answer, which is then taken.
    init(before answer: AnswerRecord, id: Int64) {
        verdict = .skipped
        contentHash = answer.contentHash
        seed = answer.seed
        time = answer.time
        first = id
    }

    /// Takes one more answer.
    mutating func take(_ answer: AnswerRecord, _ scheduler: Scheduler) {
        if let rating = Rating(answer, after: (seed, verdict)) {
            card = scheduler.review(card, rating, at: answer.time)
        }
        if answer.verdict == .correct { correct += 1 }
        if answer.verdict == .correct || answer.verdict == .wrong { attempts += 1 }
        (verdict, contentHash, seed, time) = (answer.verdict, answer.contentHash, answer.seed, answer.time)
    }
}

/// A question of a learner.
struct StandingKey: Hashable {
    var profile: String
    var course: String
    var lesson: String
    var question: String
}
