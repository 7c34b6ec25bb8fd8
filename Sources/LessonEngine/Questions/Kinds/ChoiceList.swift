import Spelling

/// The keys `choices` and `shuffle`, for the kinds of question that give answers to pick from.
struct ChoiceList {
    static let letters = Array("abcdefghijklmnopqrstuvwxyz")

    struct Item {
        let text: Located<String>
        var isCorrect = false
        var say: [MarkdownBlock] = []
    }

    let items: [Item]
    /// In the author's order, with the letters of that order: `answer` and `given` mean those.
    let choices: [AnswerChoice]
    private let isShuffled: Bool

    /// Nil when there are no choices that could be shown; the reasons are then reported.
    init?(_ fields: inout Fields) {
        fields.reportIfMissing("choices")
        items = fields.items("choices", text: { Item(text: $0) }, mapping: Self.item)
        isShuffled = fields.bool("shuffle")?.value ?? false
        choices = Self.lettered(items.map { fields.inlines($0.text) })
        guard isUsable(fields) else { return nil }
    }

    /// Texts with letters in front, as many as there are letters.
    static func lettered(_ texts: [[Inline]]) -> [AnswerChoice] {
        zip(letters, texts).map { AnswerChoice(letter: $0, text: $1) }
    }

    private static func item(_ fields: inout Fields) -> Item? {
        fields.reportIfMissing("text")
        let text = fields.string("text")
        let isCorrect = fields.bool("correct")?.value ?? false
        let say = fields.markdown("say")
        return text.map { Item(text: $0, isCorrect: isCorrect, say: say) }
    }

    /// Where each place of the shown list takes its choice from.
    func shownOrder(_ text: QuestionText) -> [Int] {
        var random = text.shuffler
        return isShuffled ? random.permutation(of: items.count) : Array(items.indices)
    }
}

// What authors get wrong.
extension ChoiceList {
    private func isUsable(_ fields: Fields) -> Bool {
        let empty = items.filter { $0.text.value.trimmed.isEmpty }
        for item in empty { fields.report(.emptyChoice, at: item.text.location, "this choice has no text") }
        if items.count > Self.letters.count {
            let first = items[Self.letters.count].text.location
            fields.report(.badValue, at: first, "a question can have at most \(Self.letters.count) choices")
        }
        if items.count == 1 {
            fields.report(.badValue, at: items[0].text.location, "one choice alone is no choice")
        }
        if items.isEmpty, let node = fields.value("choices"), case .sequence(let nodes) = node.content, nodes.isEmpty {
            fields.report(.badValue, at: node.location, "there are no choices", note: "give two or more")
        }
        return empty.isEmpty && (2...Self.letters.count).contains(items.count)
    }

    /// Two choices with the same text cannot be told apart, nor can one whose text is another's letter.
    func areDistinct(_ fields: Fields) -> Bool {
        var isFine = true
        for index in choices.indices {
            let text = choices[index].text.plainText
            guard let first = AnswerLine.pick(text, among: choices), first != index || isMixedUp(text)
            else { continue }
            isFine = false
            fields.report(
                .duplicateChoice, at: items[index].text.location,
                "this choice cannot be told apart from choice \(choices[first].letter)",
                note: "learners answer with a choice's letter or its text")
        }
        return isFine
    }

    /// In an order of chance, a choice called `a` may come to stand behind another letter.
    private func isMixedUp(_ text: String) -> Bool { isShuffled && AnswerLine.isLetter(text, of: choices) }

    /// The choice that a key names by its letter or text; nil, and reported, if there is none.
    func named(_ answer: Located<String>, _ fields: Fields, as code: DiagnosticCode) -> Int? {
        if let index = AnswerLine.pick(answer.value, among: choices) { return index }
        let near = didYouMean(answer.value, among: choices.map(\.text.plainText))
        fields.report(
            code, at: answer.location, "`\(answer.value)` is none of the choices",
            note: near.map { "did you mean `\($0)`?" } ?? "give the choice's letter or its text")
        return nil
    }

    func reportNoneCorrect(_ fields: Fields) {
        fields.report(
            .noCorrectChoice, at: fields.location, "no choice is marked as the correct one",
            note: "add `answer:` with the choice's letter or text, or `correct: yes` to the choice")
    }
}
