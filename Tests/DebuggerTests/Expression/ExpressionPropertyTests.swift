import Debugger
import Testing

@Suite("Properties of expressions")
struct ExpressionPropertyTests {
    @Test("A random expression has the value that its tree has", arguments: 0..<8)
    func valid(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let tree = Tree.random(depth: 6, using: &random)
            let text = tree.text(using: &random)
            if let expected = tree.value {
                #expect((try? value(text)) == expected, "\(text)")
            } else {
                #expect(failure(of: text)?.message == "division by zero", "\(text)")
            }
        }
    }

    @Test("Random garbage is a value or an error within the text, never a crash", arguments: 0..<8)
    func garbage(seed: UInt64) {
        var random = SeededGenerator(seed: 1000 + seed)
        let pieces = [
            "(", ")", "[", "]", "+", "-", "*", "/", "%", "<", ">", "=", "!", "&", "|", "^", "~", "@", "`", ".", "$",
            ":",
            "0x", "0n", "ff", "h", "9", " ", "eax", "poi", "not", "mod", "nt", "msr", "_", "\u{0}", "é", "\u{301}",
            "\r\n",
            "👩‍👩‍👧", "\"", "\\", "ffffffffffffffffffff",
        ]
        for _ in 0..<3000 {
            let count = Int.random(in: 0...20, using: &random)
            let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            guard let error = failure(of: text) else { continue }
            #expect((0...text.count).contains(error.offset), "\(text.debugDescription)")
            #expect(!error.message.isEmpty)
        }
    }
}

/// An expression with its value reckoned from the documentation's rules, by nothing that the parser uses.
private indirect enum Tree {
    case number(UInt64)
    case unary(String, Tree)
    case binary(String, Tree, Tree)

    /// Tightest first, as documented.
    private static let levels = [
        ["*", "/", "%"], ["+", "-"], ["<<", ">>", ">>>"], ["==", "!=", "<", ">", "<=", ">="], ["&"], ["^"], ["|"],
    ]

    static func random(depth: Int, using random: inout SeededGenerator) -> Tree {
        switch depth == 0 ? 0 : Int.random(in: 0..<6, using: &random) {
        case 0: return .number(random.next() >> UInt64.random(in: 0...63, using: &random))
        case 1:
            let sign = ["-", "+", "~", "not ", "low ", "hi "].randomElement(using: &random) ?? "-"
            return .unary(sign, Tree.random(depth: depth - 1, using: &random))
        default:
            let sign = levels.joined().randomElement(using: &random) ?? "+"
            let left = Tree.random(depth: depth - 1, using: &random)
            return .binary(sign, left, Tree.random(depth: depth - 1, using: &random))
        }
    }

    private var level: Int {
        guard case .binary(let sign, _, _) = self else { return -1 }
        return Self.levels.firstIndex { $0.contains(sign) } ?? 0
    }

    /// With as few parentheses as the rules allow, or sometimes more.
    func text(using random: inout SeededGenerator) -> String {
        let bare = unbracketed(using: &random)
        return Int.random(in: 0..<8, using: &random) == 0 ? "(\(bare))" : bare
    }

    private func unbracketed(using random: inout SeededGenerator) -> String {
        switch self {
        case .number(let value):
            let digits = [(16, "0x"), (10, "0n"), (8, "0t"), (2, "0y")].randomElement(using: &random) ?? (16, "0x")
            return digits.1 + String(value, radix: digits.0)
        case .unary(let sign, let operand):
            let text = operand.text(using: &random)
            return operand.level < 0 ? sign + text : "\(sign)(\(text))"
        case .binary(let sign, let left, let right):
            let first = left.text(using: &random)
            let second = right.text(using: &random)
            let space = Bool.random(using: &random) ? " " : ""
            return (left.level > level ? "(\(first))" : first) + space + sign + space
                + (right.level >= level ? "[\(second)]" : second)
        }
    }

    /// `nil` if there is a division by zero in it.
    var value: UInt64? {
        switch self {
        case .number(let value): return value
        case .unary(let sign, let operand): return operand.value.map { Self.reckon(sign, $0) }
        case .binary(let sign, let left, let right):
            guard let left = left.value, let right = right.value else { return nil }
            return Self.reckon(sign, left, right)
        }
    }

    private static func reckon(_ sign: String, _ value: UInt64) -> UInt64 {
        switch sign {
        case "-": UInt64.max - value &+ 1
        case "~": UInt64.max - value
        case "not ": value > 0 ? 0 : 1
        case "low ": value % 65536
        case "hi ": value / 65536 % 65536
        default: value
        }
    }

    private static func reckon(_ sign: String, _ left: UInt64, _ right: UInt64) -> UInt64? {
        let truth: [String: Bool] = [
            "==": left == right, "!=": left != right, "<": left < right, ">": left > right, "<=": left <= right,
            ">=": left >= right,
        ]
        if let truth = truth[sign] { return truth ? 1 : 0 }
        switch sign {
        case "*": return left.multipliedFullWidth(by: right).low
        case "/": return right == 0 ? nil : left / right
        case "%": return right == 0 ? nil : left - left / right * right
        case "+": return left.addingReportingOverflow(right).partialValue
        case "-": return left.subtractingReportingOverflow(right).partialValue
        default: return bitwise(sign, left, right)
        }
    }

    /// Bit by bit.
    private static func bitwise(_ sign: String, _ left: UInt64, _ right: UInt64) -> UInt64 {
        func bit(_ value: UInt64, _ index: Int) -> Bool { value / (UInt64(1) << UInt64(index)) % 2 == 1 }
        let distance = Int(min(right, 64))
        return (0..<64).reduce(0) { sum, index in
            let isSet =
                switch sign {
                case "&": bit(left, index) && bit(right, index)
                case "|": bit(left, index) || bit(right, index)
                case "^": bit(left, index) != bit(right, index)
                case "<<": index >= distance && bit(left, index - distance)
                case ">>": index + distance < 64 && bit(left, index + distance)
                default: bit(left, min(index + distance, 63))
                }
            return isSet ? sum + (UInt64(1) << UInt64(index)) : sum
        }
    }
}
