import Spelling

/// Pick all answers that apply, at least one.
///
///     type: many
///     ask: Which of these does SYSENTER change?
///     choices: [CS, EDX, ESP]
///     answer: a c
///
/// Written as ``ChoiceQuestion`` is, with `correct: yes` at each correct choice or with their letters or texts in
/// `answer`. Learners answer `a c`, `a,c` or `ac`; the order does not count, and only the whole set is right.
public struct ManyQuestion: Question {
    /// The words around the choices.
    public let text: QuestionText
    /// Between 2 and 26, as they are shown.
    public let choices: [AnswerChoice]
    /// The indices of those that apply.
    let correct: Set<Int>
    /// What to say to who gets a choice wrong, by index.
    let replies: [[MarkdownBlock]]
    /// What to say to certain sets.
    let mistakes: [(picked: Set<Int>, say: [MarkdownBlock])]

    /// Names letters that are not the key.
    public var answerForm: String? { "Choose all that apply. Answer with letters, such as \(example)." }

    private var example: String { correct == [0, 1] ? "a" : "a b" }

    /// Letters that are one word, as commands are, count only in the alphabet's order.
    public func couldBeAnswer(_ line: String) -> Bool {
        guard let picked = picks(line) else { return false }
        return !AnswerLine.isOneWord(line) || picked == picked.sorted()
    }

    /// Right only if it is the whole set; letters given twice are asked back.
    public func grade(_ line: String) -> Grade {
        guard let picked = picks(line) else {
            let last = choices.last.map { String($0.letter) } ?? "a"
            return Grade(
                .unclear("Answer with the letters of all that apply, from a to \(last), such as \(example)."),
                given: line.trimmed)
        }
        let set = Set(picked)
        if set == correct { return Grade(.correct, given: shown(set)) }
        return Grade(.wrong, given: shown(set), feedback: feedback(for: set))
    }

    /// The correct choices with their letters: `a) CS, c) ESP`.
    public func correctAnswer() -> String { shown(correct) }

    /// A hint may weigh choices against each other; naming the correct ones and no other gives them away.
    public func isGivenAway(by hint: String) -> Bool { Set(choices.named(in: hint)) == correct }

    /// Those of the shared texts, the choices, and what is said to them.
    public var liveExpressions: [LiveExpression] {
        text.liveExpressions(and: choices.flatMap(\.text.liveExpressions) + replies.flatMap(\.liveExpressions))
    }

    private func shown(_ set: Set<Int>) -> String { set.sorted().map { choices[$0].shown }.joined(separator: ", ") }

    private func picks(_ line: String) -> [Int]? {
        if comparable(line) == comparable(correctAnswer()) { return correct.sorted() }
        guard let picked = AnswerLine.picks(line, among: choices), Set(picked).count == picked.count else { return nil }
        return picked
    }

    private func feedback(for set: Set<Int>) -> [MarkdownBlock] {
        let own = set.symmetricDifference(correct).sorted().flatMap { replies[$0] }
        let foreseen = mistakes.first { $0.picked == set }?.say ?? []
        return foreseen.isEmpty && own.isEmpty ? [.text(Self.count(set, correct))] : foreseen + own
    }

    /// How near it was, for a question with more tries.
    private static func count(_ set: Set<Int>, _ correct: Set<Int>) -> String {
        let wrong = set.subtracting(correct).count
        let missing = correct.subtracting(set).count
        let parts = [
            wrong > 0 ? "\(wrong) of your letters \(wrong == 1 ? "does" : "do") not apply" : nil,
            missing > 0 ? "\(missing) \(missing == 1 ? "is" : "are") missing" : nil,
        ]
        return parts.compactMap(\.self).joined(separator: "; ") + "."
    }
}

/// Reads `type: many`.
struct ManyKind: QuestionKind {
    let name = "many"

    func makeQuestion(_ fields: inout Fields, text: QuestionText) -> (any Question)? {
        let list = ChoiceList(&fields)
        let answers = fields.strings("answer")
        guard let list else { return nil }
        let areDistinct = list.areDistinct(fields)
        let named = answers.map { picks($0, list, fields, as: .noCorrectChoice) }
        let correct = Set(list.items.indices.filter { list.items[$0].isCorrect } + named.flatMap { $0 ?? [] })
        if correct.isEmpty, answers.isEmpty { list.reportNoneCorrect(fields) }
        let order = list.shownOrder(text)
        let mistakes = mistakes(list, correct, text.feedback, fields).map { mistake in
            (picked: Self.places(of: mistake.picked, in: order), say: mistake.say)
        }
        guard areDistinct, !named.contains(nil), !correct.isEmpty else { return nil }
        return ManyQuestion(
            text: text, choices: ChoiceList.lettered(order.map { list.choices[$0].text }),
            correct: Self.places(of: correct, in: order), replies: order.map { list.items[$0].say }, mistakes: mistakes)
    }

    private static func places(of picked: Set<Int>, in order: [Int]) -> Set<Int> {
        Set(order.indices.filter { picked.contains(order[$0]) })
    }

    /// One choice by its text or letter, or several by their letters.
    private func picks(
        _ answer: Located<String>, _ list: ChoiceList, _ fields: Fields, as code: DiagnosticCode
    ) -> [Int]? {
        if let picked = AnswerLine.picks(answer.value, among: list.choices) { return picked }
        return list.named(answer, fields, as: code).map { [$0] }
    }

    private func mistakes(
        _ list: ChoiceList, _ correct: Set<Int>, _ feedback: [Feedback], _ fields: Fields
    ) -> [(picked: Set<Int>, say: [MarkdownBlock])] {
        feedback.compactMap { reply in
            guard let picked = picks(reply.given, list, fields, as: .badValue).map(Set.init) else { return nil }
            if picked == correct { fields.reportFeedbackForKey(reply) }
            return (picked, reply.say)
        }
    }
}

extension Fields {
    /// Feedback that no wrong answer can get.
    func reportFeedbackForKey(_ feedback: Feedback) {
        report(
            .badValue, at: feedback.given.location, "`\(feedback.given.value)` is the correct answer",
            note: "feedback is for wrong answers; the explanation is shown for right ones")
    }
}
