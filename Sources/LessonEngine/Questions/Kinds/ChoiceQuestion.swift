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
    /// Between 2 and 26, in the author's order.
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
        return Grade(picked == correct ? .correct : .wrong, given: shown(picked), feedback: replies[picked])
    }

    /// The correct choice with its letter: `b) Ring 3`.
    public func correctAnswer() -> String { shown(correct) }

    /// A hint may weigh several choices against each other; naming only the correct one gives it away.
    public func isGivenAway(by hint: String) -> Bool {
        let hint = comparable(hint)
        let named = choices.indices.filter { hint.containsWord(comparable(choices[$0].text.plainText)) }
        return named == [correct]
    }

    /// Those of the shared texts, the choices, and what is said to them.
    public var liveExpressions: [LiveExpression] {
        let shared = text.liveExpressions
        let own = choices.flatMap(\.text.liveExpressions) + replies.flatMap(\.liveExpressions)
        return shared + own.filter { !shared.contains($0) }
    }

    private func shown(_ index: Int) -> String { "\(choices[index].letter)) \(choices[index].text.plainText)" }

    private func pick(_ line: String) -> Int? { Self.pick(line, among: choices) }

    /// The index of the choice that `line` means: `b`, `b)`, `(b)`, `b.`, the text, or both as they are shown.
    static func pick(_ line: String, among choices: [AnswerChoice]) -> Int? {
        let answer = comparable(line)
        if let index = choices.firstIndex(where: { letterForms(of: $0).contains(answer) }) { return index }
        return choices.firstIndex { choice in
            let text = comparable(choice.text.plainText)
            return answer == text || answer == "\(choice.letter)) \(text)"
        }
    }

    private static func letterForms(of choice: AnswerChoice) -> [String] {
        ["\(choice.letter)", "\(choice.letter))", "(\(choice.letter))", "\(choice.letter)."]
    }
}
