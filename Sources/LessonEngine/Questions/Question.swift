/// A question that can be put, and graded, any number of times.
public protocol Question: Sendable {
    /// What every question has: the words around it.
    var text: QuestionText { get }
    /// The choices to show under the question, if it has any.
    var choices: [AnswerChoice] { get }
    /// Numbered things to be matched with the choices; shown before them.
    var items: [AnswerChoice] { get }
    /// How to write an answer, one sentence for under the question; nil where nobody needs to be told.
    var answerForm: String? { get }
    /// Every `{{ … }}` in the question's texts, the shared ones included.
    var liveExpressions: [LiveExpression] { get }
    /// Whether a line typed at the prompt is meant as an answer even if it could be a command. Cheap: called for
    /// every line while the question is open. A line that is no command may be an answer all the same: ``grade(_:)``
    /// tells, and asks back what it cannot read.
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
    /// Most questions match nothing.
    public var items: [AnswerChoice] { [] }
    /// Most answers are written as one would expect.
    public var answerForm: String? { nil }
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

extension Question {
    /// A text made of the question's own texts, such as its correct answer, with what stands for each `{{ … }}`.
    public func filled(_ text: String, live: (LiveExpression) -> String) -> String {
        guard text.contains("{{") else { return text }
        return liveExpressions.reduce(text) { $0.replacing($1.source, with: live($1)) }
    }
}

/// One of several answers to pick from.
public struct AnswerChoice: Hashable, Sendable {
    /// `a`, `b`, `c` …; `1`, `2`, `3` … for things that choices are matched with.
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
    /// The keys, at any depth, whose texts are expressions, in which digits without a mark are hexadecimal: the
    /// numbers of a family are written there so that they are read as decimal.
    var expressionKeys: Set<String> { get }
    /// The keys that only this kind has, for editors and the reference.
    var ownKeys: [KeySchema] { get }
    /// The question, or nil when `fields` lacks something without which there is none; what is lacking is then
    /// already reported. The keys in `text` have been read.
    func makeQuestion(_ fields: inout Fields, text: QuestionText) -> (any Question)?
}

extension QuestionKind {
    /// Most kinds know no expressions.
    public var expressionKeys: Set<String> { [] }
    /// A kind without keys of its own.
    public var ownKeys: [KeySchema] { [] }
}
