import Debugger
import Testing

@Suite("Numbers as learners type them")
struct NumberReadingTests {
    @Test(
        "All plausible values, hexadecimal first",
        arguments: [
            ("25", [0x25, 25]), ("25h", [0x25]), ("25H", [0x25]), ("0x25", [0x25]), ("0X25", [0x25]), ("0n37", [37]),
            ("5", [5]), ("0025", [0x25, 25]), ("0b100101", [0x25]), ("0y100101", [0x25]), ("0t45", [0x25]),
            ("0o45", [0x25]), ("100101b", [0x10_0101B, 0x25]), ("25d", [0x25D, 25]), ("45q", [0x25]), ("ff", [0xFF]),
            ("0b8f", [0xB8F]), ("8004 6770", [0x8004_6770, 80_046_770]), ("0x8046_4770", [0x8046_4770]),
            ("00000001`00000000", [0x1_0000_0000, 100_000_000]), ("  2Eh ", [0x2E]), ("+10h", [0x10]),
            ("-1", [UInt64.max]), ("ffffffff", [0xFFFF_FFFF]), ("0", [0]), ("08", [8]), ("0ffh", [0xFF]),
        ] as [(String, [UInt64])])
    func values(text: String, expected: [UInt64]) {
        #expect(NumberReading.readings(of: text).map(\.value) == expected)
    }

    @Test("Each reading tells its notation")
    func notations() {
        #expect(
            NumberReading.readings(of: "25") == [
                NumberReading(value: 0x25, notation: .hexadecimal), NumberReading(value: 25, notation: .decimal),
            ])
        #expect(NumberReading.readings(of: "101b").map(\.notation) == [.hexadecimal, .binary])
    }

    @Test(
        "What is no number has no reading",
        arguments: [
            "", " ", "-", "0x", "0xg", "xyz", "1,000", "1.5", "_1", "1_", "--1", "+-1", "0n1f", "0t9", "ntdll!NtClose",
            "10000000000000000h", "25 é", "२५",
        ])
    func none(text: String) {
        #expect(NumberReading.readings(of: text).isEmpty)
    }
}
