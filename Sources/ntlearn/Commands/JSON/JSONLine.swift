/// One line of JSON, with its keys in the order of the calls.
///
/// Foundation's encoder neither keeps an order nor is it fast enough for a line per instruction.
struct JSONLine {
    /// The line in UTF-8, without a line feed.
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// An object whose members `body` writes.
    init(_ body: (inout JSONLine) -> Void) {
        bytes.reserveCapacity(1024)
        enclosed("{", "}", body)
    }

    mutating func string(_ key: String, _ value: String?) {
        name(key)
        if let value { quote(value) } else { raw("null") }
    }

    mutating func integer(_ key: String, _ value: Int?) {
        name(key)
        raw(value.map(String.init) ?? "null")
    }

    mutating func bool(_ key: String, _ value: Bool) {
        name(key)
        raw(value ? "true" : "false")
    }

    /// A number of the machine: `"0x7ffe0300"`.
    mutating func hex<Number: FixedWidthInteger & UnsignedInteger>(_ key: String, _ value: Number?) {
        name(key)
        raw(value.map { "\"0x\(String($0, radix: 16))\"" } ?? "null")
    }

    mutating func object(_ key: String, _ body: (inout JSONLine) -> Void) {
        name(key)
        enclosed("{", "}", body)
    }

    /// A list of objects.
    mutating func objects<Elements: Sequence>(
        _ key: String, _ elements: Elements, _ body: (inout JSONLine, Elements.Element) -> Void
    ) {
        name(key)
        enclosed("[", "]") { line in
            for element in elements {
                line.separate()
                line.enclosed("{", "}") { body(&$0, element) }
            }
        }
    }

    /// A list of texts, `null` for the missing ones.
    mutating func strings(_ key: String, _ values: some Sequence<String?>) {
        name(key)
        enclosed("[", "]") { line in
            for value in values {
                line.separate()
                if let value { line.quote(value) } else { line.raw("null") }
            }
        }
    }

    // MARK: Parts

    private mutating func enclosed(_ open: String, _ close: String, _ body: (inout JSONLine) -> Void) {
        raw(open)
        needsComma = false
        body(&self)
        raw(close)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { raw(",") }
        needsComma = true
    }

    private mutating func name(_ key: String) {
        separate()
        quote(key)
        raw(":")
    }

    private mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// RFC 8259, section 7: quotation mark, backslash and control characters are escaped.
    private mutating func quote(_ text: String) {
        raw("\"")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x0A: raw("\\n")
            case 0x00...0x1F, 0x7F: raw("\\u00" + Hex.digits(UInt64(byte), width: 2))
            default: bytes.append(byte)
            }
        }
        raw("\"")
    }
}
