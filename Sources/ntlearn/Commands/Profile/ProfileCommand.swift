import ArgumentParser
import Foundation
import LessonEngine

/// `ntlearn profile`: learners as files.
struct ProfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile", abstract: "List the learners of this account; take one's progress to another computer.",
        subcommands: [ProfileListCommand.self, ProfileExportCommand.self, ProfileImportCommand.self])
}

/// `ntlearn profile list`: who has progress.
struct ProfileListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the profiles and how much they have answered.",
        discussion: "Example: ntlearn profile list --json")

    @Flag(help: "One JSON object a line for each profile.")
    var json = false

    func run() throws {
        let profiles = try LearnerOptions.store(profile: "default").profiles()
        guard !json else {
            return profiles.forEach { profile in
                let line = JSONLine {
                    $0.string("profile", profile.name)
                    $0.integer("answers", profile.answers)
                    $0.string("time", profile.time?.formatted(.iso8601))
                }
                print(String(decoding: line.bytes, as: UTF8.self))
            }
        }
        guard !profiles.isEmpty else { return print("Nobody has answered a question yet.") }
        for profile in profiles {
            let latest = profile.time.map { ", the latest \(DueDate($0).text)" } ?? ""
            print(
                Sanitizer.clean("\(profile.name): \(profile.answers) answer\(profile.answers == 1 ? "" : "s")\(latest)")
            )
        }
    }
}

/// `ntlearn profile export`: a profile's file.
struct ProfileExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write everything that is kept about a profile into a file of text.",
        discussion: """
            The file has a JSON object a line. `ntlearn profile import` adds it to a profile on another computer; what is \
            there already is not added twice.

            Example: ntlearn profile export progress.jsonl
            """)

    @Argument(help: ArgumentHelp("The file to write; - for standard output.", valueName: "file"))
    var file: String

    @Option(help: "Whose progress.")
    var profile: String = "default"

    func run() throws {
        let contents = try LearnerOptions.store(profile: profile).exportProfile()
        let (answers, archived) = contents.counts
        if answers + archived == 0 { CommandFailure.warn("the profile \"\(profile)\" has no answers") }
        var bytes: [UInt8] = []
        try contents.write { bytes += Array($0.utf8) + [UInt8(ascii: "\n")] }
        try OutputFile(file).write(bytes)
        if file != "-" { print("Wrote \(answers + archived) answers of \"\(profile)\" to \(file).") }
    }
}

/// `ntlearn profile import`: adds a profile's file.
struct ProfileImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Add what a file written by `profile export` holds; nothing is added twice.",
        discussion: """
            Answers of both sides are put in the order of their times. A damaged file is refused whole.

            Example: ntlearn profile import progress.jsonl
            """)

    @Argument(help: ArgumentHelp("The file to read.", valueName: "file"), completion: .file())
    var file: String

    @Option(help: "The profile to add it to. Default: the one that the file names.")
    var profile: String?

    func run() throws {
        let contents: ProfileFile
        do { contents = try ProfileFile(text: try text()) } catch let error as ProfileFileError {
            throw CommandFailure("\(file):\(error)", status: 2)
        }
        let name = profile ?? contents.profile
        let outcome = try LearnerOptions.store(profile: name).importProfile(contents)
        print(
            Sanitizer.clean(
                "Added \(outcome.added) answers to \"\(name)\"; \(outcome.known) were there already."
                    + (outcome.archived > 0 ? " Added \(outcome.archived) that a reset had put aside." : "")))
    }

    private func text() throws(CommandFailure) -> String {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandFailure("cannot read \(file): \(Self.reason(file))", status: 2)
        }
        return String(decoding: data, as: UTF8.self)
    }

    private static func reason(_ file: String) -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) else {
            return "there is no such file"
        }
        return isFolder.boolValue ? "it is a folder" : "it does not allow reading"
    }
}
