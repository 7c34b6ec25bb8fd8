import LessonEngine

/// What an author wants to see of a question and a learner must not: hints and feedback, all at once.
struct AuthorNotes {
    let question: any Question
    let varies: Bool

    func lines(_ renderer: MarkdownRenderer) -> [StyledText] {
        let text = question.text
        var notes: [(label: String, text: [MarkdownBlock])] = []
        if varies { notes.append(("A family of questions; this is the member of seed \(text.seed).", [])) }
        if text.attempts > 1 { notes.append(("Attempts: \(text.attempts).", [])) }
        notes += text.hints.enumerated().map { ("Hint \($0.offset + 1):", $0.element.value) }
        notes += text.feedback.map { ("Feedback for \($0.given.value):", $0.say) }
        return notes.flatMap { note($0.label, $0.text, renderer) }
    }

    private func note(_ label: String, _ blocks: [MarkdownBlock], _ renderer: MarkdownRenderer) -> [StyledText] {
        let mark = StyledText(renderer.layout.isPlain ? "" : "» ", .dim)
        let text = StyledText(label, .dim).wrapped(to: renderer.layout.measure - 2).map { mark + $0 }
        let body = renderer.narrowed(by: 4).lines(blocks).prefixed(StyledText(spaces(4)))
        guard let first = body.first, body.count == 1, let line = text.first, text.count == 1,
            line.width + first.width < renderer.layout.measure
        else { return text + body }
        return [line + StyledText(" ") + StyledText(String(first.text.drop { $0 == " " }))]
    }
}
