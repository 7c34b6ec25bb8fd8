import Spelling

/// A block that puts one question.
public struct QuizBlock: Block {
    /// The question's id.
    public let id: String
    /// The opening fence.
    public let location: SourceLocation
    /// What it asks.
    public let question: any Question

    /// A block that puts `question`, under the id and at the place that the question's texts name.
    public init(question: any Question) {
        id = question.text.id
        location = question.text.location
        self.question = question
    }

    /// Those of the question.
    public var liveExpressions: [LiveExpression] { question.liveExpressions }

    /// The key must be accepted by the question's own grader, and no hint may give it away.
    public func check() -> [Diagnostic] {
        question.check() + checkKey() + checkHints()
    }

    private func checkKey() -> [Diagnostic] {
        do {
            let answer = try question.correctAnswer()
            let verdict = try question.grade(answer).verdict
            if verdict == .correct, question.couldBeAnswer(answer) { return [] }
            return [rejected("the question does not accept its own answer `\(answer)`")]
        } catch {
            return [rejected("the answer cannot be computed: \(error)")]
        }
    }

    private func rejected(_ message: String) -> Diagnostic { .error(.keyRejected, at: location, message) }

    private func checkHints() -> [Diagnostic] {
        question.text.hints.filter { question.isGivenAway(by: $0.value.plainText) }.map { hint in
            .error(
                .hintGivesAnswer, at: hint.location, "this hint contains the answer",
                note: "say where to look, not what is to be seen there")
        }
    }
}

/// Makes quizzes: reads what all questions share and leaves the rest to the question kind that `type` names.
struct QuizKind: BlockKind {
    let name = "quiz"

    func makeBlock(_ fields: inout Fields) -> (any Block)? {
        let kinds = fields.questionKinds
        let type = fields.requiredString("type")
        let ask = fields.requiredMarkdown("ask")
        let text = QuestionText(
            id: fields.id, location: fields.location, ask: ask ?? [], hints: hints(&fields),
            explain: fields.markdown("explain"), feedback: feedback(&fields))
        guard let type else { return nil }
        guard let kind = kinds[type.value] else {
            report(unknown: type, kinds.keys.sorted(), to: fields)
            return nil
        }
        guard let question = kind.makeQuestion(&fields, text: text), ask != nil else { return nil }
        return QuizBlock(question: question)
    }

    private func hints(_ fields: inout Fields) -> [Located<[MarkdownBlock]>] {
        fields.strings("hints").map { Located(fields.markdown($0), at: $0.location) }
    }

    private func feedback(_ fields: inout Fields) -> [Feedback] {
        fields.mappings("feedback") { item in
            let given = item.requiredString("given")
            let say = item.requiredMarkdown("say")
            guard let given, let say else { return nil }
            return Feedback(given: given, say: say)
        }
    }

    private func report(unknown type: Located<String>, _ known: [String], to fields: Fields) {
        let near = didYouMean(type.value, among: known)
        fields.report(
            .unknownQuestionType, at: type.location, "there is no type of question called `\(type.value)`",
            note: near.map { "did you mean `\($0)`?" } ?? "the types are \(known.joined(separator: ", "))")
    }
}
