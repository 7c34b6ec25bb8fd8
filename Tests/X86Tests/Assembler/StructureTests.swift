import Testing
import X86

@Suite("Structures in a source")
struct StructureTests {
    private func structures(_ source: String, include: @escaping (String) -> String? = { _ in nil }) throws
        -> [Assembly.Structure]
    {
        try Assembler(file: "t.asm", source: source, include: include).assemble().structures
    }

    private func line(_ field: Assembly.Structure.Field) -> String {
        "\(field.name) at \(field.offset), \(field.size) bytes: \(field.comment ?? "-")"
    }

    @Test("A field has its offset, its size, and the comment behind it")
    func fields() throws {
        let found = try structures(
            """
            nop
            struc _KTHREAD
            .Header:       resb 0x10      ; _DISPATCHER_HEADER
            .Teb           resd 1         ;Ptr32 Void
                           resb 0x0C
            .ServiceTable: resd 1
                           alignb 16      ; not a field
            .Array:        resw 4         ; [4] Uint2B ; a remark
            endstruc
            """)
        #expect(found.map(\.name) == ["_KTHREAD"])
        #expect(found[0].size == 0x38)
        #expect(found[0].file == "t.asm")
        #expect(found[0].line == 2)
        #expect(
            found[0].fields.map(line) == [
                "Header at 0, 16 bytes: _DISPATCHER_HEADER",
                "Teb at 16, 4 bytes: Ptr32 Void",
                "ServiceTable at 32, 4 bytes: -",
                "Array at 48, 8 bytes: [4] Uint2B ; a remark",
            ])
    }

    @Test("Labels that share a place are a union: each has the size of what is reserved there")
    func unions() throws {
        let found = try structures(
            """
            struc U
            .AsLong:                ; Uint4B
            .AsBytes:   resb 4      ; [4] UChar
            .End:
            endstruc
            """)
        #expect(found[0].fields.map(\.offset) == [0, 0, 4])
        #expect(found[0].fields.map(\.size) == [4, 4, 0])
        #expect(found[0].fields.map(\.comment) == ["Uint4B", "[4] UChar", nil])
    }

    @Test("The comment of a field that a macro makes is the call's")
    func macros() throws {
        let found = try structures(
            """
            %macro field 2          ; name, size
            .%1: resb %2            ; the macro's own comment
            %endmacro
            struc A
            field One, 4            ; Uint4B
            field Two, 8
            endstruc
            """)
        #expect(found[0].fields.map(\.name) == ["One", "Two"])
        #expect(found[0].fields.map(\.comment) == ["Uint4B", nil])
    }

    @Test("A semicolon in a string begins no comment")
    func strings() throws {
        let found = try structures("struc A\n.x: resb ';' - ';' + 1 ; UChar\nendstruc")
        #expect(found[0].fields.map(line) == ["x at 0, 1 bytes: UChar"])
    }

    @Test("A structure in an included file names that file")
    func includes() throws {
        let found = try structures("%include 'a.inc'\nmov eax, [ebx + A.x]") { _ in
            "; offsets\nstruc A\n  resd 1\n.x: resd 1 ; Uint4B\nendstruc"
        }
        #expect(found.map { "\($0.file):\($0.line) \($0.fields.map(\.comment))" } == [#"a.inc:2 [Optional("Uint4B")]"#])
    }

    @Test("Offsets and size are constants, in the order of the source")
    func constants() throws {
        let assembly = try Assembler(
            file: "t.asm", source: "struc A, 4\n.x: resd 1\nendstruc\nk equ A.x"
        ).assemble()
        #expect(assembly.constants.map { "\($0.name)=\($0.value)" } == ["A=4", "A.x=4", "A_size=4", "k=4"])
        #expect(assembly.symbols.isEmpty)
    }

    @Test(
        "Each mistake is reported at its token",
        arguments: [
            ("nop\n struc A\n.x: resd 1", 2, 2, "structure `A` has no `endstruc`", nil),
            (
                "struc A\n  struc B\nendstruc", 2, 3, "`struc` inside structure `A`",
                "close that one with `endstruc`; a field that is a structure is `.field: resb NAME_size`"
            ),
            (
                "struc A\n.x: mov eax, 1\nendstruc", 2, 5, "`mov` cannot stand in structure `A`",
                "only labels, `resb` to `resq`, `times`, `alignb` and `equ` may, until `endstruc`"
            ),
            (
                "struc A\n.x: dd 1\nendstruc", 2, 5, "`dd` cannot stand in structure `A`",
                "only labels, `resb` to `resq`, `times`, `alignb` and `equ` may, until `endstruc`"
            ),
            (
                "struc A\ntimes 2 dd 1\nendstruc", 2, 1, "`times` cannot stand in structure `A`",
                "only labels, `resb` to `resq`, `times`, `alignb` and `equ` may, until `endstruc`"
            ),
            ("struc A\n.x: rsed 1\nendstruc", 2, 5, "unknown instruction `rsed`", "did you mean `resd`?"),
            (
                "struc A\n.x: resb later\nendstruc\nlater equ 1", 2, 10, "the number of units must be known here",
                "only numbers, `$` and constants of earlier lines may stand in a structure"
            ),
            ("struc A\n.x: resb -1\nendstruc", 2, 5, "the number of units is negative", nil),
            ("struc A\n.x: resb 1 / 0\nendstruc", 2, 12, "division by zero", nil),
            ("struc A\nalignb 3\nendstruc", 2, 8, "the alignment must be a power of two, not 3", nil),
            ("struc A\nresd 1 << 40\nendstruc", 2, 1, "the number of units is too large", nil),
            (
                "struc A\n.x: resq 1 << 31\nendstruc", 2, 5, "structure `A` would be larger than 4 GiB", nil
            ),
            ("struc A, -1 << 40\nendstruc", 1, 10, "the first offset is too large: -1099511627776", nil),
            ("struc", 1, 6, "`struc` needs the structure's name", nil),
            ("struc A B\nendstruc", 1, 9, "unexpected `B`", nil),
            (
                "struc eax\nendstruc", 1, 7, "`eax` is a reserved word and cannot be a name",
                "write `$eax` to use it as a name all the same"
            ),
            ("struc A\nendstruc\nistruc A\nnop", 3, 1, "`istruc A` has no `iend`", nil),
            ("struc A\nendstruc\nistruc A\n istruc A\niend", 4, 2, "`istruc` inside `istruc`", nil),
            (
                "struc A\n.x: resd 1\nendstruc\nistruc A\nat .x, dd 1, 2\niend", 6, 1,
                "the room before this field is negative: -4", nil
            ),
            ("at .x, db 1", 1, 1, "`at` stands between `istruc` and `iend`", nil),
            ("iend", 1, 1, "`iend` without `istruc`", nil),
            ("nop\nendstruc", 2, 1, "`endstruc` without `struc`", nil),
            (
                "struc A\n.x: resd 1\n.x: resd 1\nendstruc", 3, 1, "`A.x` is already defined",
                "first defined at t.asm:2"
            ),
        ] as [(String, Int, Int, String, String?)])
    func mistakes(source: String, line: Int, column: Int, message: String, note: String?) {
        let expected = AssemblerDiagnostic(file: "t.asm", line: line, column: column, message: message, note: note)
        #expect(diagnostics(source) == [expected])
    }

    @Test("A forgotten endstruc is told once, with the first line that shows it")
    func forgottenEnd() {
        let found = diagnostics("struc A\n.x: resd 1\nstart: mov eax, 1\nint 0x2E\ndb 5\nsection .data\nhlt")
        #expect(
            found.map(\.description) == [
                "t.asm:1:1: error: structure `A` has no `endstruc`",
                "t.asm:3:8: error: `mov` cannot stand in structure `A`",
            ])
    }
}
