/// A question whose answer is a short text that any quiz program can compare.
public protocol ShortAnswer: Question {
    /// The usual ways to write the correct answer, the one to show first; at least one.
    /// - Throws: when the key cannot be computed.
    func spellings() throws -> [String]
}

extension TextQuestion: ShortAnswer {
    /// What the author accepts.
    public func spellings() -> [String] { accepted.texts }
}
