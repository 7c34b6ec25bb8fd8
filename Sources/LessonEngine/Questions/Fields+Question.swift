extension Fields {
    /// The words of a question that stands inside another block: `hints`, `feedback`, `explain` and
    /// `objective` are read from here.
    /// - Parameters:
    ///   - id: unique in the lesson; progress hangs on it.
    ///   - ask: the question.
    public mutating func questionText(id: String, ask: [MarkdownBlock]) -> QuestionText {
        QuestionText(
            id: id, location: location, ask: ask, hints: QuestionReader.hints(&self), explain: markdown("explain"),
            feedback: QuestionReader.feedback(&self), objectives: objectives())
    }
}
