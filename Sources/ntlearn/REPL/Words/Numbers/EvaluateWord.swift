import Debugger

/// `? EXPRESSION`: WinDbg's evaluator.
struct EvaluateWord: Word {
    static let spec = WordSpec(
        name: "?", group: .numbers, usage: "? EXPRESSION",
        summary: "evaluate an expression: registers, symbols, memory, numbers",
        detail: """
            Numbers are hexadecimal unless marked: 0n10 is decimal, 0t10 octal, 0y10 binary. @eax is a register, \
            nt!KiSystemService a symbol. poi(esp+4) reads the doubleword at an address; by, wo, dwo and qwo read 1, 2, 4 \
            and 8 bytes; low and hi cut 16 bits off; msr(176) reads an MSR.

            Operators, tightest first: not ~ -, then * / mod, + -, << >> >>>, == != < > <= >=, and (&), xor (^), or (|).
            """,
        example: "? poi(@esp+4)", completion: [.register, .symbol])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        guard !arguments.isEmpty else { throw .usage(Self.spec) }
        let value = try session.value(of: arguments)
        var text = "Evaluate expression: \(NumberFormat.evaluation(value))"
        if let place = try session.machine().symbols.location(of: value) { text += "   \(place)" }
        session.output.print(StyledText(text))
    }
}

extension LearnSession {
    /// The value of arguments that are one expression and nothing else.
    func value(of arguments: WordArguments) throws(WordError) -> UInt64 {
        let machine = try machine()
        do throws(ExpressionError) {
            return try Expression(arguments.rest, radix: radix).evaluate(in: MachineContext(machine))
        } catch {
            throw WordError(error, column: arguments.column)
        }
    }
}
