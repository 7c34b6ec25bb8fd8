import Foundation

/// Chooses the editor that suits standard input and output.
enum StandardEditor {
    /// True when a person sits at both ends.
    static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

    /// - Parameter completer: answers Tab; a pipe never asks.
    static func make(completer: @escaping Completer) -> any LineEditor {
        guard isInteractive else { return PipeEditor(promptsFirst: isatty(STDIN_FILENO) == 1) }
        return ReadlineEditor(history: .inStateFolder(), completer: completer)
    }
}
