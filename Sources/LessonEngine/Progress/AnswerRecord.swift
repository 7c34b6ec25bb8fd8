import Foundation

/// One answer to one question, as it is kept for ever: progress only ever appends these.
///
/// Together, the seed and the answer's text let any later program recompute the question's key and the verdict.
public struct AnswerRecord: Sendable, Equatable {
    /// How an attempt at a question ended. The raw values are what the file holds: never change one.
    public enum Verdict: String, Sendable, CaseIterable {
        case correct
        case wrong
        case skipped
        /// The learner asked for the answer and was given it, or typed it after that.
        case answeredForYou = "answered-for-you"
    }

    /// The course's immutable id.
    public var course: String
    /// The lesson's immutable id.
    public var lesson: String
    /// The question's id, unique in its lesson.
    public var question: String
    /// Identifies the question's text at the time of answering; a different hash later means "revised since".
    public var contentHash: String
    /// The seed that picked this member of the question's family.
    public var seed: UInt64
    /// What the learner typed; empty for a skipped question.
    public var answer: String
    /// How the attempt ended.
    public var verdict: Verdict
    /// How many hints were shown before.
    public var hints: Int
    /// The moment of answering, kept in UTC to the millisecond.
    public var time: Date

    /// An answer given at `time`, by default now.
    public init(
        course: String, lesson: String, question: String, contentHash: String, seed: UInt64, answer: String,
        verdict: Verdict, hints: Int = 0, time: Date = Date()
    ) {
        self.course = course
        self.lesson = lesson
        self.question = question
        self.contentHash = contentHash
        self.seed = seed
        self.answer = answer
        self.verdict = verdict
        self.hints = hints
        self.time = time
    }
}
