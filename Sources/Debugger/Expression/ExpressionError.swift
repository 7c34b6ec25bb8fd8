/// Why an expression could not be read or evaluated, and where.
public struct ExpressionError: Error, Hashable, Sendable {
    /// 0-based offset, in characters of the expression's text, of what is wrong; the text's length means "at its end".
    public let offset: Int
    /// What is wrong, in one sentence without a full stop.
    public let message: String
    /// What would work instead, when there is something to say.
    public let note: String?

    /// - Parameters:
    ///   - offset: 0-based character offset in the expression's text.
    ///   - message: what is wrong.
    ///   - note: what would work.
    public init(offset: Int, message: String, note: String? = nil) {
        self.offset = offset
        self.message = message
        self.note = note
    }
}

extension ExpressionError: CustomStringConvertible {
    /// The message, its 1-based column, and the note.
    public var description: String {
        let place = "column \(offset + 1): \(message)"
        return note.map { "\(place) (\($0))" } ?? place
    }
}
