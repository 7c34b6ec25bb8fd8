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
