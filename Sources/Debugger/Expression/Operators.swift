/// A unary operator of an expression. All bind tighter than any binary operator.
enum UnaryOperator: Sendable {
    case plus, negate, logicalNot, complement
    case low, high
    case byte, word, doubleWord, quadWord, pointer
    case modelSpecificRegister

    /// The operator that a word stands for where an operand is expected.
    init?(word: String) {
        switch word.lowercased() {
        case "not": self = .logicalNot
        case "low": self = .low
        case "hi": self = .high
        case "by": self = .byte
        case "wo": self = .word
        case "dwo": self = .doubleWord
        case "qwo": self = .quadWord
        case "poi": self = .pointer
        case "msr": self = .modelSpecificRegister
        default: return nil
        }
    }
}

/// A binary operator of an expression.
enum BinaryOperator: Sendable {
    case multiply, divide, modulo
    case add, subtract
    case shiftLeft, shiftRight, arithmeticShiftRight
    case equal, notEqual, less, greater, lessOrEqual, greaterOrEqual
    case and, exclusiveOr, or

    /// The operator that a word stands for where an operator is expected.
    init?(word: String) {
        switch word.lowercased() {
        case "mod": self = .modulo
        case "and": self = .and
        case "xor": self = .exclusiveOr
        case "or": self = .or
        default: return nil
        }
    }

    /// The more, the tighter. Source: the table in "MASM Numbers and Operators".
    var precedence: Int {
        switch self {
        case .multiply, .divide, .modulo: 7
        case .add, .subtract: 6
        case .shiftLeft, .shiftRight, .arithmeticShiftRight: 5
        case .equal, .notEqual, .less, .greater, .lessOrEqual, .greaterOrEqual: 4
        case .and: 3
        case .exclusiveOr: 2
        case .or: 1
        }
    }

    /// The result, or `nil` for a division by zero.
    func apply(_ left: UInt64, _ right: UInt64) -> UInt64? {
        switch self {
        case .multiply: left &* right
        case .divide: right == 0 ? nil : left / right
        case .modulo: right == 0 ? nil : left % right
        case .add: left &+ right
        case .subtract: left &- right
        case .shiftLeft: left << right
        case .shiftRight: left >> right
        case .arithmeticShiftRight: UInt64(bitPattern: Int64(bitPattern: left) >> right)
        case .equal: left == right ? 1 : 0
        case .notEqual: left != right ? 1 : 0
        case .less: left < right ? 1 : 0
        case .greater: left > right ? 1 : 0
        case .lessOrEqual: left <= right ? 1 : 0
        case .greaterOrEqual: left >= right ? 1 : 0
        case .and: left & right
        case .exclusiveOr: left ^ right
        case .or: left | right
        }
    }
}
