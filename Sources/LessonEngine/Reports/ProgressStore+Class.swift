import GRDB

/// An answer, and whose it is.
public struct LearnerAnswer: Sendable, Equatable {
    /// The profile that gave it.
    public var learner: String
    /// What was answered.
    public var record: AnswerRecord
}

/// What several learners did, counted where the answers are.
extension ProgressStore {
    /// Which profiles a report is about.
    public enum Learners: Sendable {
        /// The one that this store was opened for.
        case own
        /// Every profile of the file.
        case all
    }

    /// Every answer in a course, oldest first.
    public func answers(course: String, of learners: Learners) throws(ProgressError) -> [LearnerAnswer] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM answers WHERE course = ? AND \(condition(learners)) ORDER BY id",
                arguments: [course] + arguments(learners)
            ).map { try LearnerAnswer(learner: $0.decode(forColumn: "profile"), record: Self.answer($0)) }
        }
    }

    /// The counts for each question of a course that has an answer, by lesson and question.
    public func counts(course: String, of learners: Learners) throws(ProgressError) -> [QuestionCounts] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    WITH chosen AS (SELECT * FROM answers WHERE course = ? AND \(condition(learners))),
                    firsts AS (
                        SELECT min(id) AS id FROM chosen WHERE verdict IN ('correct', 'wrong')
                        GROUP BY profile, lesson, question
                    )
                    SELECT lesson, question, count(DISTINCT profile) AS learners,
                        sum(verdict IN ('correct', 'wrong')) AS attempts, sum(verdict = 'correct') AS correct,
                        sum(verdict = 'correct' AND id IN firsts) AS firstTry, sum(verdict = 'skipped') AS skipped,
                        sum(verdict = 'answered-for-you') AS given
                    FROM chosen GROUP BY lesson, question ORDER BY lesson, question
                    """, arguments: [course] + arguments(learners)
            ).map(QuestionCounts.init)
        }
    }

    /// The wrong answers to the questions of a course, each text once for each seed, the most common first.
    /// - Parameter limit: the most to return.
    public func wrongAnswers(
        course: String, of learners: Learners, limit: Int
    ) throws(ProgressError) -> [WrongAnswer] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT lesson, question, seed, answer, count(*) AS count FROM answers
                    WHERE course = ? AND verdict = 'wrong' AND \(condition(learners))
                    GROUP BY lesson, question, seed, answer ORDER BY count DESC, min(id) LIMIT ?
                    """, arguments: [course] + arguments(learners) + [limit]
            ).map(WrongAnswer.init)
        }
    }

    private func condition(_ learners: Learners) -> String { learners == .own ? "profile = ?" : "1" }
    private func arguments(_ learners: Learners) -> StatementArguments { learners == .own ? [profile] : [] }
}

/// How learners fared with one question.
public struct QuestionCounts: Sendable, Equatable {
    /// The lesson's id.
    public var lesson: String
    /// The question's id.
    public var question: String
    /// How many learners did anything with it.
    public var learners: Int
    /// Answers, right or wrong.
    public var attempts: Int
    /// Right answers.
    public var correct: Int
    /// Learners whose first answer was right.
    public var firstTry: Int
    /// How often it was skipped.
    public var skipped: Int
    /// How often the answer was asked for.
    public var given: Int
}

/// A wrong answer, as it was typed.
public struct WrongAnswer: Sendable, Equatable {
    /// The lesson's id.
    public var lesson: String
    /// The question's id.
    public var question: String
    /// The seed that picked the question's member.
    public var seed: UInt64
    /// What was typed.
    public var answer: String
    /// How often.
    public var count: Int
}

extension QuestionCounts {
    fileprivate init(_ row: Row) throws {
        lesson = try row.decode(forColumn: "lesson")
        question = try row.decode(forColumn: "question")
        learners = try row.decode(forColumn: "learners")
        attempts = try row.decode(forColumn: "attempts")
        correct = try row.decode(forColumn: "correct")
        firstTry = try row.decode(forColumn: "firstTry")
        skipped = try row.decode(forColumn: "skipped")
        given = try row.decode(forColumn: "given")
    }
}

extension WrongAnswer {
    fileprivate init(_ row: Row) throws {
        lesson = try row.decode(forColumn: "lesson")
        question = try row.decode(forColumn: "question")
        seed = UInt64(bitPattern: try row.decode(Int64.self, forColumn: "seed"))
        answer = try row.decode(forColumn: "answer")
        count = try row.decode(forColumn: "count")
    }
}
