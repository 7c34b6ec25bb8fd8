import Debugger

/// `? EXPRESSION`: WinDbg's evaluator.
struct EvaluateWord: Word {
    static let spec = WordSpec(
        name: "?", group: .machine, usage: "? EXPRESSION",
        summary: "evaluate an expression: registers, symbols, memory, numbers",
        detail: """
            Numbers are hexadecimal unless 0n marks them as decimal. @eax is a register, poi(esp+4) the doubleword at an \
            address, nt!KiSystemService a symbol.
            """,
        example: "? poi(@esp+4)", completion: [.register, .symbol])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        guard !arguments.isEmpty else { throw .usage(Self.spec) }
        let value = try session.evaluate(arguments.rest, column: arguments.column)
        var text = "Evaluate expression: \(NumberFormat.evaluation(value))"
        if let place = try session.machine().symbols.location(of: value) { text += "   \(place)" }
        session.output.print(StyledText(text))
    }
}
