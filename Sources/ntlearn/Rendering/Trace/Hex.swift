/// Hexadecimal digits, lower-case.
enum Hex {
    /// A number with leading zeros up to `width` digits.
    static func digits(_ value: UInt64, width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Eight digits, as debuggers write addresses and registers.
    static func digits(_ value: UInt32) -> String { digits(UInt64(value), width: 8) }

    /// Two digits a byte, without blanks.
    static func digits(_ bytes: some Sequence<UInt8>) -> String {
        var text = ""
        for byte in bytes {
            text.unicodeScalars.append(digit(byte >> 4))
            text.unicodeScalars.append(digit(byte & 0xF))
        }
        return text
    }

    /// A number as the manuals of the processor write it: `0Eh`, `176h`.
    static func manual(_ value: some FixedWidthInteger & UnsignedInteger) -> String {
        (value < 16 ? "0" : "") + String(value, radix: 16, uppercase: true) + "h"
    }

    private static func digit(_ value: UInt8) -> Unicode.Scalar {
        Unicode.Scalar(value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10)
    }
}
