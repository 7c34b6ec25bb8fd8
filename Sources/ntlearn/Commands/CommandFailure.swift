import Foundation
import Lessons

/// Why a command could not do what it was asked to do.
struct CommandFailure: Error {
    /// What was wrong, where, and what would work; empty if everything has been said already.
    let message: String
    /// The exit status: 1 if what was asked about failed, 2 for wrong usage or unreadable input.
    let status: Int32

    init(_ message: String, status: Int32 = 1) {
        self.message = message
        self.status = status
    }

    /// A word of the prompt that a command used could not run.
    init(_ error: WordError) { self.init(error.text) }

    /// A machine could not be made, or not brought to where it should be.
    init(_ error: MachineError) { self.init("\(error)", status: error.kind == .run ? 1 : 2) }

    /// Writes a message to standard error, under the program's name.
    static func warn(_ message: String) { note("ntlearn: \(message)") }

    /// Writes a line to standard error that reports no problem.
    static func note(_ message: String) {
        let text = Sanitizer.clean(message + "\n", keeping: ["\n", "\t"])
        FileHandle.standardError.write(Data(text.utf8))
    }
}
