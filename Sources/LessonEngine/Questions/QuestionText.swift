/// The keys that every question shares.
public struct QuestionText: Hashable, Sendable {
    /// The question's own id: that of its block.
    public let id: String
    /// The opening fence of its block.
    public let location: SourceLocation
    /// The question.
    public let ask: [MarkdownBlock]
    /// From the gentlest to the plainest; each shown on request.
    public let hints: [Located<[MarkdownBlock]>]
    /// Shown after the answer, right or wrong; empty when the author wrote none.
    public let explain: [MarkdownBlock]
    /// What to say to certain wrong answers.
    public let feedback: [Feedback]

    /// A question's texts.
    public init(
        id: String, location: SourceLocation, ask: [MarkdownBlock], hints: [Located<[MarkdownBlock]>] = [],
        explain: [MarkdownBlock] = [], feedback: [Feedback] = []
    ) {
        self.id = id
        self.location = location
        self.ask = ask
        self.hints = hints
        self.explain = explain
        self.feedback = feedback
    }

    /// Every `{{ … }}` in reading order.
    public var liveExpressions: [LiveExpression] {
        ask.liveExpressions + hints.flatMap(\.value.liveExpressions) + explain.liveExpressions
            + feedback.flatMap(\.say.liveExpressions)
    }
}

/// Ties a wrong answer to the mistake behind it.
public struct Feedback: Hashable, Sendable {
    /// The answer it is for, in the question kind's own terms: an expression, a choice's letter or text.
    public let given: Located<String>
    /// What the mistake was.
    public let say: [MarkdownBlock]

    /// Says `say` to whoever answers `given`.
    public init(given: Located<String>, say: [MarkdownBlock]) {
        self.given = given
        self.say = say
    }
}
