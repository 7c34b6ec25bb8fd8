import Foundation
import LessonEngine

/// The overview for programs: a line for each lesson, and one for all of them.
struct ProgressJSON {
    let overview: ProgressOverview
    let profile: String

    var lines: [JSONLine] { overview.rows.map(line) + [summary] }

    private func line(_ row: ProgressOverview.Row) -> JSONLine {
        JSONLine { line in
            line.string("kind", "lesson")
            line.string("course", row.entry.course.id)
            line.string("lesson", row.entry.lesson.id)
            line.string("title", row.entry.lesson.title)
            Self.write(row.count, to: &line)
            line.integer("due", row.due)
            line.bool("revised", row.isRevised)
            line.bool("here", row.isHere)
            line.objects("objectives", row.objectives) { line, objective in
                line.integer("number", objective.number)
                line.string("text", objective.text)
                Self.write(objective.count, to: &line)
            }
        }
    }

    private static func write(_ count: ProgressOverview.Count, to line: inout JSONLine) {
        line.integer("questions", count.questions)
        line.integer("answered", count.answered)
        line.integer("correct", count.correct)
    }

    private var summary: JSONLine {
        JSONLine { line in
            line.string("kind", "summary")
            line.string("profile", profile)
            Self.write(overview.total, to: &line)
            line.integer("due", overview.due)
            line.string("next_due", overview.nextDue.map { $0.formatted(.iso8601) })
            line.object("predictions") { line in
                line.integer("tried", overview.predictions.tried)
                line.integer("correct", overview.predictions.right)
                line.integer("streak", overview.predictions.current)
                line.integer("best", overview.predictions.best)
            }
        }
    }
}
