import ArgumentParser
import LessonEngine

/// `ntlearn grade`: marks the receipts of an assignment.
struct GradeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grade", abstract: "Mark receipts: every answer is put to its question again.",
        discussion: """
            No verdict in a receipt is believed. Receipts that were changed, copied, answered for another learner \
            or after the deadline are told, with the reason. Exit status 1 if there is one that somebody should look at.

            Example: ntlearn grade week3.assignment *.receipt
            Example: ntlearn grade week3.assignment *.receipt --csv > marks.csv
            """)

    @Argument(help: ArgumentHelp("The assignment.", valueName: "assignment"), completion: .file())
    var file: String

    @Argument(help: ArgumentHelp("The learners' receipts.", valueName: "receipt"), completion: .file())
    var receipts: [String]

    @Flag(help: "Comma-separated values, a line for each receipt.")
    var csv = false

    @Flag(help: "A JSON object a line for each receipt.")
    var json = false

    @OptionGroup var courses: CourseOptions

    func validate() throws {
        guard !csv || !json else { throw ValidationError("--csv and --json exclude each other") }
        guard !receipts.isEmpty else { throw ValidationError("name the receipts to grade") }
    }

    func run() throws {
        let assignment: Assignment
        do { assignment = try Assignment.load(path: file) } catch { throw CommandFailure("\(error)", status: 2) }
        guard let course = try courses.load().first(where: { $0.id == assignment.course }) else {
            throw CommandFailure(
                "the assignment is about the course \(assignment.course), which is not here\n"
                    + "name its folder with --content", status: 2)
        }
        let graded = ReceiptGrader(assignment: assignment, course: course).grade(files: receipts)
        let report = GradeReport(assignment: assignment, graded: graded)
        var output = ByteOutput()
        if csv {
            try output.write(report.csv.utf8)
        } else if json {
            for line in report.json { try output.write(line.bytes + [UInt8(ascii: "\n")]) }
        } else {
            let terminal = Terminal.detect(plain: false)
            try output.write(terminal.palette.paint(report.lines(Layout(terminal))).utf8)
        }
        try output.flush()
        if graded.contains(where: \.isSuspicious) { throw CommandFailure("", status: 1) }
    }
}
