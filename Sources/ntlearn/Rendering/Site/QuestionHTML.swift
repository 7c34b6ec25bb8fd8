import LessonEngine

/// A question on a page: what is asked, its hints, and the answer, each behind a line to be opened.
struct QuestionHTML {
    let question: any Question
    let markdown: MarkdownHTML

    func html() -> String {
        let text = question.text
        let hints = text.hints.enumerated().map { number, hint in
            details("Hint\(text.hints.count > 1 ? " \(number + 1)" : "")", markdown.html(hint.value))
        }
        return "<section class=\"question\" id=\"\(text.id)\">\(markdown.html(text.ask))"
            + list(question.items) + list(question.choices) + form + hints.joined() + details("Answer", answer)
            + "</section>"
    }

    private var form: String {
        question.answerForm.map { "<p class=\"dim\">\($0.escapedForHTML)</p>" } ?? ""
    }

    private func list(_ choices: [AnswerChoice]) -> String {
        guard !choices.isEmpty else { return "" }
        let items = choices.map { "<li><b>\($0.letter))</b> \(markdown.html($0.text))</li>" }
        return "<ul class=\"choices\">\(items.joined())</ul>"
    }

    private var answer: String {
        let correct = (try? question.correctAnswer()).map { text in
            "<p><strong>\(question.filled(text, live: markdown.live).escapedForHTML)</strong></p>"
        }
        return (correct ?? "<p>The machine cannot tell.</p>") + markdown.html(question.text.explain)
    }

    private func details(_ summary: String, _ content: String) -> String {
        "<details><summary>\(summary)</summary>\(content)</details>"
    }
}
