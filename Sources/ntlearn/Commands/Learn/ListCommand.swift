import ArgumentParser
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
        let overview = try ProgressOverview(library, try learner.storeIfReadable(), countsPredictions: false)
        if json { return overview.rows.forEach { print(Self.jsonLine($0)) } }
        let terminal = Terminal.detect(plain: learner.plain)
        Output(detect: { terminal }).print(LessonTable(overview: overview, layout: Layout(terminal)).lines)
    }

    private static func jsonLine(_ row: ProgressOverview.Row) -> String {
        let line = JSONLine { line in
            line.integer("answered", row.count.answered)
            line.integer("correct", row.count.correct)
            line.string("course", row.entry.course.id)
            line.string("lesson", row.entry.lesson.id)
            line.integer("minutes", row.entry.lesson.minutes)
            line.integer("questions", row.count.questions)
            line.string("title", row.entry.lesson.title)
        }
        return String(decoding: line.bytes, as: UTF8.self)
    }
}

/// The lessons, a line for each.
struct LessonTable {
    let overview: ProgressOverview
    let layout: Layout

    var lines: [StyledText] {
        overview.lines(layout) { layout.isPlain ? sentence($0) : line($0) }
    }

    private func line(_ row: ProgressOverview.Row) -> [StyledText] {
        let number = StyledText(row.isHere ? ">" : " ") + StyledText("\(row.entry.number)").padded(to: 3, .right)
        let name = StyledText("  \(row.entry.lesson.id)").padded(to: overview.nameWidth + 4)
        let score = StyledText("  " + score(row), row.isHere ? .strong : .dim)
        let title = StyledText(row.entry.lesson.title).wrapped(
            to: max(12, layout.columns - 8 - overview.nameWidth - 14))
        let rest = StyledText(spaces(overview.nameWidth + 8))
        return title.enumerated().map { index, text in
            index == 0
                ? number + name + text.padded(to: layout.columns - 8 - overview.nameWidth - 14) + score : rest + text
        }
    }

    private func score(_ row: ProgressOverview.Row) -> String {
        row.count.questions == 0 ? "" : "\(row.count.correct) of \(row.count.questions) right"
    }

    private func sentence(_ row: ProgressOverview.Row) -> [StyledText] {
        let parts = [
            "Lesson \(row.entry.number), \(row.entry.lesson.id): \(row.entry.lesson.title)", score(row),
            row.isHere ? "you are here" : "",
        ]
        return StyledText(parts.filter { !$0.isEmpty }.joined(separator: ", ") + ".").wrapped(to: layout.measure)
    }
}
