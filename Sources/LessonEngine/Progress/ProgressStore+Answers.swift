import Foundation
import GRDB

extension ProgressStore {
    /// Appends one answer. It is safely on the disk when this returns: show the verdict only after that.
    public func append(_ answer: AnswerRecord) throws(ProgressError) {
        let row: StatementArguments = [
            profile, answer.course, answer.lesson, answer.question, answer.contentHash,
            Int64(bitPattern: answer.seed), answer.answer.withoutNUL, answer.verdict.rawValue, answer.time,
        ]
        try write(.saveAnswer) { database in
            try database.execute(
                sql: """
                    INSERT INTO answers (profile, course, lesson, question, contentHash, seed, answer, verdict, time)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """, arguments: row)
        }
    }

    /// Every answer in a course, oldest first.
    public func answers(course: String) throws(ProgressError) -> [AnswerRecord] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM answers WHERE profile = ? AND course = ? ORDER BY id",
                arguments: [profile, course]
            ).map(Self.answer)
        }
    }

    /// How each question of a lesson stands, by question id. Questions never tried are absent.
    public func verdicts(course: String, lesson: String) throws(ProgressError) -> [String: QuestionProgress] {
        let questions = try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT latest.*, attempts, correct FROM answers AS latest JOIN (
                        SELECT max(id) AS id, sum(verdict IN ('correct', 'wrong')) AS attempts,
                            sum(verdict = 'correct') AS correct
                        FROM answers WHERE profile = ? AND course = ? AND lesson = ? GROUP BY question
                    ) USING (id)
                    """, arguments: [profile, course, lesson]
            ).map(Self.questionProgress)
        }
        return Dictionary(questions.map { ($0.question, $0) }, uniquingKeysWith: { $1 })
    }

    /// What was done in each lesson of a course, and where the learner stopped.
    public func summary(course: String) throws(ProgressError) -> CourseSummary {
        let lessons = try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT lesson, count(*) AS seen, sum(verdict = 'correct') AS correct, max(time) AS time
                    FROM answers JOIN (
                        SELECT max(id) AS id, min(id) AS first FROM answers WHERE profile = ? AND course = ?
                        GROUP BY lesson, question
                    ) USING (id) GROUP BY lesson ORDER BY min(first)
                    """, arguments: [profile, course]
            ).map {
                try LessonSummary(
                    lesson: $0.decode(forColumn: "lesson"), seen: $0.decode(forColumn: "seen"),
                    correct: $0.decode(forColumn: "correct"), time: $0.decode(forColumn: "time"))
            }
        }
        return CourseSummary(lessons: lessons, position: try position(course: course))
    }

    static func answer(_ row: Row) throws -> AnswerRecord {
        try AnswerRecord(
            course: row.decode(forColumn: "course"), lesson: row.decode(forColumn: "lesson"),
            question: row.decode(forColumn: "question"), contentHash: row.decode(forColumn: "contentHash"),
            seed: UInt64(bitPattern: row.decode(Int64.self, forColumn: "seed")),
            answer: row.decode(forColumn: "answer"), verdict: verdict(row), time: row.decode(forColumn: "time"))
    }

    private static func questionProgress(_ row: Row) throws -> QuestionProgress {
        try QuestionProgress(
            question: row.decode(forColumn: "question"), verdict: verdict(row),
            attempts: row.decode(forColumn: "attempts"), correct: row.decode(forColumn: "correct"),
            contentHash: row.decode(forColumn: "contentHash"), time: row.decode(forColumn: "time"))
    }

    private static func verdict(_ row: Row) throws -> AnswerRecord.Verdict {
        let text = try row.decode(String.self, forColumn: "verdict")
        guard let verdict = AnswerRecord.Verdict(rawValue: text) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an answer has the unknown verdict '\(text)'")
        }
        return verdict
    }
}

extension String {
    /// SQLite ends a text at the first NUL; a visible replacement keeps what follows.
    fileprivate var withoutNUL: String {
        replacingOccurrences(of: "\0", with: "\u{FFFD}")
    }
}
