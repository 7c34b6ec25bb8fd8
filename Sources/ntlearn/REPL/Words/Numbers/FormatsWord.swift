import Debugger

/// `.formats EXPRESSION`: one number in every notation.
struct FormatsWord: Word {
    static let spec = WordSpec(
        name: ".formats", group: .numbers, usage: ".formats EXPRESSION",
        summary: "show a number in hexadecimal, decimal, octal, binary and as characters",
        example: ".formats 80000021", completion: [.register, .symbol])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        guard !arguments.isEmpty else { throw .usage(Self.spec) }
        let formats = NumberFormats(value: try session.value(of: arguments))
        session.output.print([StyledText("Evaluate expression:")])
        for (name, text) in formats.rows {
            session.output.print(StyledText("  " + name.padding(to: 9) + text))
        }
    }
}

/// The notations of a number, 32 bits wide unless it needs 64.
struct NumberFormats {
    let value: UInt64

    private var width: Int { MachineEdit.fits(value, bits: 32) ? 32 : 64 }
    private var digits: UInt64 { width == 32 ? value & 0xFFFF_FFFF : value }
    private var bytes: [UInt8] {
        stride(from: width - 8, through: 0, by: -8).map { UInt8(digits >> UInt64($0) & 0xFF) }
    }

    /// Name and text of each.
    var rows: [(name: String, text: String)] {
        [
            ("Hex:", NumberFormat.hexadecimal(value)), ("Decimal:", decimal),
            ("Octal:", Self.padded(digits, radix: 8, to: (width + 2) / 3)),
            ("Binary:", bytes.map { Self.padded(UInt64($0), radix: 2, to: 8) }.joined(separator: " ")),
            ("Chars:", String(bytes.map(Self.character))),
        ]
    }

    /// With the other reading of the highest bit behind it, where it matters.
    private var decimal: String {
        let signed = width == 32 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
        return signed < 0 ? "\(digits), signed \(signed)" : "\(digits)"
    }

    private static func padded(_ value: UInt64, radix: Int, to width: Int) -> String {
        let digits = String(value, radix: radix)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    static func character(_ byte: UInt8) -> Character {
        (0x20..<0x7F).contains(byte) ? Character(Unicode.Scalar(byte)) : "."
    }
}

extension String {
    /// With blanks behind it up to a width.
    func padding(to width: Int) -> String { self + spaces(width - count) }
}
