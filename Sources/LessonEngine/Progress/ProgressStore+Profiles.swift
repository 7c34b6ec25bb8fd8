import Foundation
import GRDB

/// A learner of the progress file.
public struct ProfileSummary: Sendable, Equatable {
    /// The name that `--profile` takes.
    public var name: String
    /// Answers that count; those of a reset do not.
    public var answers: Int
    /// The latest answer or turned page; nil if a reset has left nothing.
    public var time: Date?
}

extension ProgressStore {
    /// Everybody who has answered a question or turned a page, by name.
    public func profiles() throws(ProgressError) -> [ProfileSummary] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT name, sum(answers) AS answers, max(time) AS time FROM (
                        SELECT profile AS name, count(*) AS answers, max(time) AS time FROM answers GROUP BY profile
                        UNION ALL SELECT profile, 0, max(time) FROM positions GROUP BY profile
                        UNION ALL SELECT profile, 0, NULL FROM archive GROUP BY profile
                    ) GROUP BY name ORDER BY name
                    """
            ).map {
                try ProfileSummary(
                    name: $0.decode(forColumn: "name"), answers: $0.decode(forColumn: "answers"),
                    time: $0.decode(forColumn: "time"))
            }
        }
    }

    /// Puts the answers in some lessons of a course aside and forgets the place there, so that they look new.
    ///
    /// The answers stay in the file: nothing counts them any more, and an export has them.
    /// - Returns: how many answers were put aside.
    @discardableResult
    public func reset(course: String, lessons: [String]) throws(ProgressError) -> Int {
        try change(.reset) { database in
            try lessons.reduce(0) { count, lesson in
                count + (try reset("course = ? AND lesson = ?", [course, lesson], database))
            }
        }
    }

    /// Puts all answers of this profile aside, those to drills included.
    /// - Returns: how many answers were put aside.
    @discardableResult
    public func resetAll() throws(ProgressError) -> Int {
        try change(.reset) { database in try reset("1", [], database) }
    }

    private func reset(
        _ condition: String, _ values: StatementArguments, _ database: Database
    ) throws -> Int {
        let what = "profile = ? AND \(condition)"
        let columns = "id, profile, course, lesson, question, contentHash, seed, answer, verdict, time, hints"
        try database.execute(
            sql: "INSERT INTO archive (\(columns), archived) SELECT \(columns), ? FROM answers WHERE \(what)",
            arguments: [Date(), profile] + values)
        try database.execute(sql: "DELETE FROM answers WHERE \(what)", arguments: [profile] + values)
        let count = database.changesCount
        for table in ["standings", "positions"] {
            try database.execute(sql: "DELETE FROM \(table) WHERE \(what)", arguments: [profile] + values)
        }
        return count
    }
}
