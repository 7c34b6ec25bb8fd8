import LessonEngine

extension MarkdownRenderer {
    /// Prose with its styles; a hard break is a line feed.
    func text(_ inlines: [Inline]) -> StyledText {
        inlines.reduce(into: StyledText()) { $0.append(text($1)) }
    }

    private func text(_ inline: Inline) -> StyledText {
        switch inline {
        case .text(let text): StyledText(text)
        case .code(let code): marked("`", StyledText(code, .code))
        case .emphasis(let inner): marked("*", text(inner).styled(.emphasis))
        case .strong(let inner): marked("**", text(inner).styled(.strong))
        case .strikethrough(let inner): strikethrough(text(inner))
        case .link(let inner, let url): link(text(inner), url)
        case .image(let alt): StyledText(layout.isPlain ? "Image: \(alt)." : "[image: \(alt)]")
        case .softBreak: " "
        case .hardBreak: "\n"
        case .live(let expression): StyledText(live(expression), .code)
        }
    }

    /// On a terminal without styles, the characters that an author would type.
    private func marked(_ mark: StyledText, _ text: StyledText) -> StyledText {
        layout.showsMarks ? mark + text + mark : text
    }

    /// A screen reader says neither the style nor the tildes, and the text would mean its opposite.
    private func strikethrough(_ text: StyledText) -> StyledText {
        layout.isPlain ? "(struck out: " + text + ")" : marked("~~", text.styled(.strikethrough))
    }

    /// The address follows where it says something: a path within the course does not.
    private func link(_ text: StyledText, _ url: String) -> StyledText {
        let showsAddress = url.contains("://") && url != text.text
        return text.styled(.link) + StyledText(showsAddress ? " (\(url))" : "")
    }
}
