/// Reads an expression into postfix order by precedence climbing.
struct ExpressionParser {
    private var lexer: ExpressionLexer
    private var token: ExpressionToken
    private let radix: Int
    private var program: [ExpressionStep] = []
    private var depth = 0
    /// Where the first token that does not belong to the expression begins.
    var endOffset: Int { token.offset }

    /// Deeper than any sensible expression, shallower than any stack.
    private static let maximumDepth = 64

    init(_ text: String, radix: Int) throws(ExpressionError) {
        guard [8, 10, 16].contains(radix) else {
            throw ExpressionError(
                offset: 0, message: "numbers cannot be read in radix \(radix)", note: "the radix is 8, 10 or 16")
        }
        self.radix = radix
        lexer = ExpressionLexer(text)
        token = lexer.next()
    }

    mutating func parse() throws(ExpressionError) -> [ExpressionStep] {
        if token.kind == .end {
            throw ExpressionError(offset: 0, message: "the expression is empty", note: "for example: @eax+4")
        }
        try parseBinary(above: 0)
        return program
    }

    func requireEnd() throws(ExpressionError) {
        if token.kind != .end { throw unexpectedToken() }
    }

    /// The current token cannot continue what is already an expression.
    private func unexpectedToken() -> ExpressionError {
        switch token.kind {
        case .mark(")"), .mark("]"):
            error("this bracket closes nothing")
        case .mark("("), .mark("["):
            error("an operator is missing before this bracket", note: Self.operators)
        case .mark(":"):
            error("‘:’ has no meaning here", note: "addresses are linear: write the offset without its segment")
        case .mark(let mark):
            error("‘\(visible(mark))’ is no operator", note: Self.operators)
        case .word(let word), .register(let word), .symbol(let word):
            error("an operator is missing before ‘\(word)’", note: Self.operators)
        case .end:
            error("the expression ends too early")
        }
    }

    private mutating func parseBinary(above lowest: Int) throws(ExpressionError) {
        try parseOperand()
        while let binary = binaryOperator(), binary.precedence > lowest {
            let offset = token.offset
            advance()
            try parseBinary(above: binary.precedence)
            program.append(.binary(binary, offset: offset))
        }
    }

    /// An operand with its unary operators, which apply from the innermost outwards.
    private mutating func parseOperand() throws(ExpressionError) {
        var prefixes: [ExpressionStep] = []
        while let unary = unaryOperator() {
            prefixes.append(.unary(unary, offset: token.offset))
            advance()
        }
        try parsePrimary()
        program.append(contentsOf: prefixes.reversed())
    }

    private mutating func parsePrimary() throws(ExpressionError) {
        let offset = token.offset
        switch token.kind {
        case .word(let word): program.append(try operand(word))
        case .register(let name): program.append(.name(.register(name), offset: offset))
        case .symbol(let name): program.append(.name(.symbol(name), offset: offset))
        case .mark("."): program.append(.name(.register("$ip"), offset: offset))
        case .mark("("): try parseGroup(closedBy: ")")
        case .mark("["): try parseGroup(closedBy: "]")
        case .mark(let mark): throw error("a value is missing before ‘\(visible(mark))’", note: Self.values)
        case .end: throw error("a value is missing at the end", note: Self.values)
        }
        advance()
    }

    /// Leaves the closing bracket as the current token.
    private mutating func parseGroup(closedBy closer: String) throws(ExpressionError) {
        let (opener, offset) = (closer == ")" ? "(" : "[", token.offset)
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw error("brackets are nested more than \(Self.maximumDepth) deep")
        }
        advance()
        try parseBinary(above: 0)
        if token.kind == .mark(closer) { return }
        guard token.kind == .end else { throw unexpectedToken() }
        throw ExpressionError(offset: offset, message: "‘\(opener)’ is never closed", note: "‘\(closer)’ is expected")
    }

    private func operand(_ word: String) throws(ExpressionError) -> ExpressionStep {
        if word.contains("!") { return .name(.symbol(word), offset: token.offset) }
        if word.first == "$" || RegisterName.needsNoSign(word) { return .name(.register(word), offset: token.offset) }
        switch NumberLiteral(word, radix: radix) {
        case .value(let value): return .number(value)
        case .tooLarge: throw error("‘\(word)’ does not fit in 64 bits")
        case .none: break
        }
        if word.first?.isNumber == true {
            throw error("‘\(word)’ is not a number in radix \(radix)", note: Self.prefixes)
        }
        return .name(.symbolOrRegister(word), offset: token.offset)
    }

    private func unaryOperator() -> UnaryOperator? {
        switch token.kind {
        case .mark("+"): .plus
        case .mark("-"): .negate
        case .mark("~"): .complement
        case .word(let word): UnaryOperator(word: word)
        default: nil
        }
    }

    private func binaryOperator() -> BinaryOperator? {
        switch token.kind {
        case .mark(let mark): Self.marks[mark]
        case .word(let word): BinaryOperator(word: word)
        default: nil
        }
    }

    private mutating func advance() {
        token = lexer.next()
    }

    private func error(_ message: String, note: String? = nil) -> ExpressionError {
        ExpressionError(offset: token.offset, message: message, note: note)
    }

    private static let marks: [String: BinaryOperator] = [
        "*": .multiply, "/": .divide, "%": .modulo, "+": .add, "-": .subtract,
        "<<": .shiftLeft, ">>": .shiftRight, ">>>": .arithmeticShiftRight,
        "=": .equal, "==": .equal, "!=": .notEqual, "<": .less, ">": .greater, "<=": .lessOrEqual,
        ">=": .greaterOrEqual, "&": .and, "^": .exclusiveOr, "|": .or,
    ]
    private static let operators = "operators are + - * / % << >> >>> == != < > <= >= & ^ |"
    private static let values = "a value is a number, a register, a symbol, or an expression in parentheses"
    private static let prefixes = "write 0x1f or 1fh, 0n31, 0t37 or 0y11111"
}

/// A character fit for a message: one that would not print is shown by its code.
private func visible(_ mark: String) -> String {
    let unprintable = mark.unicodeScalars.contains { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .unassigned, .privateUse, .surrogate, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
    guard unprintable else { return mark }
    return mark.unicodeScalars.map { "U+" + String($0.value, radix: 16, uppercase: true) }.joined(separator: " ")
}
