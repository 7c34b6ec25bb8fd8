import LessonEngine

/// Plays the words of a challenge as a learner would type them. The words belong to the prompt, which this module does
/// not know; without a player a challenge can be read, and nothing more.
public protocol ChallengePlayer: Sendable {
    /// Whether a line consists of words that a challenge can be played with.
    func recognises(_ line: String) -> Bool

    /// Plays lines on a fresh machine, from the challenge's beginning, as far as the goal or to their end.
    /// - Throws: a ``ChallengeMistake`` where a line is not what the prompt can do; a ``MachineError`` where the
    ///   challenge has no machine.
    func play(_ lines: [String], in challenge: ChallengeQuestion) throws -> ChallengePlay
}

/// What came of playing.
public struct ChallengePlay: Sendable {
    /// How it ended.
    public let verdict: ChallengeVerdict
    /// The words that count, as they can be typed in one line with semicolons between them.
    public let words: [String]
    /// What the registers hold that the goal speaks of: `EAX is 19h.`; empty if it speaks of none.
    public let report: String

    /// An end of a play.
    public init(verdict: ChallengeVerdict, words: [String], report: String) {
        self.verdict = verdict
        self.words = words
        self.report = report
    }
}

/// How a try at a challenge stands.
public enum ChallengeVerdict: Hashable, Sendable {
    /// Neither.
    case goingOn
    /// The goal holds, with no more changes by hand than allowed.
    case solved
    /// The try is over: why, in a sentence, and what the author says to this mistake.
    case lost(String, say: [MarkdownBlock])
}

/// A line that cannot be played.
public struct ChallengeMistake: Error, Hashable, Sendable {
    /// Which of the lines, counted from 0.
    public let line: Int
    /// What is wrong, as a sentence.
    public let message: String
    /// What would work, as a sentence.
    public let hint: String?

    /// A mistake in a line.
    public init(line: Int, _ message: String, hint: String? = nil) {
        self.line = line
        self.message = message
        self.hint = hint
    }
}
