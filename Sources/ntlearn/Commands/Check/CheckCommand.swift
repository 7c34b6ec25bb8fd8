import ArgumentParser
import LessonEngine

/// `ntlearn check`: everything that is wrong with a course, a lesson or a machine.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check courses, lessons and machines, and list everything that is wrong.",
        discussion: """
            Lessons are loaded and their traces and questions run; machines are assembled and booted. Exit status: 0 without \
            errors, 1 with errors, 2 if something cannot be read at all.

            A question that varies is answered with its own key for each of the first seeds. Results are kept, so that the \
            next run checks only what has changed since.

            Example: ntlearn check mycourse
            Example: ntlearn check mycourse --seeds 200
            Example: ntlearn check lessons/stub.md --format github
            Example: ntlearn check --explain wide-code
            """)

    @Argument(
        help: ArgumentHelp("Course folders, lesson files (.md) or machine sources (.asm).", valueName: "path"),
        completion: .file())
    var paths: [String] = []

    @Option(help: "text for people, json for scripts, github for annotations in GitHub Actions.")
    var format: DiagnosticFormat = .text

    @Option(help: "How many members of each family of questions to try, 1 to 10000.")
    var seeds = LessonChecker.usualSeeds

    @Option(help: ArgumentHelp("Seconds of the processor's time that one file may take.", valueName: "seconds"))
    var timeLimit = CheckOptions.usualTimeLimit

    @Flag(help: "Check everything anew, and keep no results.")
    var noCache = false

    @Option(
        help: ArgumentHelp("Tell what a code means, such as wide-code, and how to mend it.", valueName: "code"),
        completion: .list(DiagnosticCode.everywhere.map(\.name)))
    var explain: String?

    func validate() throws {
        guard (1...10_000).contains(seeds) else {
            throw ValidationError("--seeds must be a number from 1 to 10000, not \(seeds)")
        }
        guard (0.1...3600).contains(timeLimit) else {
            throw ValidationError("--time-limit must be a number of seconds from 0.1 to 3600, not \(timeLimit)")
        }
        guard explain == nil || paths.isEmpty else {
            throw ValidationError("--explain tells of a code and checks nothing; leave the paths out")
        }
    }

    func run() throws {
        if let explain { return try DiagnosticPage().explain(explain) }
        let report = try check()
        var output = ByteOutput()
        let terminal = Terminal.detect(plain: false)
        let diagnostics = report.diagnostics
        for diagnostic in diagnostics { try output.write(format.line(diagnostic, terminal.palette)) }
        try output.flush()
        CommandFailure.note(report.summary(of: diagnostics))
        guard report.isReadable else { throw CommandFailure("", status: 2) }
        guard diagnostics.allSatisfy({ $0.severity != .error }) else { throw CommandFailure("", status: 1) }
    }

    private func check() throws -> CheckReport {
        let paths = paths.isEmpty ? [try ContentLocator().builtInFolder()] : paths
        let options = CheckOptions(
            seeds: seeds, timeLimit: timeLimit, cacheFolder: noCache ? nil : CheckCache.usualFolder())
        var line = ProgressLine()
        defer { line.clear() }
        var report = CheckReport()
        for path in paths {
            report.add(try ContentCheck(path: path, options: options).run { done, all in line.show(done, of: all) })
        }
        return report
    }
}
