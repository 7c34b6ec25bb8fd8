import X86

/// An exception's error code, bit by bit (SDM vol. 3, figures 6-6 and 4-12).
public struct ErrorCode: Hashable, Sendable {
    /// Some bits of the code, with their name and what they say.
    public struct Field: Hashable, Sendable {
        /// `0`, `15:3`
        public let bits: String
        /// `EXT`, `index`
        public let name: String
        /// `1`, `21h`
        public let value: String
        /// A clause.
        public let meaning: String
    }

    /// The code as the handler finds it.
    public let value: UInt32
    /// From the highest bit down; empty for an exception whose code is always zero.
    public let fields: [Field]

    /// - Returns: nil for an exception that pushes none.
    init?(_ exception: Exception) {
        guard let code = exception.errorCode else { return nil }
        value = code
        switch exception.vector {
        case .pageFault: fields = Self.page(code)
        case .doubleFault, .alignmentCheck: fields = []  // Always zero.
        default: fields = Self.selector(code)
        }
    }

    /// The low 16 bits in groups of four.
    public var binary: String {
        let digits = String(value & 0xFFFF, radix: 2)
        let padded = Array(String(repeating: "0", count: 16 - digits.count) + digits)
        return stride(from: 0, to: 16, by: 4).map { String(padded[$0..<$0 + 4]) }.joined(separator: " ")
    }

    private static func bit(_ code: UInt32, _ bit: UInt32, _ name: String, _ clear: String, _ set: String) -> Field {
        let isSet = code >> bit & 1 != 0
        return Field(bits: "\(bit)", name: name, value: isSet ? "1" : "0", meaning: isSet ? set : clear)
    }

    private static func page(_ code: UInt32) -> [Field] {
        [
            bit(code, 4, "I/D", "no instruction fetch, or a processor that does not tell", "an instruction fetch"),
            bit(code, 3, "RSVD", "no reserved bit was set in the tables", "a reserved bit was set in the tables"),
            bit(code, 2, "U/S", "the access was the supervisor's", "the access was ring 3's"),
            bit(code, 1, "W/R", "a read", "a write"),
            bit(code, 0, "P", "no page is present there", "the page is present: its rights forbid the access"),
        ]
    }

    private static func selector(_ code: UInt32) -> [Field] {
        let index = code >> 3 & 0x1FFF
        let isGate = code & 2 != 0
        let low = [
            bit(code, 1, "IDT", "the index is a selector's", "the index is a vector: an entry of the IDT"),
            bit(
                code, 0, "EXT", "the program's own instruction is to blame",
                "it struck while an earlier event was delivered"
            ),
        ]
        guard code & ~1 != 0 else {
            let none = Field(bits: "15:3", name: "index", value: "0", meaning: "no selector is to blame")
            return [none] + low.suffix(1)
        }
        let table = isGate ? "IDT[\(NumberFormat.manual(index))]" : "selector \(NumberFormat.manual(code & 0xFFFC))"
        let entry = Field(bits: "15:3", name: "index", value: NumberFormat.manual(index), meaning: table)
        let indicator = bit(code, 2, "TI", isGate ? "says nothing, IDT being 1" : "of the GDT", "of the LDT")
        return [entry, indicator] + low
    }
}
