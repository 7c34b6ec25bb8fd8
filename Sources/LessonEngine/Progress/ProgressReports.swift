import Foundation

/// Where a learner is in a course.
public struct Position: Sendable, Equatable {
    /// The lesson's id.
    public var lesson: String
    /// The page of the lesson, counted from 0. The lesson may have fewer pages than when this was saved.
    public var page: Int
    /// When the learner arrived there.
    public var time: Date
}

/// All attempts at one question, summed up.
public struct QuestionProgress: Sendable, Equatable {
    /// The lesson's id.
    public var lesson: String
    /// The question's id.
    public var question: String
    /// The verdict of the latest attempt.
    public var verdict: AnswerRecord.Verdict
    /// How often the question was answered, right or wrong. Skipping and asking for the answer are no attempts.
    public var attempts: Int
    /// How many of the attempts were correct.
    public var correct: Int
    /// The content hash at the latest attempt.
    public var contentHash: String
    /// The time of the latest attempt.
    public var time: Date
    /// When it is to be asked again; nil while it was only skipped.
    public var card: ReviewCard?

    /// Whether the question's text changed after the latest attempt.
    public func isRevised(comparedTo currentHash: String) -> Bool {
        contentHash != currentHash
    }
}

/// What a learner did in one lesson. Counts questions by their latest verdict, not attempts.
public struct LessonSummary: Sendable, Equatable {
    /// The lesson's id.
    public var lesson: String
    /// Questions that have any verdict, skipped ones included.
    public var seen: Int
    /// Questions whose latest verdict is ``AnswerRecord/Verdict/correct``.
    public var correct: Int
    /// The time of the latest answer in this lesson.
    public var time: Date
}

/// What a learner did in one course.
public struct CourseSummary: Sendable, Equatable {
    /// One entry for each lesson with an answer, in the order in which they were first answered.
    public var lessons: [LessonSummary]
    /// Where the learner stopped, `nil` in a course never opened.
    public var position: Position?
}

/// How often a learner said the machine's next value right.
public struct PredictionStreak: Sendable, Equatable {
    /// Right predictions since the last wrong one.
    public var current = 0
    /// The most in a row.
    public var best = 0
    /// All right ones.
    public var right = 0
    /// All that were answered.
    public var tried = 0

    /// Counts the verdicts, oldest first. A skipped prediction neither counts nor ends a streak.
    public init(_ verdicts: [AnswerRecord.Verdict]) {
        for verdict in verdicts where verdict != .skipped {
            tried += 1
            right += verdict == .correct ? 1 : 0
            current = verdict == .correct ? current + 1 : 0
            best = max(best, current)
        }
    }
}
