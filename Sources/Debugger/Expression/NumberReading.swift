/// One way to understand a number that a learner typed.
///
/// A learner who writes `25` may mean 25h or 25: the debugger's radix does not bind an answer. So a question asks for
/// all readings and accepts the right one.
public struct NumberReading: Hashable, Sendable {
    /// The base in which the digits were read.
    public enum Notation: Int, Hashable, Sendable {
        case binary = 2
        case octal = 8
        case decimal = 10
        case hexadecimal = 16
    }

    /// The number; a negative one in two's complement, 64 bits wide.
    public let value: UInt64
    /// How it was understood.
    public let notation: Notation

    /// - Parameters:
    ///   - value: the number.
    ///   - notation: how it was understood.
    public init(value: UInt64, notation: Notation) {
        self.value = value
        self.notation = notation
    }

    /// Every plausible reading of `text`, hexadecimal first, no value twice; empty if it is no number or needs more
    /// than 64 bits.
    ///
    /// - `0x25`, `25h`: hexadecimal. `0n37`, `37`: decimal. `0t45`, `0o45`: octal. `0b100101`, `0y100101`: binary.
    /// - `25`: 25h and 25. `25d`: 25Dh and 25. `101b`: 101Bh and 5. `45q`, `45o`: octal.
    /// - A sign may stand before; spaces, `_` and grave accents may separate digits; leading zeros mean nothing.
    public static func readings(of text: String) -> [NumberReading] {
        guard let typed = TypedNumber(text) else { return [] }
        var readings: [NumberReading] = []
        for (digits, notation) in typed.candidates {
            guard let magnitude = UInt64(digits, radix: notation.rawValue) else { continue }
            let value = typed.isNegative ? 0 &- magnitude : magnitude
            guard !readings.contains(where: { $0.value == value }) else { continue }
            readings.append(NumberReading(value: value, notation: notation))
        }
        return readings
    }
}

/// A typed number without sign, blanks and separators, in lower case.
private struct TypedNumber {
    let isNegative: Bool
    private let body: String

    init?(_ text: String) {
        var rest = Substring(text.lowercased())
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        isNegative = rest.first == "-"
        if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
        guard let first = rest.first, let last = rest.last, Self.isAlphanumeric(first), Self.isAlphanumeric(last),
            rest.allSatisfy({ Self.isAlphanumeric($0) || Self.separators.contains($0) })
        else { return nil }
        body = String(rest.filter(Self.isAlphanumeric))
    }

    /// Digits and the notation to try on them. A prefix settles the matter; a suffix that is also a hexadecimal
    /// digit does not.
    var candidates: [(Substring, NumberReading.Notation)] {
        if let notation = Self.prefixes[String(body.prefix(2))] {
            let digits = body.dropFirst(2)
            if notation != .binary || digits.allSatisfy({ $0 == "0" || $0 == "1" }) { return [(digits, notation)] }
        }
        var candidates: [(Substring, NumberReading.Notation)] = [(body[...], .hexadecimal), (body[...], .decimal)]
        if let last = body.last, let notation = Self.suffixes[last] { candidates.append((body.dropLast(), notation)) }
        return candidates
    }

    private static let separators: Set<Character> = [" ", "_", "`"]
    private static let prefixes: [String: NumberReading.Notation] = [
        "0x": .hexadecimal, "0n": .decimal, "0t": .octal, "0o": .octal, "0y": .binary, "0b": .binary,
    ]
    private static let suffixes: [Character: NumberReading.Notation] = [
        "h": .hexadecimal, "d": .decimal, "q": .octal, "o": .octal, "b": .binary, "y": .binary,
    ]

    private static func isAlphanumeric(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber)
    }
}
