/// A block that puts one question, or a fresh one of a family for each seed.
public struct QuizBlock: Block {
    /// The question's id.
    public let id: String
    /// The opening fence.
    public let location: SourceLocation
    /// What it asks with seed 0, or with the first seed that gives a question.
    public let question: any Question

    let family: QuestionFamily?
    /// What loading has reported already.
    let loadProblems: [Diagnostic]

    /// A block that puts `question`, under the id and at the place that the question's texts name.
    public init(question: any Question) { self.init(question: question, family: nil, loadProblems: []) }

    init(question: any Question, family: QuestionFamily?, loadProblems: [Diagnostic]) {
        id = question.text.id
        location = question.text.location
        self.question = question
        self.family = family
        self.loadProblems = loadProblems
    }

    /// Those of the question.
    public var liveExpressions: [LiveExpression] { question.liveExpressions }

    /// Those of the question.
    public var testedObjectives: [[Located<Int>]] { [question.text.objectives] }

    /// Whether other seeds ask other questions, and not only the same one in another order.
    public var varies: Bool { family?.varies ?? false }

    /// How many seeds to go through for one that can be asked.
    private static let patience: UInt64 = 20

    /// The question that `seed` picks. The same for the same seed on every machine, as long as the lesson is.
    ///
    /// A member that cannot be asked, which `ntlearn check` would have found, is passed over: the question's own
    /// ``QuestionText/seed`` then differs from `seed`, and is the one to keep.
    public func question(seed: UInt64) -> any Question {
        guard let family, seed != 0 else { return question }
        for step in 0..<Self.patience {
            if let question = family.make(seed &+ step).question { return question }
        }
        return question
    }

    /// The key must be accepted by the question's own grader, and no hint may give it away.
    public func check() -> [Diagnostic] { QuestionCheck(question: question).diagnostics }
}
