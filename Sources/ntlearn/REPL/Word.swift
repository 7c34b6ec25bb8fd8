/// A word of the prompt: what it is called, and what it does. One type, one word.
///
/// Words keep nothing between two runs; whatever lasts is the session's.
protocol Word<Session>: Sendable {
    /// What words work on.
    associatedtype Session

    static var spec: WordSpec { get }

    /// - Throws: a ``WordError`` when the arguments make no sense, or when what they ask for cannot be done now.
    func run(_ arguments: WordArguments, in session: Session) throws(WordError)
}

/// Why a word could not do what it was asked to do.
struct WordError: Error, Equatable, Sendable {
    /// What was wrong, as a sentence.
    var message: String
    /// What would work, as a sentence.
    var hint: String?
    /// Where in the line it was wrong, counted in characters from 1.
    var column: Int?

    init(_ message: String, hint: String? = nil, column: Int? = nil) {
        self.message = message
        self.hint = hint
        self.column = column
    }

    /// The arguments do not fit the word's usage.
    static func usage(_ spec: WordSpec) -> WordError {
        WordError("\(spec.name) cannot be used like this.", hint: "Usage: \(spec.usage). Example: \(spec.example)")
    }

    /// Message and hint, a line each.
    var text: String { ([message] + [hint].compactMap(\.self)).joined(separator: "\n") }
}
