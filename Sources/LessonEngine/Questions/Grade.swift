/// What became of an answer.
public enum Verdict: Hashable, Sendable {
    case correct
    case wrong
    /// The answer can be read in several ways or in none. The question is asked back with this sentence, and it
    /// costs nothing.
    case unclear(String)
}

/// A judged answer.
public struct Grade: Hashable, Sendable {
    /// Right, wrong, or asked back.
    public let verdict: Verdict
    /// The answer as it was understood, for "You said …".
    public let given: String
    /// What to say about this particular answer; empty for nothing.
    public let feedback: [MarkdownBlock]

    /// A judgement of `given`.
    public init(_ verdict: Verdict, given: String, feedback: [MarkdownBlock] = []) {
        self.verdict = verdict
        self.given = given
        self.feedback = feedback
    }
}
