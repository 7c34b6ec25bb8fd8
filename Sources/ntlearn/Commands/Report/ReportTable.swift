import LessonEngine

/// A report for people: a line for each question, its mistakes below it.
struct ReportTable {
    /// How many mistakes of a question are told.
    private static let mostMistakes = 3
    /// Of the columns with numbers, with the blanks before them.
    private static let numberWidths = [9, 7, 7, 11]

    let report: ClassReport
    let course: Course
    let terminal: Terminal

    init(report: ClassReport, course: Course, _ terminal: Terminal) {
        self.report = report
        self.course = course
        self.terminal = terminal
    }

    private var width: Int { Layout(terminal).columns }
    private var nameWidth: Int { width - Self.numberWidths.reduce(0, +) }

    var lines: [StyledText] {
        guard !report.entries.isEmpty else {
            return StyledText("\(course.title): no answers yet.").wrapped(to: width)
        }
        var lesson: String?
        var lines = [StyledText(course.title, .heading)]
        for entry in report.entries {
            if entry.counts.lesson != lesson {
                lesson = entry.counts.lesson
                lines += ["", terminal.isPlain ? StyledText("Lesson \(entry.counts.lesson):", .strong) : head(entry)]
            }
            lines += terminal.isPlain ? spoken(entry) : listed(entry)
        }
        return lines
    }

    private func head(_ entry: ClassReport.Entry) -> StyledText {
        row(StyledText(entry.counts.lesson, .strong), ["learners", "tries", "right", "first try"], .dim)
    }

    private func listed(_ entry: ClassReport.Entry) -> [StyledText] {
        let counts = entry.counts
        let numbers = [
            "\(counts.learners)", "\(counts.attempts)", Self.share(counts.correct, of: counts.attempts),
            Self.share(counts.firstTry, of: counts.learners),
        ]
        return [row(StyledText("  " + counts.question), numbers)] + mistakes(entry, indent: 8)
    }

    private func row(_ name: StyledText, _ numbers: [String], _ styles: Style...) -> StyledText {
        let columns = zip(numbers, Self.numberWidths).map { number, width in
            StyledText(number, styles: Set(styles)).padded(to: width, .right)
        }
        return columns.reduce(name.padded(to: nameWidth), +)
    }

    /// How many made it, an example, and below it what the lesson says to it.
    private func mistakes(_ entry: ClassReport.Entry, indent: Int) -> [StyledText] {
        let room = max(20, min(width, 78) - indent)
        return entry.mistakes.prefix(Self.mostMistakes).flatMap { mistake in
            let lead = StyledText("\(mistake.count) × ").padded(to: indent, .right)
            let example = StyledText(mistake.example, .code).wrapped(to: room)
            let says = mistake.says.map { StyledText(Self.oneLine($0), .dim).wrapped(to: room) } ?? []
            return (example + says).prefixed(first: lead, rest: StyledText(spaces(indent)))
        }
    }

    private func spoken(_ entry: ClassReport.Entry) -> [StyledText] {
        let counts = entry.counts
        let text =
            "\(counts.question): \(Self.count(counts.learners, "learner")), \(Self.count(counts.attempts, "answer")), "
            + "\(Self.share(counts.correct, of: counts.attempts)) right, "
            + "\(Self.share(counts.firstTry, of: counts.learners)) at the first try."
        let mistakes = entry.mistakes.prefix(Self.mostMistakes).map { mistake in
            "Answered \(Self.count(mistake.count, "time")): \(mistake.example)"
                + (mistake.says.map { " Its mistake: \($0)" } ?? "")
        }
        return ([text] + mistakes).flatMap { StyledText(Self.oneLine($0)).wrapped(to: min(width, 78)) }
    }

    private static func oneLine(_ text: String) -> String { text.replacing("\n", with: " ") }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    private static func share(_ part: Int, of whole: Int) -> String {
        whole == 0 ? "–" : "\((part * 100 + whole / 2) / whole) %"
    }
}
