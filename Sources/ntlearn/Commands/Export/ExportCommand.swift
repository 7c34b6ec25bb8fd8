import ArgumentParser

/// `ntlearn export`: the course for other programs.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the course as a web site, or its questions for Moodle.",
        subcommands: [ExportHTMLCommand.self, ExportGIFTCommand.self])
}
