import ArgumentParser
import LessonEngine

/// `ntlearn report`: how learners fared, question by question.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Tell how learners fared with each question, and what they got wrong.",
        discussion: """
            Each wrong answer is judged again, so that the report can tell the mistake behind it. --all is about every \
            profile of the progress file. xapi writes each answer as a statement for a learning record store.

            Example: ntlearn report
            Example: ntlearn report --all --format csv > class.csv
            Example: ntlearn report --all --format xapi --home-page https://example.edu/ntlearn
            """)

    @Argument(help: ArgumentHelp("Lessons by name; all when none is named.", valueName: "lesson"))
    var lessons: [String] = []

    @Flag(help: "Every profile of the progress file, not only your own.")
    var all = false

    @Option(help: "table for people; csv, json or xapi (a line for each statement) for programs.")
    var format: ReportFormat = .table

    @Option(help: ArgumentHelp("For xapi: the address that learners and lessons are named under.", valueName: "url"))
    var homePage = "https://ntlearn.invalid"

    @OptionGroup var learner: LearnerOptions

    func validate() throws {
        guard XAPIHome(homePage) != nil else {
            throw ValidationError("--home-page must be an address such as https://example.edu/ntlearn, not \(homePage)")
        }
    }

    /// More different wrong answers than this are not judged again; the most common are.
    private static let mostWrongAnswers = 2_000

    func run() throws {
        let library = Library(courses: try learner.courses())
        let chosen = try library.chosen(lessons)
        let store = try learner.store()
        let terminal = Terminal.detect(plain: learner.plain)
        var writer = ReportWriter(format: format, terminal: terminal, home: XAPIHome(homePage))
        for course in library.courses where chosen.contains(where: { $0.course.id == course.id }) {
            let wanted = lessons.isEmpty ? nil : Set(chosen.filter { $0.course.id == course.id }.map(\.lesson.id))
            try write(course, lessons: wanted, from: store, to: &writer)
        }
        try writer.finish()
    }

    private func write(
        _ course: Course, lessons: Set<String>?, from store: ProgressStore, to writer: inout ReportWriter
    ) throws {
        let learners: ProgressStore.Learners = all ? .all : .own
        if format == .xapi {
            let answers = try store.answers(course: course.id, of: learners)
            for (number, answer) in answers.enumerated() where lessons?.contains(answer.record.lesson) ?? true {
                try writer.write(answer, number: number, of: course)
            }
            return
        }
        let counts = try store.counts(course: course.id, of: learners)
        let wrong = try store.wrongAnswers(course: course.id, of: learners, limit: Self.mostWrongAnswers)
        let report = ClassReport(
            course: course, counts: counts.filter { lessons?.contains($0.lesson) ?? true },
            wrong: wrong.filter { lessons?.contains($0.lesson) ?? true })
        try writer.write(report, of: course)
    }
}

/// How `ntlearn report` writes.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
    case table, csv, json, xapi
}
