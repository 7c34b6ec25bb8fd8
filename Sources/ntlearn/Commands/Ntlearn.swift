import ArgumentParser
import Foundation

/// The program: `ntlearn` and its subcommands.
@main
struct Ntlearn: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Learn how Windows NT system calls work, on a machine that really executes them.",
        discussion: """
            Every lesson, trace and answer comes from guest machine code that runs on ntlearn's own x86 processor.

            Example: ntlearn trace sysenter --call 'NtClose(0x44)'
            """,
        version: "0.1.0",
        subcommands: [
            LearnCommand.self, ListCommand.self, TraceCommand.self, MachineCommand.self, ExecCommand.self,
            CardCommand.self, ProgressCommand.self, ReviewCommand.self, ResetCommand.self, ProfileCommand.self,
            CheckCommand.self, NewCommand.self, PreviewCommand.self, SchemaCommand.self,
            ReportCommand.self, ExportCommand.self,
            DrillCommand.self, QuizCommand.self, AssignCommand.self, TakeCommand.self, ReceiptCommand.self,
            GradeCommand.self,
        ],
        defaultSubcommand: LearnCommand.self)

    /// Runs the command line. Exit status: 0 done, 1 what was asked about failed, 2 wrong usage or unreadable input.
    static func main() {
        do {
            let names = Set(configuration.subcommands.compactMap { $0.configuration.commandName })
            let arguments = Array(CommandLine.arguments.dropFirst())
            var command = try parseAsRoot(GlobalOptions.behindCommand(arguments, commands: names))
            try command.run()
        } catch {
            leave(with: error)
        }
    }

    private static func leave(with error: any Error) -> Never {
        switch error {
        case let failure as CommandFailure: leave(failure)
        case let error as ContentLocator.NotFound: leave(CommandFailure("\(error)", status: 2))
        default: leaveAsParserSays(error)
        }
    }

    private static func leave(_ failure: CommandFailure) -> Never {
        if !failure.message.isEmpty { CommandFailure.warn(failure.message) }
        Foundation.exit(failure.status)
    }

    /// `--help` is no failure; wrong usage has the status 64 in ArgumentParser and 2 here.
    private static func leaveAsParserSays(_ error: any Error) -> Never {
        switch exitCode(for: error) {
        case .success: exit(withError: error)
        case .validationFailure:
            let text = fullMessage(for: error)
            leave(CommandFailure(text.hasPrefix("Error: ") ? String(text.dropFirst(7)) : text, status: 2))
        default: leave(CommandFailure("\(error)"))
        }
    }
}
