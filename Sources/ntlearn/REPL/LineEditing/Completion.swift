/// A question of the line editor: how can the word at the cursor go on?
struct CompletionRequest: Equatable, Sendable {
    /// The line up to the word.
    var preceding: String
    /// The word's part before the cursor; it may be empty.
    var word: String
}

/// The answer to a ``CompletionRequest``.
enum Completion: Equatable, Sendable {
    /// Texts that may stand in the word's place. With `endsWord` a single candidate is followed by a space.
    case candidates([String], endsWord: Bool)
    /// The word is a file's name, which the editor completes itself.
    case files

    static let nothing = Completion.candidates([], endsWord: false)
}

/// Answers a ``CompletionRequest``.
typealias Completer = (CompletionRequest) -> Completion
