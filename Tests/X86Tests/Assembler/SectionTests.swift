import Testing
import X86

@Suite("Sections of a flat binary")
struct SectionTests {
    @Test("Sections follow each other, aligned to four bytes, and labels count from where they lie")
    func defaultLayout() throws {
        let source = "org 0x1000\ndb 1\nsection data\nd: dd d"
        let assembly = try Assembler(file: "t.asm", source: source).assemble()
        #expect(hex(assembly.bytes) == "01 00 00 00 04 10 00 00")
        #expect(assembly.origin == 0x1000)
        let data = try #require(assembly.sections.last)
        #expect((data.name, data.fileOffset, data.address, data.size) == ("data", 4, 0x1004, 4))
    }

    @Test("`vstart` moves the labels, not the bytes; the next section lies where the file has it")
    func virtualStart() {
        let source = "org 0x1000\nsection a vstart=0x80000000\ndd $\nsection b\ndd $, section.a.start, section.a.vstart"
        #expect(assembled(source) == "00 00 00 80 04 10 00 00 00 10 00 00 00 00 00 80")
    }

    @Test("A section continues where it stopped")
    func reopened() {
        #expect(assembled("section a\ndb 1\nsection b\ndb 2\nsection a\ndb 3") == "01 03 00 00 02")
    }

    @Test("`follows`, `start` and `align` move sections in the file")
    func placement() {
        #expect(assembled("db 7\nsection a follows=b\ndb 0xAA\nsection b align=1\ndb 0xBB") == "07 BB 00 00 AA")
        #expect(assembled("db 7\nsection a start=6\ndb 0xAA") == "07 00 00 00 00 00 AA")
        #expect(assembled("db 7\nsection a align=8\ndb 0xAA") == "07 00 00 00 00 00 00 00 AA")
        #expect(
            assembled("db 7\nsection a\ndb 1\nalign 8\ndb 2") == "07 00 00 00 00 00 00 00 01 90 90 90 90 90 90 90 02")
    }

    @Test("`nobits` sections take addresses and no bytes")
    func nobits() throws {
        let source = "section a\ndd b, c\nsection n nobits vstart=0x5000\nb: resb 3\nsection .bss\nc: resd 1"
        let assembly = try Assembler(file: "t.asm", source: source).assemble()
        #expect(hex(assembly.bytes) == "00 50 00 00 08 00 00 00")
        #expect(assembly.sections.map(\.fileOffset) == [0, nil, nil])
        #expect(assembly.sections.map(\.size) == [8, 3, 4])
    }

    @Test("Jumps between sections are near, for nobody knows how far it is")
    func crossSectionJumps() {
        let source = "section a vstart=0x1000\nx: nop\nsection b vstart=0x2000\njmp x"
        #expect(assembled(source) == "90 00 00 00 E9 FB EF FF FF")
    }

    @Test("The listing gives each line its address and bytes, a macro's lines the place of the call")
    func listing() throws {
        let source = "org 0x100\n%macro m 0\nnop\nhlt\n%endmacro\nm\nret"
        let lines = try Assembler(file: "t.asm", source: source).assemble().listing
        #expect(lines.map(\.line) == [6, 6, 7])
        #expect(lines.map(\.address) == [0x100, 0x101, 0x102])
        #expect(lines.map(\.bytes) == [[0x90], [0xF4], [0xC3]])
    }

    @Test("Labels are symbols, numbers are constants")
    func symbolsAndConstants() throws {
        let source = "org 0x100\nk equ 5\nnop\na: nop\nb equ a + k"
        let assembly = try Assembler(file: "t.asm", source: source).assemble()
        #expect(assembly.symbols.map(\.name) == ["a", "b"])
        #expect(assembly.symbols.map(\.address) == [0x101, 0x106])
        #expect(assembly.constants.map { "\($0.name) = \($0.value)" } == ["k = 5"])
    }
}
