import Testing
import X86

@Suite("Data and expressions")
struct DataAndExpressionTests {
    @Test(
        "Numbers are read in every notation of NASM's",
        arguments: [
            "0x2E", "2Eh", "02eh", "$2E", "0h2E", "0b101110", "101110b", "0y101110", "0o56", "56q", "56o", "46", "46d",
            "0d46", "4_6",
        ])
    func notations(number: String) {
        #expect(assembled("db \(number)") == "2E")
    }

    @Test(
        "Operators bind as in NASM",
        arguments: [
            ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("1 | 2 ^ 3 & 4", 3), ("1 << 2 + 1", 8), ("5 & 3 == 1", 1),
            ("-5 + 6", 1), ("~0 & 0xFF", 255), ("!5", 0), ("!0", 1), ("7 / 2", 3), ("7 % 3", 1), ("-7 // 2 + 10", 7),
            ("-7 %% 3 + 10", 9), ("1 < 2", 1), ("2 <= 1", 0), ("1 <> 2", 1), ("1 != 1", 0), ("1 = 1", 1),
            ("1 && 0 || 1", 1), ("1 ^^ 1", 0), ("- - 5", 5), ("'a' + 1", 98), ("-16 >>> 2 & 0xFF", 252),
        ])
    func operators(expression: String, value: UInt8) {
        #expect(assembled("db \(expression)") == hex([value]))
    }

    @Test(
        "Strings fill whole units",
        arguments: [
            ("db 'abc', 0", "61 62 63 00"), ("dw 'abc'", "61 62 63 00"), ("dd 'abcde'", "61 62 63 64 65 00 00 00"),
            ("db `a\\n\\x41\\0`", "61 0A 41 00"), ("db \"it's; one\"", "69 74 27 73 3B 20 6F 6E 65"),
            ("mov eax, 'abcd'", "B8 61 62 63 64"), ("db 'é'", "C3 A9"),
        ])
    func strings(source: String, bytes: String) {
        #expect(assembled(source) == bytes)
    }

    @Test("Data of each size is little-endian")
    func sizes() {
        #expect(
            assembled("db 1, -1\ndw 0x1234\ndd 0x12345678\ndq 0x123456789ABCDEF0")
                == "01 FF 34 12 78 56 34 12 F0 DE BC 9A 78 56 34 12")
        #expect(assembled("resb 2\nresw 1\nresd 1") == "00 00 00 00 00 00 00 00")
    }

    @Test("`$` is the statement, `$$` the section, `times` repeats")
    func places() {
        #expect(assembled("org 0x100\nnop\ndw $, $$, $ - $$") == "90 01 01 00 01 01 00")
        #expect(assembled("db 1\ntimes 4 - ($ - $$) db 0xCC") == "01 CC CC CC")
        #expect(assembled("times 3 jmp x\nx:") == "EB 04 EB 02 EB 00")
    }

    @Test("`align` fills with NOP, or as told")
    func alignment() {
        #expect(assembled("db 1\nalign 4\ndb 2\nalign 4, db 0\ndb 3\nalign 2, int3") == "01 90 90 90 02 00 00 00 03 CC")
        #expect(assembled("db 1\nalignb 4\ndb 2") == "01 00 00 00 02")
    }

    @Test("`equ` may use what is defined further down")
    func forwardEqu() {
        #expect(assembled("x equ y + 1\nmov eax, x\ny equ 4") == "B8 05 00 00 00")
        #expect(assembled("x equ end - start\nstart: push x\nend:") == "6A 02")
    }

    @Test("Local labels belong to the label before them")
    func localLabels() throws {
        let source = "a: nop\n.l: nop\nb: nop\n.l: dd .l, a.l\n..@own: nop\n.m:"
        let assembly = try Assembler(file: "t.asm", source: source).assemble()
        #expect(hex(assembly.bytes) == "90 90 90 03 00 00 00 01 00 00 00 90")
        #expect(assembly.symbols.map(\.name) == ["a", "a.l", "b", "b.l", "..@own", "b.m"])
    }

    @Test("Names may hold every character that NASM allows, and `$` makes a name of a reserved word")
    func names() {
        #expect(assembled("nt@Ki?x$1#~_.y: jmp nt@Ki?x$1#~_.y") == "EB FE")
        #expect(assembled("$eax: mov eax, $eax") == "B8 00 00 00 00")
        #expect(assembled("label nop\nother db 1\nthird: jmp label") == "90 01 EB FC")
    }
}
