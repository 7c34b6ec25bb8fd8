/// A WinDbg expression in MASM syntax, such as `poi(@esp+4)` or `nt!KiSystemService+0n16`.
///
/// Source for syntax and precedence: Microsoft's debugger documentation, "MASM Numbers and Operators" and "Register
/// Syntax".
///
/// **Numbers** are in the given radix unless they carry `0x` or a trailing `h` (16), `0n` (10), `0t` (8) or `0y` (2); a
/// prefix alone is 0; a grave accent may separate digits.
///
/// **Names.** `@name` is always a register, `module!name` and `!name` always a symbol. Another word is, in this order,
/// one of the registers `eax ebx ecx edx esi edi ebp esp eip efl`; a number, if it has the form of one (so, in radix 16,
/// `ah`, `bh`, `cf` and `af` are numbers and the registers need `@`); a symbol; a register. `.` is the instruction pointer.
///
/// **Operators**, tightest first, equal ones from left to right:
///
/// | operators | meaning |
/// |---|---|
/// | `+ - not ~ poi by wo dwo qwo low hi msr` | unary; `not` is 1 for zero and 0 for the rest, `~` complements, `low` and `hi` give 16 bits each of the lower 32, `poi(a)` reads a pointer, `msr(i)` a model-specific register |
/// | `* / %` (`mod`) | |
/// | `+ -` | |
/// | `<< >> >>>` | left, logical right, arithmetic right |
/// | `= == != < > <= >=` | 1 or 0 |
/// | `&` (`and`) | |
/// | `^` (`xor`) | |
/// | `\|` (`or`) | |
///
/// Parentheses and brackets group. `~` and `msr` are ours.
///
/// **Arithmetic** is unsigned in 64 bits and wraps, as in WinDbg. Unlike WinDbg's, numbers and 32-bit registers are never
/// sign-extended to 64 bits, so that `eax == 0x80000000` means what it says. Addresses are 32 bits wide: a
/// sign-extended one such as `-4` is accepted, a larger one is an error.
public struct Expression: Sendable {
    /// The expression as typed.
    public let text: String
    let program: [ExpressionStep]

    /// Reads `text` as one whole expression.
    ///
    /// - Parameter radix: of numbers without a prefix: 8, 10 or 16.
    /// - Throws: what is wrong and at which character.
    public init(_ text: String, radix: Int = 16) throws(ExpressionError) {
        var parser = try ExpressionParser(text, radix: radix)
        program = try parser.parse()
        try parser.requireEnd()
        self.text = text
    }

    /// Reads the longest expression that `text` begins with, as a command does whose arguments follow one another
    /// (`dd esp L4`).
    ///
    /// - Returns: the expression and what follows it, without leading blanks.
    /// - Throws: if `text` does not begin with an expression.
    public static func parsePrefix(
        of text: String, radix: Int = 16
    ) throws(ExpressionError) -> (expression: Expression, rest: Substring) {
        var parser = try ExpressionParser(text, radix: radix)
        let program = try parser.parse()
        let split = text.index(text.startIndex, offsetBy: parser.endOffset)
        var own = text[..<split]
        while own.last?.isWhitespace == true { own.removeLast() }
        return (Expression(text: String(own), program: program), text[split...])
    }

    private init(text: String, program: [ExpressionStep]) {
        self.text = text
        self.program = program
    }

    /// The expression's value on a machine.
    ///
    /// - Throws: an unknown name, unreadable memory, a missing MSR, a division by zero or an address beyond the machine's.
    public func evaluate(in context: some EvaluationContext) throws(ExpressionError) -> UInt64 {
        var evaluator = ExpressionEvaluator(context: context)
        for step in program { try evaluator.perform(step) }
        return evaluator.result
    }
}

/// One step of an expression in postfix order: flat, so that no length of input can exhaust the host's stack.
enum ExpressionStep: Sendable {
    case number(UInt64)
    case name(ExpressionName, offset: Int)
    case unary(UnaryOperator, offset: Int)
    case binary(BinaryOperator, offset: Int)
}

/// A name whose meaning only a machine can tell.
enum ExpressionName: Sendable {
    /// `@eax`, `$ip`, `.`, or one of the registers that need no `@`.
    case register(String)
    /// `nt!KiSystemService`, `!face`.
    case symbol(String)
    /// A bare word: a symbol, or else a register.
    case symbolOrRegister(String)
}
