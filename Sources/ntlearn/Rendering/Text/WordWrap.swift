extension StyledText {
    /// The text broken at spaces into lines of at most `width` columns. A line feed ends a line.
    ///
    /// A word longer than a line is broken inside; U+00A0 never breaks. Each span keeps its styles.
    func wrapped(to width: Int) -> [StyledText] {
        var breaker = LineBreaker(width: max(1, width))
        for span in spans {
            for character in span.text { breaker.add(character, span.styles) }
        }
        return breaker.finish()
    }
}

extension [StyledText] {
    /// The lines with one text before the first and another before the rest: a hanging indent, a bullet, a bar.
    func prefixed(first: StyledText, rest: StyledText) -> [StyledText] {
        enumerated().map { (($0.offset == 0 ? first : rest) + $0.element).trimmed }
    }

    /// The lines with the same text before each.
    func prefixed(_ prefix: StyledText) -> [StyledText] {
        prefixed(first: prefix, rest: prefix)
    }
}

/// Fills lines word by word.
private struct LineBreaker {
    let width: Int
    private var lines: [StyledText] = []
    private var line = StyledText()
    private var lineWidth = 0
    private var space = StyledText()
    private var word = StyledText()
    private var wordWidth = 0

    init(width: Int) {
        self.width = width
    }

    mutating func add(_ character: Character, _ styles: Set<Style>) {
        switch character {
        case "\n":
            endWord()
            endLine()
        case " ", "\t":
            endWord()
            space = StyledText(" ", styles: styles)
        default:
            let columns = character.displayWidth
            if wordWidth + columns > width { endWord() }
            word.append(String(character), styles)
            wordWidth += columns
        }
    }

    mutating func finish() -> [StyledText] {
        endWord()
        if !line.isEmpty || lines.isEmpty { endLine() }
        return lines
    }

    private mutating func endWord() {
        guard !word.isEmpty else { return }
        if !line.isEmpty, lineWidth + space.width + wordWidth > width { endLine() }
        if !line.isEmpty {
            line.append(space)
            lineWidth += space.width
        }
        line.append(word)
        lineWidth += wordWidth
        (space, word, wordWidth) = ("", "", 0)
    }

    private mutating func endLine() {
        lines.append(line)
        (line, lineWidth, space) = ("", 0, "")
    }
}
