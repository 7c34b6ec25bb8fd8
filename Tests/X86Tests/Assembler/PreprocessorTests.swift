import Testing
import X86

@Suite("The preprocessor")
struct PreprocessorTests {
    @Test(
        "Single-line macros",
        arguments: [
            ("%define N 5\ndb N, N*2", "05 0A"),
            ("%define f(x, y) x + y\ndb f(1, 2) * 2", "05"),
            ("%define f(x) (x)\n%define g f(f(7))\ndb g", "07"),
            ("%define a b\n%define b 3\ndb a", "03"),
            ("%assign i 1\n%xdefine was i\n%assign i i + 1\ndb was, i", "01 02"),
            ("%assign n -5\ndb n, 10 - n", "FB 0F"),
            ("%define N 1\n%undef N\n%ifdef N\ndb 1\n%else\ndb 2\n%endif", "02"),
            ("%define name(n) var %+ n\nname(1): db 1\ndd var1", "01 00 00 00 00"),
            ("%strlen n 'hello'\ndb n", "05"),
            ("%define a a + 1\n%define b a\n$a equ 4\ndb b", "05"),
        ])
    func definitions(source: String, bytes: String) {
        #expect(assembled(source) == bytes)
    }

    @Test(
        "Multi-line macros",
        arguments: [
            ("%macro two 2\ndb %2, %1\n%endmacro\ntwo 1, 2", "02 01"),
            ("%macro v 1-*\n%rep %0\ndb %1\n%rotate 1\n%endrep\n%endmacro\nv 1, 2, 3", "01 02 03"),
            ("%macro d 1-3 7, 8\ndb %1, %2, %3\n%endmacro\nd 1\nd 1, 2", "01 07 08 01 02 08"),
            ("%macro rest 2+\ndb %1\ndb %2\n%endmacro\nrest 1, 2, 3", "01 02 03"),
            ("%macro g 1\ndb %1\n%endmacro\ng {1, 2}", "01 02"),
            ("%macro l 1\nl%1: dd l%1\n%endmacro\nl 1\nl 2", "00 00 00 00 04 00 00 00"),
            ("%macro w 0\n%%a: jmp %%a\n%endmacro\nw\nw", "EB FE EB FE"),
            ("%macro push 1\npush %1\nnop\n%endmacro\npush eax", "50 90"),
            ("%macro m 0\nnop\n%endmacro\n%macro m 1\ndb %1\n%endmacro\nm\nm 5", "90 05"),
            ("%macro m 0\ndd here\n%endmacro\nnop\nhere: m", "90 01 00 00 00"),
            ("%macro m 1\n%if %1 = 1\ndb 1\n%exitmacro\n%endif\ndb 2\n%endmacro\nm 1\nm 3", "01 02"),
            ("%macro apply 1\n%1 1\n%1 2\n%endmacro\n%macro put 1\ndb %1\n%endmacro\napply put", "01 02"),
        ])
    func macros(source: String, bytes: String) {
        #expect(assembled(source) == bytes)
    }

    @Test(
        "Conditions and repetitions",
        arguments: [
            ("%if 1 > 2\ndb 1\n%elif 2 > 1\ndb 2\n%else\ndb 3\n%endif", "02"),
            ("%if 0\n%if )( garbage 'x\n%endif\n%else\ndb 1\n%endif", "01"),
            ("k equ 5\n%if k == 5\ndb 1\n%endif", "01"),
            ("%ifidn eax, eax\ndb 1\n%endif\n%ifidn eax, EAX\ndb 2\n%endif\n%ifidni eax, EAX\ndb 3\n%endif", "01 03"),
            ("%ifndef X\ndb 1\n%endif", "01"),
            ("%assign i 0\n%rep 3\ndb i\n%assign i i + 1\n%endrep", "00 01 02"),
            ("%assign i 0\n%rep 9\n%if i == 2\n%exitrep\n%endif\ndb i\n%assign i i + 1\n%endrep", "00 01"),
            ("%rep 2\n%rep 2\nnop\n%endrep\nhlt\n%endrep", "90 90 F4 90 90 F4"),
            ("%rep 0\nhlt\n%endrep", ""),
        ])
    func conditions(source: String, bytes: String) {
        #expect(assembled(source) == bytes)
    }

    @Test("Comments end lines, backslashes join them")
    func lines() {
        #expect(assembled("mov eax, \\\n  5 ; a comment\ndb 1 ; and \\\n not code\r\ndb 2") == "B8 05 00 00 00 01 02")
    }

    @Test("Included files count as the place of what they contain")
    func includes() throws {
        let assembly = try Assembler(
            file: "main.asm", source: "%include \"lib.inc\"\nhlt",
            include: { $0 == "lib.inc" ? "; library\nstart: nop" : nil }
        ).assemble()
        #expect(hex(assembly.bytes) == "90 F4")
        #expect(assembly.symbols.map { "\($0.name) \($0.file):\($0.line)" } == ["start lib.inc:2"])
        #expect(assembly.listing.map { "\($0.file):\($0.line)" } == ["lib.inc:2", "main.asm:2"])
    }
}
