/// Something about a receipt that an instructor should look at.
public struct ReceiptFlag: Hashable, Sendable {
    /// What sort of thing it is. The raw values are part of the commands' contract: never change one.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The file cannot be read as a receipt.
        case unreadable
        /// A seal does not fit: a line was changed, removed, moved or added.
        case altered
        /// It belongs to another assignment.
        case wrongAssignment = "wrong-assignment"
        /// Answers that another learner has given, too, in a way that chance does not explain.
        case copied
        /// A seed is not this learner's.
        case otherSeed = "other-seed"
        /// The verdict in the receipt is not the machine's.
        case wrongVerdict = "wrong-verdict"
        /// A question was answered that the assignment does not ask.
        case unknownQuestion = "unknown-question"
        /// The same learner's receipt is there more than once.
        case duplicate
        /// A question was answered more often than allowed; the answers beyond do not count.
        case extraAnswers = "extra-answers"
        /// Times that run backwards, or lie in the future.
        case clock
        /// Answers after the deadline; they do not count.
        case late
        /// Questions without an answer.
        case missing
        /// The lesson is not the one that the assignment was made from.
        case changedContent = "changed-content"
        /// A question that cannot be asked or judged any more.
        case ungradable
    }

    /// What sort of thing.
    public let kind: Kind
    /// A sentence.
    public let message: String

    /// A flag with its sentence.
    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// Whether somebody should ask the learner. Lateness, gaps and an edited lesson are no offence.
    public var isSuspicion: Bool {
        switch kind {
        case .late, .missing, .changedContent, .ungradable: false
        default: true
        }
    }
}
