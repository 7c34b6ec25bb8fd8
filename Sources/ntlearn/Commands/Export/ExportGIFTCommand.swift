import ArgumentParser
import LessonEngine

/// `ntlearn export gift`: the questions for Moodle.
struct ExportGIFTCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gift", abstract: "Write the questions in GIFT, the text format that Moodle imports.",
        discussion: """
            Each lesson becomes a category. Of a question that varies, several members are written, each with the answer \
            that the machine gave. What only ntlearn can judge is left out and listed.

            Example: ntlearn export gift -o questions.gift
            Example: ntlearn export gift -o questions.gift --members 10 sysenter
            """)

    @Argument(help: ArgumentHelp("Lessons by name; all when none is named.", valueName: "lesson"))
    var lessons: [String] = []

    @Option(name: .shortAndLong, help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"))
    var output: String

    @Option(help: "How many members of each family to write, 1 to 100.")
    var members = 3

    @OptionGroup var courses: CourseOptions

    func validate() throws {
        guard (1...100).contains(members) else {
            throw ValidationError("--members must be a number from 1 to 100, not \(members)")
        }
    }

    func run() throws {
        let library = Library(courses: try courses.load())
        var export = GIFTExport(members: members)
        for entry in try library.chosen(lessons) {
            let values = LessonValues(entry.lesson)
            export.add(entry.lesson, of: entry.course) { values.text($0) }
        }
        try OutputFile(output).write(Array(export.text.utf8))
        for omission in export.omissions {
            CommandFailure.note("left out: \(omission.question) (\(omission.reason.text))")
        }
        CommandFailure.note("\(export.count) questions written, \(export.omissions.count) left out")
    }
}
