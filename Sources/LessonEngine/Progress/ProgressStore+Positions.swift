import Foundation
import GRDB

extension ProgressStore {
    /// Remembers the page that the learner is on, counted from 0, for the lesson and as the course's latest place.
    public func setPosition(course: String, lesson: String, page: Int) throws(ProgressError) {
        try write(.savePosition) { database in
            try database.execute(
                sql: "INSERT INTO positions (profile, course, lesson, page, time) VALUES (?, ?, ?, ?, ?)",
                arguments: [profile, course, lesson, page, Date()])
        }
    }

    /// Where the learner was last in a course; `nil` in a course never opened.
    public func position(course: String) throws(ProgressError) -> Position? {
        try position(where: "course = ?", [course])
    }

    /// Where the learner was last in one lesson; `nil` in a lesson never opened.
    public func position(course: String, lesson: String) throws(ProgressError) -> Position? {
        try position(where: "course = ? AND lesson = ?", [course, lesson])
    }

    /// The lesson that the learner was in last; `nil` in a course never opened.
    public func lastLesson(course: String) throws(ProgressError) -> String? {
        try position(course: course)?.lesson
    }

    private func position(where condition: String, _ values: StatementArguments) throws(ProgressError) -> Position? {
        try read { database in
            try Row.fetchOne(
                database,
                sql: "SELECT * FROM positions WHERE profile = ? AND \(condition) ORDER BY id DESC LIMIT 1",
                arguments: [profile] + values
            ).map {
                try Position(
                    lesson: $0.decode(forColumn: "lesson"), page: $0.decode(forColumn: "page"),
                    time: $0.decode(forColumn: "time"))
            }
        }
    }
}
