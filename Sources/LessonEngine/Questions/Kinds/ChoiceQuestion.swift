import Spelling

/// Pick one of several answers.
///
/// Two ways to write it; the second leaves room for a word on each choice:
///
///     type: choice                              type: choice
///     ask: In which ring does the stub run?     ask: In which ring does the stub run?
///     choices: [Ring 0, Ring 3]                 choices:
///     answer: Ring 3                              - {text: Ring 0, say: "That is the kernel."}
///                                                 - {text: Ring 3, correct: yes}
///
/// `answer` names the correct choice by its text or its letter. Learners see the choices as a), b), c) … and
/// answer with the letter or the text; case and spaces do not count.
public struct ChoiceQuestion: Question {
    /// The words around the choices.
    public let text: QuestionText
    /// Between 2 and 26, as they are shown.
    public let choices: [AnswerChoice]
    /// The correct choice's index.
    let correct: Int
    /// What to say to each choice, by index.
    let replies: [[MarkdownBlock]]

    /// Whether the line names a choice, by letter or text.
    public func couldBeAnswer(_ line: String) -> Bool { pick(line) != nil }

    /// Right or wrong if the line names a choice, asked back otherwise.
    public func grade(_ line: String) -> Grade {
        guard let picked = pick(line) else {
            let last = choices.last.map { String($0.letter) } ?? "a"
            return Grade(.unclear("Answer with one letter from a to \(last)."), given: line.trimmed)
        }
        return Grade(picked == correct ? .correct : .wrong, given: choices[picked].shown, feedback: replies[picked])
    }

    /// The correct choice with its letter: `b) Ring 3`.
    public func correctAnswer() -> String { choices[correct].shown }

    /// A hint may weigh several choices against each other; naming only the correct one gives it away.
    public func isGivenAway(by hint: String) -> Bool { choices.named(in: hint) == [correct] }

    /// Those of the shared texts, the choices, and what is said to them.
    public var liveExpressions: [LiveExpression] {
        text.liveExpressions(and: choices.flatMap(\.text.liveExpressions) + replies.flatMap(\.liveExpressions))
    }

    private func pick(_ line: String) -> Int? { AnswerLine.pick(line, among: choices) }
}

extension AnswerChoice {
    /// `b) Ring 3`
    var shown: String { "\(letter)) \(text.plainText)" }
}

extension [AnswerChoice] {
    /// The indices of those whose texts occur in `hint`.
    func named(in hint: String) -> [Int] {
        let hint = comparable(hint)
        return indices.filter { hint.containsWord(comparable(self[$0].text.plainText)) }
    }
}

extension QuestionText {
    /// The shared texts' expressions with others, each once.
    func liveExpressions(and own: [LiveExpression]) -> [LiveExpression] {
        let shared = liveExpressions
        return shared + own.filter { !shared.contains($0) }
    }
}

/// Reads `type: choice`.
struct ChoiceKind: QuestionKind {
    let name = "choice"

    func makeQuestion(_ fields: inout Fields, text: QuestionText) -> (any Question)? {
        let list = ChoiceList(&fields)
        let answer = fields.string("answer")
        guard let list else { return nil }
        let areDistinct = list.areDistinct(fields)
        let correct = correct(list, answer, fields)
        let replies = replies(list, text.feedback, fields)
        let order = list.shownOrder(text)
        guard areDistinct, let correct, let shown = order.firstIndex(of: correct) else { return nil }
        return ChoiceQuestion(
            text: text, choices: ChoiceList.lettered(order.map { list.choices[$0].text }), correct: shown,
            replies: order.map { replies[$0] })
    }

    private func correct(_ list: ChoiceList, _ answer: Located<String>?, _ fields: Fields) -> Int? {
        var marked = list.items.indices.filter { list.items[$0].isCorrect }
        if let answer {
            guard let named = list.named(answer, fields, as: .noCorrectChoice) else { return nil }
            if !marked.contains(named) { marked.append(named) }
        }
        if marked.isEmpty { list.reportNoneCorrect(fields) }
        if marked.count > 1 {
            fields.report(
                .severalCorrect, at: list.items[marked[1]].text.location, "more than one choice is marked as correct",
                note: "a question of type choice has exactly one correct choice; see type many")
        }
        return marked.count == 1 ? marked[0] : nil
    }

    /// A choice's own `say`, or else the shared `feedback` whose `given` names the choice.
    private func replies(_ list: ChoiceList, _ feedback: [Feedback], _ fields: Fields) -> [[MarkdownBlock]] {
        var replies = list.items.map(\.say)
        for reply in feedback {
            guard let index = list.named(reply.given, fields, as: .badValue) else { continue }
            if replies[index].isEmpty { replies[index] = reply.say }
        }
        return replies
    }
}
