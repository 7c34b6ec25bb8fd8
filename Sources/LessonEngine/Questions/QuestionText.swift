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
    /// How many wrong answers it takes until the correct one is shown, at least 1.
    public let attempts: Int
    /// Which of the lesson's objectives it tests, counted from 1; empty when the author did not say.
    public let objectives: [Located<Int>]
    /// Picks the member of the question's family, and the order in which choices are shown.
    public let seed: UInt64

    /// A question's texts.
    public init(
        id: String, location: SourceLocation, ask: [MarkdownBlock], hints: [Located<[MarkdownBlock]>] = [],
        explain: [MarkdownBlock] = [], feedback: [Feedback] = [], attempts: Int = 1,
        objectives: [Located<Int>] = [], seed: UInt64 = 0
    ) {
        self.id = id
        self.attempts = attempts
        self.objectives = objectives
        self.seed = seed
        self.location = location
        self.ask = ask
        self.hints = hints
        self.explain = explain
        self.feedback = feedback
    }

    /// The same texts with more under the question.
    public func asking(also blocks: [MarkdownBlock]) -> QuestionText {
        QuestionText(
            id: id, location: location, ask: ask + blocks, hints: hints, explain: explain, feedback: feedback,
            attempts: attempts, objectives: objectives, seed: seed)
    }

    /// The numbers that order the question's choices.
    var shuffler: SplitMix64 { SplitMix64(seed: seed, purpose: "\(id)/order") }

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
