import Foundation
import GRDB

// What was learned so far. All of it comes from the standings, so that it takes no longer with many answers.
extension ProgressStore {
    /// How each question of a lesson stands, by question id. Questions never tried are absent.
    public func verdicts(course: String, lesson: String) throws(ProgressError) -> [String: QuestionProgress] {
        let questions = try standings("course = ? AND lesson = ?", [course, lesson])
        return Dictionary(questions.map { ($0.question, $0) }, uniquingKeysWith: { $1 })
    }

    /// How each question of a course stands. Questions never tried are absent.
    public func questions(course: String) throws(ProgressError) -> [QuestionProgress] {
        try standings("course = ?", [course])
    }

    /// What was done in each lesson of a course, and where the learner stopped.
    public func summary(course: String) throws(ProgressError) -> CourseSummary {
        let lessons = try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT lesson, count(*) AS seen, sum(verdict = 'correct') AS correct, max(time) AS time
                    FROM standings WHERE profile = ? AND course = ? GROUP BY lesson ORDER BY min(first)
                    """, arguments: [profile, course]
            ).map {
                try LessonSummary(
                    lesson: $0.decode(forColumn: "lesson"), seen: $0.decode(forColumn: "seen"),
                    correct: $0.decode(forColumn: "correct"), time: $0.decode(forColumn: "time"))
            }
        }
        return CourseSummary(lessons: lessons, position: try position(course: course))
    }

    /// How the predictions went, in all courses.
    public func predictions() throws(ProgressError) -> PredictionStreak {
        let verdicts = try read { database in
            try String.fetchAll(
                database,
                sql: "SELECT verdict FROM answers WHERE profile = ? AND instr(question, '/') > 0 ORDER BY id",
                arguments: [profile])
        }
        return PredictionStreak(verdicts.compactMap(AnswerRecord.Verdict.init))
    }

    private func standings(
        _ condition: String, _ values: StatementArguments
    ) throws(ProgressError) -> [QuestionProgress] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM standings WHERE profile = ? AND \(condition)",
                arguments: [profile] + values
            ).map(Self.questionProgress)
        }
    }

    private static func questionProgress(_ row: Row) throws -> QuestionProgress {
        try QuestionProgress(
            lesson: row.decode(forColumn: "lesson"), question: row.decode(forColumn: "question"),
            verdict: verdict(row), attempts: row.decode(forColumn: "attempts"),
            correct: row.decode(forColumn: "correct"), contentHash: row.decode(forColumn: "contentHash"),
            time: row.decode(forColumn: "time"), card: ReviewCard(row))
    }
}
