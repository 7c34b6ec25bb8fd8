import Debugger
import Testing

@Suite("Numbers in expressions")
struct ExpressionNumberTests {
    @Test(
        "Prefixes and the h suffix win over the radix",
        arguments: [
            ("10", 0x10), ("0x4AB3", 0x4AB3), ("0X4aB3", 0x4AB3), ("4AB3h", 0x4AB3), ("4aB3H", 0x4AB3), ("0n10", 10),
            ("0t17", 15), ("0y101", 5), ("0x", 0), ("0n", 0), ("00000000010", 0x10), ("0b101", 0xB101),
            ("deadbeef", 0xDEAD_BEEF), ("0`ffffffff", 0xFFFF_FFFF), ("00000001`00000000", 0x1_0000_0000),
            ("ffffffffffffffff", UInt64.max),
        ])
    func hexadecimalRadix(text: String, expected: UInt64) throws {
        #expect(try value(text) == expected)
    }

    @Test(
        "The radix applies to numbers without a prefix",
        arguments: [("10", 10, 10), ("10", 8, 8), ("0x10", 10, 16), ("10h", 10, 16), ("0n10", 8, 10), ("17", 8, 15)])
    func otherRadixes(text: String, radix: Int, expected: UInt64) throws {
        #expect(try value(text, radix: radix) == expected)
    }

    @Test("A radix that WinDbg does not have is refused", arguments: [0, -1, 2, 17, 36, Int.max])
    func wrongRadix(radix: Int) {
        #expect(failure(of: "1", radix: radix)?.note == "the radix is 8, 10 or 16")
    }

    @Test(
        "What begins like a number but is none is an error at its place",
        arguments: [
            ("12g4", 16), ("0n1f", 16), ("0t8", 16), ("0y2", 16), ("9", 8), ("12.5", 16), ("1``2", 16), ("1`", 16),
        ])
    func malformed(text: String, radix: Int) throws {
        let error = try #require(failure(of: "1+" + text, radix: radix))
        #expect(error.offset == 2)
        #expect(error.message == "‘\(text)’ is not a number in radix \(radix)")
        #expect(error.note == "write 0x1f or 1fh, 0n31, 0t37 or 0y11111")
    }

    @Test(
        "A number of more than 64 bits is refused, not cut", arguments: ["10000000000000000", "0n18446744073709551616"])
    func tooLarge(text: String) {
        #expect(failure(of: text)?.message == "‘\(text)’ does not fit in 64 bits")
    }

    @Test(
        "WinDbg's formats: 8 digits for what fits or is sign-extended, else 16 with a grave accent",
        arguments: [
            (1234, "1234 = 000004d2"), (UInt64.max, "-1 = ffffffff"), (0x8000_0000, "2147483648 = 80000000"),
            (0x1_0000_0000, "4294967296 = 00000001`00000000"),
            (0xFFFF_FFFF_7FFF_FFFF, "-2147483649 = ffffffff`7fffffff"),
        ])
    func format(value: UInt64, expected: String) {
        #expect(NumberFormat.evaluation(value) == expected)
    }

    @Test("Padding never drops a digit")
    func padding() {
        #expect(NumberFormat.padded(UInt8(0x0A), to: 2) == "0a")
        #expect(NumberFormat.padded(UInt32(0x12345), to: 4) == "12345")
        #expect(NumberFormat.padded(UInt32(0x12345), to: -3) == "12345")
    }
}
