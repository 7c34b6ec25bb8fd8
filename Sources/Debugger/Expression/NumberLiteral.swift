/// A number as WinDbg's MASM evaluator reads it.
enum NumberLiteral: Equatable {
    case value(UInt64)
    case tooLarge
    /// Not a number in this radix.
    case none

    /// - Parameter radix: of digits without prefix or suffix.
    init(_ word: String, radix: Int) {
        let word = word.lowercased()
        if let prefixed = Self.prefixed(word) {
            self = prefixed
        } else if word.hasSuffix("h"), word.count > 1 {
            self = Self(digits: word.dropLast(), radix: 16)
        } else {
            self = Self(digits: word[...], radix: radix)
        }
    }

    /// A prefix alone is 0, says the documentation.
    private static func prefixed(_ word: String) -> NumberLiteral? {
        guard let radix = radixes[String(word.prefix(2))] else { return nil }
        return word.count == 2 ? .value(0) : NumberLiteral(digits: word.dropFirst(2), radix: radix)
    }

    private static let radixes = ["0x": 16, "0n": 10, "0t": 8, "0y": 2]

    private init(digits: Substring, radix: Int) {
        var value: UInt64 = 0
        var overflow = false
        var previous: Character = "`"
        for character in digits {
            defer { previous = character }
            if character == "`", previous != "`" { continue }
            guard character.isASCII, let digit = character.hexDigitValue, digit < radix else {
                self = .none
                return
            }
            let (product, carry) = value.multipliedReportingOverflow(by: UInt64(radix))
            overflow = overflow || carry || product > UInt64.max - UInt64(digit)
            value = product &+ UInt64(digit)
        }
        self = previous == "`" ? .none : overflow ? .tooLarge : .value(value)
    }
}
