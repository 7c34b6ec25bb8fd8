import ArgumentParser
import Foundation
import LessonEngine

/// `ntlearn list`: courses, lessons, progress.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the courses and lessons, and how far you are.",
        discussion: "Example: ntlearn list --json")

    @Flag(help: "One JSON object a line for each lesson.")
    var json = false

    @OptionGroup var learner: LearnerOptions

    func run() throws {
        let library = Library(courses: try learner.courses())
        let store = try learner.store()
        if json { return try library.entries.forEach { print(try jsonLine($0, store)) } }
        let terminal = Terminal.detect(plain: learner.plain)
        for course in library.courses {
            print(terminal.palette.paint(StyledText(course.title, .heading)))
            let summary = try store.summary(course: course.id)
            for entry in library.entries where entry.course.id == course.id {
                print(terminal.palette.paint(try line(entry, summary, store)))
            }
        }
    }

    private func line(
        _ entry: Library.Entry, _ summary: CourseSummary, _ store: ProgressStore
    ) throws -> StyledText {
        let counts = try Self.counts(entry, store)
        let here = summary.position?.lesson == entry.lesson.id ? "  <- you are here" : ""
        let score = counts.questions == 0 ? "" : "\(counts.correct) of \(counts.questions) right"
        return StyledText("\(entry.number)").padded(to: 3, .right) + StyledText("  \(entry.lesson.id)").padded(to: 20)
            + StyledText(" \(entry.lesson.title)").padded(to: 36) + StyledText(" \(score)", .dim) + StyledText(here)
    }

    /// Questions of a lesson, how many were answered, and how many of those right the last time.
    private static func counts(
        _ entry: Library.Entry, _ store: ProgressStore
    ) throws -> (questions: Int, answered: Int, correct: Int) {
        let ids = entry.lesson.blocks.filter { $0 is QuizBlock }.map(\.id)
        let verdicts = try store.verdicts(course: entry.course.id, lesson: entry.lesson.id)
        let answered = ids.compactMap { verdicts[$0] }
        return (ids.count, answered.count, answered.filter { $0.verdict == .correct }.count)
    }

    /// One lesson of `list --json`.
    private struct Row: Encodable {
        let course: String
        let lesson: String
        let title: String
        let minutes: Int?
        let questions: Int
        let answered: Int
        let correct: Int
    }

    private func jsonLine(_ entry: Library.Entry, _ store: ProgressStore) throws -> String {
        let counts = try Self.counts(entry, store)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let row = Row(
            course: entry.course.id, lesson: entry.lesson.id, title: entry.lesson.title, minutes: entry.lesson.minutes,
            questions: counts.questions, answered: counts.answered, correct: counts.correct)
        return String(decoding: try encoder.encode(row), as: UTF8.self)
    }
}
