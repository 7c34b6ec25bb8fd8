/// A question that can be put, and graded, any number of times.
public protocol Question: Sendable {
    /// What every question has: the words around it.
    var text: QuestionText { get }
    /// The choices to show under the question, if it has any.
    var choices: [AnswerChoice] { get }
    /// Every `{{ … }}` in the question's texts, the shared ones included.
    var liveExpressions: [LiveExpression] { get }
    /// Whether a line typed at the prompt can be meant as an answer rather than as a command. Cheap: called for
    /// every line while the question is open.
    func couldBeAnswer(_ line: String) -> Bool
    /// Judges an answer: generous in form, strict in substance.
    /// - Throws: when the key itself cannot be computed; never for anything a learner can type.
    func grade(_ line: String) throws -> Grade
    /// The correct answer, as the learner is to read it. Typed as an answer, it is graded as correct.
    /// - Throws: when the key cannot be computed.
    func correctAnswer() throws -> String
    /// Whether `hint`, without mark-up, gives the answer away.
    func isGivenAway(by hint: String) -> Bool
    /// What only running the question can tell, beyond what ``QuizBlock`` checks for every question.
    func check() -> [Diagnostic]
}

extension Question {
    /// Most questions are answered freely.
    public var choices: [AnswerChoice] { [] }
    /// Those of the shared texts.
    public var liveExpressions: [LiveExpression] { text.liveExpressions }
    /// Nothing to run, nothing to find.
    public func check() -> [Diagnostic] { [] }
    /// A hint that holds the correct answer word for word gives it away.
    public func isGivenAway(by hint: String) -> Bool {
        guard let answer = try? correctAnswer() else { return false }
        return comparable(hint).containsWord(comparable(answer))
    }
}

/// One of several answers to pick from.
public struct AnswerChoice: Hashable, Sendable {
    /// `a`, `b`, `c` …
    public let letter: Character
    /// What it says.
    public let text: [Inline]

    /// A choice that is picked by its `letter`.
    public init(letter: Character, text: [Inline]) {
        self.letter = letter
        self.text = text
    }
}

/// Makes questions of one kind from what the author wrote.
public protocol QuestionKind: Sendable {
    /// The value of the key `type`.
    var name: String { get }
    /// The question, or nil when `fields` lacks something without which there is none; what is lacking is then
    /// already reported. The keys in `text` have been read.
    func makeQuestion(_ fields: inout Fields, text: QuestionText) -> (any Question)?
}
