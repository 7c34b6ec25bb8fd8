import Testing
import X86

@Suite("What is wrong with a source, and where")
struct AssemblerDiagnosticTests {
    @Test(
        "Each mistake is reported at its token",
        arguments: [
            ("nop\n  mvo eax, 1", 2, 3, "unknown instruction `mvo`", "did you mean `mov`?"),
            ("mov eax, lable\nlabel:", 1, 10, "symbol `lable` is not defined", "did you mean `label`?"),
            ("hlt foo", 1, 1, "`hlt` does not take a number", nil),
            ("mov [eax], 5", 1, 5, "operation size not specified", "write byte, word or dword before the operand"),
            ("inc [eax]", 1, 5, "operation size not specified", "write byte, word or dword before the operand"),
            ("mov al, ebx", 1, 9, "operand sizes differ: 8 and 32 bits", nil),
            ("mov eax, word 5", 1, 10, "operand sizes differ: 32 and 16 bits", nil),
            ("mov al, 300", 1, 9, "300 does not fit in a byte", nil),
            ("db 256", 1, 4, "256 does not fit in a byte", nil),
            ("dd 1, 1 / 0", 1, 9, "division by zero", nil),
            ("dd (1 + 2", 1, 4, "this parenthesis is not closed", nil),
            ("dd 1 + ", 1, 7, "an expression is missing here", nil),
            ("mov eax, [ebx", 1, 10, "this bracket is not closed", nil),
            ("mov eax, [ebx + ecx + edx]", 1, 11, "an address has at most two registers", nil),
            ("  mov eax", 1, 3, "an operand is missing: `mov` takes 2", nil),
            ("shld eax, ebx", 1, 1, "an operand is missing: `shld` takes 3", nil),
            ("add", 1, 1, "`add` needs operands", nil),
            ("mov eax ebx", 1, 9, "unexpected `ebx`", nil),
            ("mov eax,", 1, 9, "an operand is missing here", nil),
            ("mov eax, dword ptr [ebx]", 1, 16, "`ptr` is not NASM syntax", "leave it out"),
            (
                "x: dd x & 3", 1, 9, "`&` cannot be applied to an address",
                "subtract a label of the same section first: `(label - $$)`"
            ),
            ("x: nop\nx: nop", 2, 1, "`x` is already defined", "first defined at t.asm:1"),
            (
                "eax: nop", 1, 1, "`eax` is a reserved word and cannot be a name",
                "write `$eax` to use it as a name all the same"
            ),
            ("lonely", 1, 1, "unknown instruction `lonely`", "a label needs a colon"),
            ("bits 16", 1, 6, "only `bits 32` is supported", nil),
            ("org 1\norg 2", 2, 1, "the origin is already set", nil),
            (
                "section a bogus", 1, 11, "unknown section attribute `bogus`",
                "known are progbits, nobits, align=, start=, vstart=, follows=, vfollows="
            ),
            ("section a align=3", 1, 17, "an alignment must be a power of two, not 3", nil),
            ("section a nobits\nnop", 2, 1, "section `a` is nobits: only labels and `resb` may stand in it", nil),
            ("db 1, 2\nsection b start=0\ndb 2", 2, 9, "section `b` overlaps section `.text`", nil),
            (
                "jmp short x\nresb 200\nx:", 1, 11, "short jump is out of range by 73 bytes",
                "a short jump reaches 128 bytes back and 127 ahead"
            ),
            (
                "times n db 0\nn:", 1, 7, "the count of `times` must be known here",
                "it uses a name that is defined further down"
            ),
            ("times -1 nop", 1, 7, "the count of `times` is negative: -1", nil),
            (
                "global x", 1, 1, "`global` is not supported",
                "a flat binary has no linker: every label is in `symbols`"
            ),
            ("db 'abc", 1, 4, "this string has no closing quote", nil),
            ("dd 12z", 1, 4, "`12z` is not a number", nil),
            ("dd 1.5", 1, 4, "`1.5`: floating-point numbers are not supported", nil),
            ("mov eax, \u{0} 5", 1, 10, "unexpected control character 0", nil),
            ("db 'é', §", 1, 9, "unexpected character `§`", nil),
            ("%fi 1", 1, 1, "unknown directive `%fi`", "did you mean `%if`?"),
            ("%if 1\nnop", 1, 1, "this `%if` has no `%endif`", nil),
            ("%endif", 1, 1, "`%endif` without `%if`", nil),
            ("%macro m 1\nnop", 1, 1, "`%macro` has no `%endmacro`", nil),
            ("%macro m 1\n%endmacro\nm 1, 2", 3, 1, "macro `m` does not take 2 parameters", nil),
            ("%rep 100000000\n%endrep", 1, 1, "`%rep` repeats at most 65536 times, not 100000000", nil),
            ("%include \"none\"", 1, 10, "cannot find the file `none`", nil),
            ("  %error no luck today", 1, 3, "no luck today", nil),
            (
                "%if later\n%endif\nlater equ 1", 1, 5, "`later` is not a number known here",
                "only numbers, macros and `equ` constants of earlier lines may stand here"
            ),
            ("rep nop", 1, 5, "`rep` has no meaning for `nop`", "to write the prefix byte all the same, use `db`"),
            ("mov eax, rax", 1, 10, "`rax` is not a register that can be used here", nil),
            ("section a vstart=0xFFFFFFF0\ntimes 32 nop", 1, 9, "section `a` reaches beyond address FFFFFFFFh", nil),
            ("a equ b\nb equ a + 1", 1, 1, "the value of this name never settles: it depends on itself", nil),
        ] as [(String, Int, Int, String, String?)])
    func mistakes(source: String, line: Int, column: Int, message: String, note: String?) {
        let expected = AssemblerDiagnostic(file: "t.asm", line: line, column: column, message: message, note: note)
        #expect(diagnostics(source).first == expected)
    }

    @Test("A diagnostic reads as file, line, column, message")
    func description() {
        #expect(diagnostics("foo eax").first?.description == "t.asm:1:1: error: unknown instruction `foo`")
    }

    @Test("All mistakes are reported in one run, in the order of the source")
    func allMistakes() {
        let source =
            "mvo eax, 1\nmov eax, nowhere\nnop\nmov al, 300\n%foo\ndb 1 +\njmp short far_away\nresb 999\nfar_away:"
        #expect(diagnostics(source).map(\.line) == [1, 2, 4, 5, 6, 7])
    }

    @Test("A mistake in a macro is reported at the call, with its place in the macro")
    func macros() {
        let found = diagnostics("%macro m 1\n  nop\n  mov [eax], %1\n%endmacro\n\n    m 5")
        #expect(found.map(\.description) == ["t.asm:6:5: error: operation size not specified"])
        #expect(found.first?.note?.hasSuffix("in the expansion of macro `m` at t.asm:3:7") == true)
    }

    @Test("A macro's argument is reported where the call has it")
    func macroArguments() {
        #expect(diagnostics("%macro m 1\nmov eax, %1\n%endmacro\nm missing").map { [$0.line, $0.column] } == [[4, 3]])
    }

    @Test("A mistake in an included file names that file")
    func includes() {
        let found = diagnostics("nop\n%include 'a.inc'") { _ in "nop\nfoo eax" }
        #expect(found.map { "\($0.file):\($0.line):\($0.column)" } == ["a.inc:2:1"])
    }
}
