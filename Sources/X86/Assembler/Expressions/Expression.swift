/// A parsed expression in postfix order: evaluating it needs no recursion, however the source nests.
struct ExpressionCode {
    enum Step {
        case number(Int64)
        /// Index into the symbol table.
        case symbol(Int)
        /// `$`
        case here
        /// `$$`
        case sectionStart
        case register(RegisterName)
        case unary(UnaryOperator)
        case binary(BinaryOperator)
    }

    var steps: [Step] = []
    /// Where each step stands.
    var positions: [SourcePosition] = []

    /// Where the expression begins.
    var position: SourcePosition

    /// No symbol, `$` or `$$` takes part: the same in every pass.
    var isFixed: Bool {
        steps.allSatisfy { step in
            switch step {
            case .symbol, .here, .sectionStart: false
            default: true
            }
        }
    }
}

enum UnaryOperator: String {
    case minus = "-"
    case plus = "+"
    case complement = "~"
    case not = "!"
}

enum BinaryOperator: String {
    case logicalOr = "||"
    case logicalXor = "^^"
    case logicalAnd = "&&"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case or = "|"
    case xor = "^"
    case and = "&"
    case shiftLeft = "<<"
    case shiftRight = ">>"
    case signedShiftRight = ">>>"
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case signedDivide = "//"
    case modulo = "%"
    case signedModulo = "%%"

    /// The operator, other spellings included (`=`, `<>`, `<<<`).
    init?(spelling: String) {
        switch spelling {
        case "=": self = .equal
        case "<>": self = .notEqual
        case "<<<": self = .shiftLeft
        default: self.init(rawValue: spelling)
        }
    }

    /// How tightly it binds, as NASM has it; more is tighter.
    var precedence: Int {
        switch self {
        case .logicalOr: 1
        case .logicalXor: 2
        case .logicalAnd: 3
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: 4
        case .or: 5
        case .xor: 6
        case .and: 7
        case .shiftLeft, .shiftRight, .signedShiftRight: 8
        case .add, .subtract: 9
        case .multiply, .divide, .signedDivide, .modulo, .signedModulo: 10
        }
    }

    /// The result for plain numbers; nil for a division by zero. 64-bit, unsigned unless the name says signed.
    func apply(_ a: Int64, _ b: Int64) -> Int64? {
        let (x, y) = (UInt64(bitPattern: a), UInt64(bitPattern: b))
        return switch self {
        case .logicalOr: a != 0 || b != 0 ? 1 : 0
        case .logicalXor: (a != 0) != (b != 0) ? 1 : 0
        case .logicalAnd: a != 0 && b != 0 ? 1 : 0
        case .equal: a == b ? 1 : 0
        case .notEqual: a != b ? 1 : 0
        case .less: a < b ? 1 : 0
        case .lessOrEqual: a <= b ? 1 : 0
        case .greater: a > b ? 1 : 0
        case .greaterOrEqual: a >= b ? 1 : 0
        case .or: a | b
        case .xor: a ^ b
        case .and: a & b
        case .shiftLeft: Int64(bitPattern: y < 64 ? x << y : 0)
        case .shiftRight: Int64(bitPattern: y < 64 ? x >> y : 0)
        case .signedShiftRight: y < 64 ? a >> b : a >> 63
        case .add: a &+ b
        case .subtract: a &- b
        case .multiply: a &* b
        case .divide: y == 0 ? nil : Int64(bitPattern: x / y)
        case .modulo: y == 0 ? nil : Int64(bitPattern: x % y)
        case .signedDivide: b == 0 ? nil : a.dividedReportingOverflow(by: b).partialValue
        case .signedModulo: b == 0 ? nil : a.remainderReportingOverflow(dividingBy: b).partialValue
        }
    }
}

/// What symbols, `$` and `$$` stand for at one place in one pass.
protocol ExpressionContext {
    func value(ofSymbol index: Int) -> LinearValue
    var here: LinearValue { get }
    var sectionStart: LinearValue { get }
}

extension ExpressionCode {
    /// The value, or a problem at the operator that cannot be applied.
    func evaluate(in context: some ExpressionContext) throws(Problem) -> LinearValue {
        if steps.count == 1, case .number(let number) = steps[0] { return LinearValue(number) }
        var stack: [LinearValue] = []
        stack.reserveCapacity(4)
        for (index, step) in steps.enumerated() {
            switch step {
            case .number(let number): stack.append(LinearValue(number))
            case .symbol(let symbol): stack.append(context.value(ofSymbol: symbol))
            case .here: stack.append(context.here)
            case .sectionStart: stack.append(context.sectionStart)
            case .register(let register):
                stack.append(
                    LinearValue(0, terms: [.init(base: .register(register), coefficient: 1, isScaled: false)]))
            case .unary(let unary):
                let operand = stack.removeLast()
                stack.append(try Self.apply(unary, operand, at: positions[index]))
            case .binary(let binary):
                let right = stack.removeLast()
                let left = stack.removeLast()
                stack.append(try Self.apply(binary, left, right, at: positions[index]))
            }
        }
        return stack.last ?? LinearValue(0)
    }

    private static func apply(
        _ unary: UnaryOperator, _ operand: LinearValue, at position: SourcePosition
    ) throws(Problem) -> LinearValue {
        switch unary {
        case .plus: return operand
        case .minus: return operand.scaled(by: -1)
        case .complement, .not:
            try requireScalar(operand, unary.rawValue, at: position)
            let result = unary == .not ? (operand.constant == 0 ? 1 : 0) : ~operand.constant
            return LinearValue(result, isUnknown: operand.isUnknown)
        }
    }

    private static func apply(
        _ binary: BinaryOperator, _ left: LinearValue, _ right: LinearValue, at position: SourcePosition
    ) throws(Problem) -> LinearValue {
        switch binary {
        case .add: return left.adding(right, sign: 1)
        case .subtract: return left.adding(right, sign: -1)
        case .multiply where right.isScalar && !right.isUnknown: return left.scaled(by: right.constant)
        case .multiply where left.isScalar && !left.isUnknown: return right.scaled(by: left.constant)
        default: break
        }
        try requireScalar(left, binary.rawValue, at: position)
        try requireScalar(right, binary.rawValue, at: position)
        if left.isUnknown || right.isUnknown { return .unknown }
        guard let result = binary.apply(left.constant, right.constant) else {
            throw Problem("division by zero", at: position)
        }
        return LinearValue(result)
    }

    private static func requireScalar(
        _ value: LinearValue, _ name: String, at position: SourcePosition
    ) throws(Problem) {
        guard !value.isScalar else { return }
        let what = value.hasRegisters ? "a register" : "an address"
        throw Problem(
            "`\(name)` cannot be applied to \(what)", at: position,
            note: value.hasRegisters ? nil : "subtract a label of the same section first: `(label - $$)`")
    }
}
