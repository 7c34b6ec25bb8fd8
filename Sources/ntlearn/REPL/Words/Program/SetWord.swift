/// `set`: how things are shown, until the program ends.
struct SetWord: Word {
    static let spec = WordSpec(
        name: "set", group: .program, usage: "set [plain on|off | width COLUMNS|auto]",
        summary: "show or change how pages are shown",
        detail: """
            plain is for screen readers: no boxes, no colour, each step a sentence. width is the columns that pages \
            may use; auto follows the terminal. The settings last until you leave; ntlearn --plain begins with plain on.
            """,
        example: "set plain on")

    private static let widths = 20...400

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let tokens = arguments.tokens.map { $0.text.lowercased() }
        switch (tokens.first, tokens.dropFirst().first, tokens.count) {
        case (nil, _, _): break
        case ("plain", let value?, 2): session.output.settings.isPlain = try Self.flag(value)
        case ("width", let value?, 2): session.output.settings.columns = try Self.width(value)
        default: throw .usage(Self.spec)
        }
        show(in: session)
    }

    private func show(in session: LearnSession) {
        let terminal = session.output.terminal
        let source = session.output.settings.columns == nil ? " (auto)" : ""
        session.output.print(StyledText("plain \(terminal.isPlain ? "on" : "off")"))
        session.output.print(StyledText("width \(terminal.columns)\(source)"))
    }

    private static func flag(_ text: String) throws(WordError) -> Bool {
        switch text {
        case "on", "yes": return true
        case "off", "no": return false
        default: throw WordError("plain is on or off, not \"\(text.prefix(20))\".", hint: "Example: set plain on")
        }
    }

    private static func width(_ text: String) throws(WordError) -> Int? {
        if text == "auto" { return nil }
        guard let columns = Int(text), widths.contains(columns) else {
            throw WordError(
                "A width is a number of columns from \(widths.lowerBound) to \(widths.upperBound), or auto.",
                hint: "Example: set width 80")
        }
        return columns
    }
}
