/// Numbers and strings in every notation that NASM reads.
enum Literals {
    enum NumberError: Error {
        case malformed
        case tooLarge
    }

    /// The value of a number: `0x2E`, `2Eh`, `$2E`, `0b1010`, `1010b`, `0o17`, `17q`, `0d10`, `10`, underscores
    /// anywhere. Values up to 2^64 - 1 are read as their 64-bit pattern.
    static func number(_ text: some StringProtocol) throws(NumberError) -> Int64 {
        var digits = Array(text.utf8)
        var radix: UInt64 = 10
        if digits.first == UInt8(ascii: "$") {
            digits.removeFirst()
            radix = 16
        } else {
            let prefix = digits.count > 2 && digits[0] == UInt8(ascii: "0") ? radixLetter(digits[1]) : nil
            let suffix = digits.count > 1 ? digits.last.flatMap(radixLetter) : nil
            // A prefix wins over the suffix it makes look like one (0x1b, 0x2d), as NASM has it: larger radix first.
            if let prefix, prefix > suffix ?? 0 {
                radix = prefix
                digits.removeFirst(2)
            } else if let suffix {
                radix = suffix
                digits.removeLast()
            }
        }
        return try value(of: digits, radix: radix)
    }

    private static func value(of digits: [UInt8], radix: UInt64) throws(NumberError) -> Int64 {
        var result: UInt64 = 0
        var any = false
        for character in digits where character != UInt8(ascii: "_") {
            guard let digit = hexDigit(character), digit < radix else { throw .malformed }
            let (product, overflow) = result.multipliedReportingOverflow(by: radix)
            let (sum, carry) = product.addingReportingOverflow(digit)
            guard !overflow, !carry else { throw .tooLarge }
            result = sum
            any = true
        }
        guard any else { throw .malformed }
        return Int64(bitPattern: result)
    }

    private static func radixLetter(_ character: UInt8) -> UInt64? {
        switch character | 0x20 {
        case UInt8(ascii: "x"), UInt8(ascii: "h"): 16
        case UInt8(ascii: "d"), UInt8(ascii: "t"): 10
        case UInt8(ascii: "o"), UInt8(ascii: "q"): 8
        case UInt8(ascii: "b"), UInt8(ascii: "y"): 2
        default: nil
        }
    }

    static func hexDigit(_ character: UInt8) -> UInt64? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(character - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(character - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(character - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// The contents of a backquoted string, its C escapes resolved; nil if an escape is not one.
    static func unescape(_ raw: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var index = 0
        while index < raw.count {
            let byte = raw[index]
            index += 1
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            guard index < raw.count, let resolved = escape(raw, at: &index) else { return nil }
            result.append(resolved)
        }
        return result
    }

    private static func escape(_ raw: [UInt8], at index: inout Int) -> UInt8? {
        let letter = raw[index]
        index += 1
        switch letter {
        case UInt8(ascii: "n"): return 10
        case UInt8(ascii: "t"): return 9
        case UInt8(ascii: "r"): return 13
        case UInt8(ascii: "a"): return 7
        case UInt8(ascii: "b"): return 8
        case UInt8(ascii: "v"): return 11
        case UInt8(ascii: "f"): return 12
        case UInt8(ascii: "e"): return 27
        case UInt8(ascii: "x"): return digits(raw, at: &index, radix: 16, most: 2)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            index -= 1
            return digits(raw, at: &index, radix: 8, most: 3)
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "?"):
            return letter
        default: return nil
        }
    }

    private static func digits(_ raw: [UInt8], at index: inout Int, radix: UInt64, most: Int) -> UInt8? {
        var value: UInt64 = 0
        var count = 0
        while count < most, index < raw.count, let digit = hexDigit(raw[index]), digit < radix {
            value = value * radix + digit
            index += 1
            count += 1
        }
        return count > 0 && value <= 255 ? UInt8(value) : nil
    }
}
