import Spelling

/// Reads `type: choice`; see ``ChoiceQuestion`` for how it is written.
struct ChoiceKind: QuestionKind {
    private static let letters = Array("abcdefghijklmnopqrstuvwxyz")

    let name = "choice"

    private struct Item {
        let text: Located<String>
        var isCorrect = false
        var say: [MarkdownBlock] = []
    }

    func makeQuestion(_ fields: inout Fields, text: QuestionText) -> (any Question)? {
        fields.reportIfMissing("choices")
        let items = fields.items("choices", text: { Item(text: $0) }, mapping: item)
        let answer = fields.string("answer")
        guard !items.isEmpty, isUsable(items, fields) else { return nil }
        let choices = zip(Self.letters, items).map { AnswerChoice(letter: $0, text: fields.inlines($1.text)) }
        let areDistinct = areDistinct(choices, items, fields)
        let correct = correct(items, choices, answer, fields)
        let replies = replies(items, choices, text.feedback, fields)
        guard areDistinct, let correct else { return nil }
        return ChoiceQuestion(text: text, choices: choices, correct: correct, replies: replies)
    }

    private func item(_ fields: inout Fields) -> Item? {
        fields.reportIfMissing("text")
        let text = fields.string("text")
        let isCorrect = fields.bool("correct")?.value ?? false
        let say = fields.markdown("say")
        return text.map { Item(text: $0, isCorrect: isCorrect, say: say) }
    }

    private func isUsable(_ items: [Item], _ fields: Fields) -> Bool {
        let empty = items.filter { $0.text.value.trimmed.isEmpty }
        for item in empty { fields.report(.emptyChoice, at: item.text.location, "this choice has no text") }
        if items.count > Self.letters.count {
            let first = items[Self.letters.count].text.location
            fields.report(.badValue, at: first, "a question can have at most \(Self.letters.count) choices")
        }
        if items.count == 1 {
            fields.report(.badValue, at: items[0].text.location, "one choice alone is no choice")
        }
        return empty.isEmpty && (2...Self.letters.count).contains(items.count)
    }

    /// Two choices with the same text cannot be told apart, nor can one whose text is another's letter.
    private func areDistinct(_ choices: [AnswerChoice], _ items: [Item], _ fields: Fields) -> Bool {
        var isFine = true
        for index in choices.indices {
            guard let first = ChoiceQuestion.pick(choices[index].text.plainText, among: choices), first != index else {
                continue
            }
            isFine = false
            fields.report(
                .duplicateChoice, at: items[index].text.location,
                "this choice cannot be told apart from choice \(choices[first].letter)",
                note: "learners answer with a choice's letter or its text")
        }
        return isFine
    }

    private func correct(
        _ items: [Item], _ choices: [AnswerChoice], _ answer: Located<String>?, _ fields: Fields
    ) -> Int? {
        var marked = items.indices.filter { items[$0].isCorrect }
        if let answer {
            guard let named = ChoiceQuestion.pick(answer.value, among: choices) else {
                report(answer, isNone: choices, fields)
                return nil
            }
            if !marked.contains(named) { marked.append(named) }
        }
        if marked.isEmpty {
            fields.report(
                .noCorrectChoice, at: fields.location, "no choice is marked as the correct one",
                note: "add `answer:` with the choice's letter or text, or `correct: yes` to the choice")
        }
        if marked.count > 1 {
            fields.report(
                .severalCorrect, at: items[marked[1]].text.location, "more than one choice is marked as correct",
                note: "a question of type choice has exactly one correct choice")
        }
        return marked.count == 1 ? marked[0] : nil
    }

    private func report(_ answer: Located<String>, isNone choices: [AnswerChoice], _ fields: Fields) {
        let near = didYouMean(answer.value, among: choices.map(\.text.plainText))
        fields.report(
            .noCorrectChoice, at: answer.location, "`\(answer.value)` is none of the choices",
            note: near.map { "did you mean `\($0)`?" } ?? "give the choice's letter or its text")
    }

    /// A choice's own `say`, or else the shared `feedback` whose `given` names the choice.
    private func replies(
        _ items: [Item], _ choices: [AnswerChoice], _ feedback: [Feedback], _ fields: Fields
    ) -> [[MarkdownBlock]] {
        var replies = items.map(\.say)
        for reply in feedback {
            guard let index = ChoiceQuestion.pick(reply.given.value, among: choices) else {
                fields.report(
                    .badValue, at: reply.given.location, "`\(reply.given.value)` is none of the choices",
                    note: "give the choice's letter or its text")
                continue
            }
            if replies[index].isEmpty { replies[index] = reply.say }
        }
        return replies
    }
}
