/// Reads an expression from tokens into postfix code, with NASM's operators and precedences.
struct ExpressionParser {
    /// Deeper nesting than this is refused, so that reading it cannot overflow the stack.
    private static let maximumDepth = 100

    /// What a name stands for. Throws if it cannot stand in an expression.
    let resolve: (Token) throws(Problem) -> ExpressionCode.Step
    private var code: ExpressionCode

    private init(
        at position: SourcePosition, resolve: @escaping (Token) throws(Problem) -> ExpressionCode.Step
    ) {
        self.resolve = resolve
        code = ExpressionCode(position: position)
    }

    /// Reads the longest expression at the cursor.
    static func parse(
        _ cursor: inout TokenCursor, resolve: @escaping (Token) throws(Problem) -> ExpressionCode.Step
    ) throws(Problem) -> ExpressionCode {
        var parser = ExpressionParser(at: cursor.position, resolve: resolve)
        try parser.binary(&cursor, atLeast: 1, depth: 0)
        return parser.code
    }

    private mutating func emit(_ step: ExpressionCode.Step, at position: SourcePosition) {
        code.steps.append(step)
        code.positions.append(position)
    }

    private mutating func binary(_ cursor: inout TokenCursor, atLeast minimum: Int, depth: Int) throws(Problem) {
        guard depth < Self.maximumDepth else {
            throw Problem("this expression is nested too deep", at: cursor.position)
        }
        try unary(&cursor, depth: depth + 1)
        while let token = cursor.peek, token.kind == .punctuation,
            let binary = BinaryOperator(spelling: token.text), binary.precedence >= minimum
        {
            cursor.advance()
            try self.binary(&cursor, atLeast: binary.precedence + 1, depth: depth + 1)
            emit(.binary(binary), at: token.position)
        }
    }

    private mutating func unary(_ cursor: inout TokenCursor, depth: Int) throws(Problem) {
        var pending: [(UnaryOperator, SourcePosition)] = []
        while let token = cursor.peek, token.kind == .punctuation, let unary = UnaryOperator(rawValue: token.text) {
            cursor.advance()
            pending.append((unary, token.position))
        }
        try primary(&cursor, depth: depth)
        for (unary, position) in pending.reversed() { emit(.unary(unary), at: position) }
    }

    private mutating func primary(_ cursor: inout TokenCursor, depth: Int) throws(Problem) {
        guard let token = cursor.next() else {
            throw Problem("an expression is missing here", at: cursor.position)
        }
        switch token.kind {
        case .number: emit(.number(token.value), at: token.position)
        case .string: emit(.number(try characterConstant(token)), at: token.position)
        case .identifier: emit(try resolve(token), at: token.position)
        case .punctuation where token.text == "$": emit(.here, at: token.position)
        case .punctuation where token.text == "$$": emit(.sectionStart, at: token.position)
        case .punctuation where token.text == "(":
            try binary(&cursor, atLeast: 1, depth: depth + 1)
            guard cursor.skip(")") else {
                throw Problem("this parenthesis is not closed", at: token.position)
            }
        case .invalid: throw Problem(token.text, at: token.position)
        default: throw Problem("expected an expression, not \(token.quoted)", at: token.position)
        }
    }

    /// Characters as a number, the first in the lowest byte.
    private func characterConstant(_ token: Token) throws(Problem) -> Int64 {
        guard token.bytes.count <= 8 else {
            throw Problem("a character constant holds at most 8 bytes", at: token.position)
        }
        return token.bytes.reversed().reduce(0) { ($0 << 8) | Int64($1) }
    }
}

/// Expressions that must be numbers at once, in `%if`, `%assign`, `%rep` and section attributes.
enum ConstantExpression {
    private struct NoContext: ExpressionContext {
        func value(ofSymbol index: Int) -> LinearValue { LinearValue(0) }
        var here: LinearValue { LinearValue(0) }
        var sectionStart: LinearValue { LinearValue(0) }
    }

    /// Evaluates all of `tokens`; `lookup` knows the names that are numbers by now.
    static func evaluate(
        _ tokens: [Token], after position: SourcePosition, lookup: @escaping (String) -> Int64?
    ) throws(Problem) -> Int64 {
        var cursor = TokenCursor(tokens, end: position)
        let value = try evaluate(&cursor, lookup: lookup)
        try cursor.expectEnd()
        return value
    }

    /// Evaluates the expression at the cursor.
    static func evaluate(
        _ cursor: inout TokenCursor, lookup: @escaping (String) -> Int64?
    ) throws(Problem) -> Int64 {
        let code = try ExpressionParser.parse(&cursor) { (token) throws(Problem) in
            guard let value = lookup(token.text) else {
                throw Problem(
                    "\(token.quoted) is not a number known here", at: token.position,
                    note: "only numbers, macros and `equ` constants of earlier lines may stand here")
            }
            return .number(value)
        }
        if let index = code.steps.firstIndex(where: \.isPlace) {
            throw Problem("`$` has no value here", at: code.positions[index])
        }
        return try code.evaluate(in: NoContext()).constant
    }
}

extension ExpressionCode.Step {
    fileprivate var isPlace: Bool {
        switch self {
        case .here, .sectionStart: true
        default: false
        }
    }
}
