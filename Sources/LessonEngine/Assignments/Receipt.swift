import Foundation

/// What a learner did with an assignment, as the receipt file tells it.
public struct Receipt: Sendable {
    /// What became of an answer. The raw values are what the file holds: never change one.
    public enum Verdict: String, Sendable, CaseIterable {
        case correct, wrong, skipped
        /// The learner asked for the answer.
        case shown
        /// An answer of an exam: nobody is told yet.
        case given
    }

    /// One answer.
    public struct Entry: Hashable, Sendable {
        /// Which question.
        public let question: AssignedQuestion
        /// When.
        public let time: Date
        /// The member of the question's family.
        public let seed: UInt64
        /// The content hash of the lesson that asked.
        public let contentHash: String
        /// What the learner was told.
        public let verdict: Verdict
        /// As it was typed.
        public let answer: String

        /// An answer given at `time`, by default now; to the millisecond.
        public init(
            question: AssignedQuestion, seed: UInt64, contentHash: String, verdict: Verdict, answer: String,
            time: Date = Date()
        ) {
            self.question = question
            self.time = time
            self.seed = seed
            self.contentHash = contentHash
            self.verdict = verdict
            self.answer = answer
        }

        /// Whether it is an answer that counts as an attempt.
        public var isAttempt: Bool { verdict == .correct || verdict == .wrong || verdict == .given }
    }

    /// The assignment's id.
    public internal(set) var assignment = ""
    /// The assignment's title.
    public internal(set) var title = ""
    /// The course's id.
    public internal(set) var course = ""
    /// Who answered.
    public internal(set) var learner: AssignmentLearner
    /// When the first question was asked.
    public internal(set) var started: Date
    /// In the order in which they were given.
    public internal(set) var entries: [Entry] = []
    /// When the last question was answered; `nil` before.
    public internal(set) var finished: Date?
    /// The seal of the last line.
    public internal(set) var seal = ""

    init(assignment: Assignment, learner: AssignmentLearner, started: Date) {
        self.assignment = assignment.id
        title = assignment.title
        course = assignment.course
        self.learner = learner
        self.started = started
    }

    /// The questions that nobody can answer any more: answered right, given away, or out of attempts. A question
    /// that was answered
    /// wrong once counts as closed when the program is left.
    public var closed: Set<AssignedQuestion> {
        Set(entries.filter { $0.verdict != .skipped }.map(\.question))
    }
}
