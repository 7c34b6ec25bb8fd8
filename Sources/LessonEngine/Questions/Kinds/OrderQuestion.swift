import Spelling

/// Put steps in their order.
///
///     type: order
///     ask: What happens first?
///     steps:                       the right order
///       - The stub loads EAX
///       - SYSENTER
///       - The kernel loads ESP
///
/// The steps are shown in an order of chance, never the right one. Learners answer with the letters, `c a b`.
public struct OrderQuestion: Question {
    /// The words around the steps.
    public let text: QuestionText
    /// The steps as they are shown.
    public let choices: [AnswerChoice]
    /// For each place of the right order, the index of its step among the choices.
    let correct: [Int]
    /// Steps in a wrong order, not necessarily all of them, and what to say to it.
    let mistakes: [(steps: [Int], say: [MarkdownBlock])]

    /// Names the order as it is shown, which is never the key.
    public var answerForm: String? { "Put them in order. \(form)" }

    private var form: String {
        "Answer with all \(choices.count) letters, the first step first, such as \(Self.letters(choices))."
    }

    private static func letters(_ choices: [AnswerChoice]) -> String {
        choices.map { String($0.letter) }.joined(separator: " ")
    }

    /// Whether the line names every step once.
    public func couldBeAnswer(_ line: String) -> Bool { picks(line) != nil }

    /// Right or wrong if the line names every step once, asked back otherwise.
    public func grade(_ line: String) -> Grade {
        guard let picked = picks(line) else { return Grade(.unclear(form), given: line.trimmed) }
        let given = Self.letters(picked.map { choices[$0] })
        if picked == correct { return Grade(.correct, given: given) }
        return Grade(.wrong, given: given, feedback: feedback(for: picked))
    }

    /// `c) The stub loads EAX, then a) SYSENTER`
    public func correctAnswer() -> String { correct.map { choices[$0].shown }.joined(separator: ", then ") }

    /// A hint that names all steps in their order gives the order away.
    public func isGivenAway(by hint: String) -> Bool {
        var rest = comparable(hint)[...]
        for index in correct {
            guard let found = rest.firstRange(of: comparable(choices[index].text.plainText)) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }

    /// Those of the shared texts and the steps.
    public var liveExpressions: [LiveExpression] {
        text.liveExpressions(and: choices.flatMap(\.text.liveExpressions))
    }

    private func picks(_ line: String) -> [Int]? {
        if comparable(line) == comparable(correctAnswer()) { return correct }
        guard let picked = AnswerLine.picks(line, among: choices), picked.sorted() == Array(choices.indices) else {
            return nil
        }
        return picked
    }

    private func feedback(for picked: [Int]) -> [MarkdownBlock] {
        let foreseen = mistakes.first { mistake in picked.filter(mistake.steps.contains) == mistake.steps }
        if let foreseen { return foreseen.say }
        let right = zip(picked, correct).prefix { $0 == $1 }.count
        return switch right {
        case 0: [.text("Another step comes first.")]
        case 1: [.text("The first step is right.")]
        default: [.text("The first \(right) steps are right.")]
        }
    }
}

/// Reads `type: order`.
struct OrderKind: QuestionKind {
    private static let fewest = 3

    let name = "order"

    func makeQuestion(_ fields: inout Fields, text: QuestionText) -> (any Question)? {
        fields.reportIfMissing("steps")
        let steps = fields.strings("steps")
        guard fields.value("steps")?.isMissingValue == false, isUsable(steps, fields) else { return nil }
        let inOrder = ChoiceList.lettered(steps.map { fields.inlines($0) })
        guard areDistinct(inOrder, steps, fields) else { return nil }
        var random = text.shuffler
        let order = random.derangedOrder(of: steps.count)
        let correct = steps.indices.compactMap { order.firstIndex(of: $0) }
        let mistakes = mistakes(inOrder, text.feedback, fields).map { mistake in
            (steps: mistake.steps.map { correct[$0] }, say: mistake.say)
        }
        return OrderQuestion(
            text: text, choices: ChoiceList.lettered(order.map { inOrder[$0].text }), correct: correct,
            mistakes: mistakes)
    }

    private func isUsable(_ steps: [Located<String>], _ fields: Fields) -> Bool {
        let empty = steps.filter { $0.value.trimmed.isEmpty }
        for step in empty { fields.report(.emptyChoice, at: step.location, "this step has no text") }
        if steps.count < Self.fewest {
            fields.report(
                .tooFewSteps, at: fields.value("steps")?.location ?? fields.location,
                "there are only \(steps.count) steps to put in order",
                note: "give \(Self.fewest) or more; for two, ask a choice")
        }
        if steps.count > ChoiceList.letters.count {
            let first = steps[ChoiceList.letters.count].location
            fields.report(.badValue, at: first, "a question can have at most \(ChoiceList.letters.count) steps")
        }
        return empty.isEmpty && (Self.fewest...ChoiceList.letters.count).contains(steps.count)
    }

    private func areDistinct(_ steps: [AnswerChoice], _ written: [Located<String>], _ fields: Fields) -> Bool {
        let twins = AnswerLine.twins(among: steps)
        for index in twins {
            fields.report(
                .duplicateStep, at: written[index].location, "this step cannot be told apart from another one",
                note: "learners answer with a step's letter or its text")
        }
        return twins.isEmpty
    }

    /// `given` has letters of the right order, in which `a b c …` would be right.
    private func mistakes(
        _ steps: [AnswerChoice], _ feedback: [Feedback], _ fields: Fields
    ) -> [(steps: [Int], say: [MarkdownBlock])] {
        feedback.compactMap { reply in
            guard let given = AnswerLine.picks(reply.given.value, among: steps), Set(given).count == given.count,
                given.count > 1
            else {
                fields.report(
                    .badValue, at: reply.given.location, "`\(reply.given.value)` is no order of the steps",
                    note: "give two or more letters, where a is your first step; b a is for who swaps the first two")
                return nil
            }
            if given == given.sorted() { fields.reportFeedbackForKey(reply) }
            return (given, reply.say)
        }
    }
}
