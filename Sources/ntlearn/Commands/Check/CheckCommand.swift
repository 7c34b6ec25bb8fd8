import ArgumentParser
import LessonEngine

/// `ntlearn check`: everything that is wrong with a course, a lesson or a machine.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check courses, lessons and machines, and list everything that is wrong.",
        discussion: """
            Lessons are loaded and their traces and questions run; machines are assembled and booted. Exit status: 0 without \
            errors, 1 with errors, 2 if something cannot be read at all.

            A question that varies is answered with its own key for each of the first seeds.

            Example: ntlearn check mycourse
            Example: ntlearn check mycourse --seeds 200
            Example: ntlearn check lessons/stub.md --format github
            """)

    @Argument(help: ArgumentHelp("Course folders, lesson files (.md) or machine sources (.asm).", valueName: "path"))
    var paths: [String] = []

    @Option(help: "text for people, json for scripts, github for annotations in GitHub Actions.")
    var format: DiagnosticFormat = .text

    @Option(help: "How many members of each family of questions to try, 1 to 10000.")
    var seeds = LessonChecker.usualSeeds

    func validate() throws {
        guard (1...10_000).contains(seeds) else {
            throw ValidationError("--seeds must be a number from 1 to 10000, not \(seeds)")
        }
    }

    func run() throws {
        let paths = paths.isEmpty ? [try ContentLocator().builtInFolder()] : paths
        var report = CheckReport()
        for path in paths { report.add(try ContentCheck(path: path, checker: LessonChecker(seeds: seeds)).run()) }
        var output = ByteOutput()
        let terminal = Terminal.detect(plain: false)
        for diagnostic in report.diagnostics { try output.write(format.line(diagnostic, terminal.palette)) }
        try output.flush()
        CommandFailure.note(report.summary)
        guard report.isReadable else { throw CommandFailure("", status: 2) }
        guard report.errorCount == 0 else { throw CommandFailure("", status: 1) }
    }
}
