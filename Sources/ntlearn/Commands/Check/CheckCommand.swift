import ArgumentParser
import LessonEngine

/// `ntlearn check`: everything that is wrong with a course, a lesson or a machine.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check courses, lessons and machines, and list everything that is wrong.",
        discussion: """
            Lessons are loaded and their traces and questions run; machines are assembled and booted. Exit status: 0 without \
            errors, 1 with errors, 2 if something cannot be read at all.

            Example: ntlearn check mycourse
            Example: ntlearn check lessons/stub.md --format github
            """)

    @Argument(help: ArgumentHelp("Course folders, lesson files (.md) or machine sources (.asm).", valueName: "path"))
    var paths: [String] = []

    @Option(help: "text for people, json for scripts, github for annotations in GitHub Actions.")
    var format: DiagnosticFormat = .text

    func run() throws {
        let paths = paths.isEmpty ? [try ContentLocator().builtInFolder()] : paths
        var report = CheckReport()
        for path in paths { report.add(try ContentCheck(path: path).run()) }
        var output = ByteOutput()
        let terminal = Terminal.detect(plain: false)
        for diagnostic in report.diagnostics { try output.write(format.line(diagnostic, terminal.palette)) }
        try output.flush()
        CommandFailure.note(report.summary)
        guard report.isReadable else { throw CommandFailure("", status: 2) }
        guard report.errorCount == 0 else { throw CommandFailure("", status: 1) }
    }
}
