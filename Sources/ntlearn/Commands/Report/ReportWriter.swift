import LessonEngine

/// Writes reports in one of the formats.
struct ReportWriter {
    let format: ReportFormat
    let terminal: Terminal
    let home: XAPIHome?
    private var output = ByteOutput()
    private var isEmpty = true

    init(format: ReportFormat, terminal: Terminal, home: XAPIHome?) {
        self.format = format
        self.terminal = terminal
        self.home = home
    }

    mutating func write(_ report: ClassReport, of course: Course) throws(CommandFailure) {
        switch format {
        case .table: try write(terminal.palette.paint(ReportTable(report: report, course: course, terminal).lines))
        case .csv: try write(ReportCSV.text(report, of: course, withHeader: isEmpty))
        case .json: for entry in report.entries { try write(line: ReportJSON.line(entry, of: course)) }
        case .xapi: break
        }
        isEmpty = false
    }

    mutating func write(_ answer: LearnerAnswer, number: Int, of course: Course) throws(CommandFailure) {
        guard let home else { return }
        try write(line: XAPIStatement(answer: answer, number: number, course: course, home: home).json)
    }

    mutating func finish() throws(CommandFailure) { try output.flush() }

    private mutating func write(_ text: String) throws(CommandFailure) { try output.write(text.utf8) }

    private mutating func write(line: JSONLine) throws(CommandFailure) {
        try output.write(line.bytes)
        try output.write([UInt8(ascii: "\n")])
    }
}

/// A line of JSON for each question.
enum ReportJSON {
    static func line(_ entry: ClassReport.Entry, of course: Course) -> JSONLine {
        let counts = entry.counts
        return JSONLine { line in
            line.string("course", course.id)
            line.string("lesson", counts.lesson)
            line.string("question", counts.question)
            line.integer("learners", counts.learners)
            line.integer("attempts", counts.attempts)
            line.integer("correct", counts.correct)
            line.integer("first_try", counts.firstTry)
            line.integer("skipped", counts.skipped)
            line.integer("given", counts.given)
            line.objects("mistakes", entry.mistakes) { object, mistake in
                object.integer("count", mistake.count)
                object.string("example", mistake.example)
                object.string("says", mistake.says)
            }
        }
    }
}

/// RFC 4180: a line for each question, with its most common mistake.
enum ReportCSV {
    private static let header =
        "course,lesson,question,learners,attempts,correct,first_try,skipped,given,mistake_count,mistake,says"

    static func text(_ report: ClassReport, of course: Course, withHeader: Bool) -> String {
        let rows = report.entries.map { entry in
            let counts = entry.counts
            let numbers = [
                counts.learners, counts.attempts, counts.correct, counts.firstTry, counts.skipped, counts.given,
            ]
            let mistake = entry.mistakes.first
            return [course.id, counts.lesson, counts.question] + numbers.map(String.init)
                + [mistake.map { "\($0.count)" } ?? "", mistake?.example ?? "", mistake?.says ?? ""]
        }
        return (withHeader ? header + "\r\n" : "")
            + rows.map { $0.map(CSV.field).joined(separator: ",") + "\r\n" }.joined()
    }
}

/// Comma-separated values, RFC 4180.
enum CSV {
    /// A field, in quotation marks where it needs them. A text that a spreadsheet would take for a formula gets an
    /// apostrophe in front: learners write what they like.
    static func field(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } == true && Int(text) == nil
        let text = isFormula ? "'" + text : text
        guard text.contains(where: { "\",\n\r\r\n".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
