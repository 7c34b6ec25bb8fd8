import Foundation
import GRDB

extension ProgressStore {
    /// Appends one answer. It is safely on the disk when this returns: show the verdict only after that.
    public func append(_ answer: AnswerRecord) throws(ProgressError) {
        try write(.saveAnswer) { database in
            try Self.insert(answer, profile: profile, database)
            try Self.deriveStandings(database)
        }
    }

    static func insert(_ answer: AnswerRecord, profile: String, _ database: Database) throws {
        let values: StatementArguments = [
            profile, answer.course, answer.lesson, answer.question, answer.contentHash,
            Int64(bitPattern: answer.seed), answer.answer.withoutNUL, answer.verdict.rawValue, answer.time,
            answer.hints,
        ]
        try database.cachedStatement(sql: insertion).execute(arguments: values)
    }

    static let insertion = """
        INSERT INTO answers (profile, course, lesson, question, contentHash, seed, answer, verdict, time, hints)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    /// Every answer in a course, oldest first.
    public func answers(course: String) throws(ProgressError) -> [AnswerRecord] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM answers WHERE profile = ? AND course = ? ORDER BY id",
                arguments: [profile, course]
            ).map(Self.answer)
        }
    }

    static func answer(_ row: Row) throws -> AnswerRecord {
        try AnswerRecord(
            course: row.decode(forColumn: "course"), lesson: row.decode(forColumn: "lesson"),
            question: row.decode(forColumn: "question"), contentHash: row.decode(forColumn: "contentHash"),
            seed: UInt64(bitPattern: row.decode(Int64.self, forColumn: "seed")),
            answer: row.decode(forColumn: "answer"), verdict: verdict(row), hints: row.decode(forColumn: "hints"),
            time: row.decode(forColumn: "time"))
    }

    static func verdict(_ row: Row) throws -> AnswerRecord.Verdict {
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
        contains("\0") ? replacingOccurrences(of: "\0", with: "\u{FFFD}") : self
    }
}
