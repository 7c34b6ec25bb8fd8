import Spelling

/// A number as an author writes it, with the notation to write others in: `25`, `0n25`, `0x19`, `19h`.
struct WrittenNumber {
    enum Notation {
        /// Decimal: without a mark, or with `0n`.
        case plain, marked
        /// Hexadecimal: `0x19`, `19h`.
        case prefixed, suffixed
    }

    /// Larger ones are no number of a 32-bit machine.
    static let largest: UInt64 = 0xFFFF_FFFF

    let value: UInt64
    let notation: Notation

    init(_ value: UInt64, _ notation: Notation) {
        self.value = value
        self.notation = notation
    }

    /// Nil for a text that is no number from 0 to FFFFFFFFh.
    init?(_ text: String) {
        let text = text.trimmed.lowercased()
        let (digits, radix, notation): (Substring, Int, Notation) =
            if text.hasPrefix("0x") {
                (text.dropFirst(2), 16, .prefixed)
            } else if text.hasPrefix("0n") {
                (text.dropFirst(2), 10, .marked)
            } else if text.hasSuffix("h"), text.first?.isNumber == true {
                (text.dropLast(), 16, .suffixed)
            } else {
                (text[...], 10, .plain)
            }
        guard digits.first != "+", let value = UInt64(digits, radix: radix), value <= Self.largest else { return nil }
        self.init(value, notation)
    }

    /// The number in its notation.
    var text: String {
        let hexadecimal = String(value, radix: 16, uppercase: true)
        switch notation {
        case .plain: return String(value)
        case .marked: return "0n\(value)"
        case .prefixed: return "0x\(hexadecimal)"
        case .suffixed: return (hexadecimal.first?.isNumber == true ? "" : "0") + hexadecimal + "h"
        }
    }

    /// The number in another notation: `d`, `x`, or `h`, which is as lessons print values (`7`, `19h`).
    func text(as form: String) -> String? {
        switch form {
        case "d": String(value)
        case "x": WrittenNumber(value, .prefixed).text
        case "h": value < 10 ? String(value) : WrittenNumber(value, .suffixed).text
        default: nil
        }
    }

    /// The number as an expression reads it, where digits without a mark would be hexadecimal.
    var inExpression: String { notation == .plain && value >= 10 ? WrittenNumber(value, .marked).text : text }
}
