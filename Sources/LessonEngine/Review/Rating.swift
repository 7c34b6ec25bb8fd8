/// How well a learner remembered, in the four grades of spaced repetition. The raw values are FSRS's.
public enum Rating: Int, Sendable, CaseIterable {
    case again = 1
    case hard
    case good
    case easy
}

extension Rating {
    /// What an answer says about the learner's memory; nil if it says nothing.
    ///
    /// Wrong is `again`, and so is asking for the answer. Right at once is `good`; right after a hint, or after a wrong
    /// answer to the same member, is `hard`. A skipped question and an answer typed after it was shown say nothing.
    /// Nobody is asked to rate themselves, and nothing is timed: `easy` is never given.
    /// - Parameter previous: the answer before to a question of the same family.
    init?(_ answer: AnswerRecord, after previous: (seed: UInt64, verdict: AnswerRecord.Verdict)?) {
        let isSecondTry = previous.map { $0.verdict == .wrong && $0.seed == answer.seed } ?? false
        switch answer.verdict {
        case .correct: self = answer.hints > 0 || isSecondTry ? .hard : .good
        case .wrong: self = .again
        case .answeredForYou where answer.answer.isEmpty: self = .again
        case .answeredForYou, .skipped: return nil
        }
    }
}
