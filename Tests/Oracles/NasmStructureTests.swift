import Testing

@Suite("Structures, compared with NASM", .enabled(if: NasmOracle.isInstalled, "needs nasm"))
struct NasmStructureTests {
    @Test("Both assemblers write the same file", arguments: accepted)
    func sameFile(source: String) throws {
        let text = "bits 32\n" + source + "\n"
        let nasm = try #require(try NasmOracle.assemble(text), "nasm refuses this")
        #expect(NasmOracle.ours(text) == nasm)
    }

    @Test("Both assemblers refuse", arguments: refused)
    func bothRefuse(source: String) throws {
        let text = "bits 32\n" + source + "\n"
        #expect(try NasmOracle.assemble(text) == nil)
        #expect(NasmOracle.ours(text) == nil)
    }

    static let accepted = """
        struc A
        .x: resd 1
        .y resw 1
        alignb 4
        .z: resq 2
        endstruc
        dd A, A.x, A.y, A.z, A_size
        mov eax, [ebx + A.y]
        mov eax, [fs:A.z]
        lea ecx, [ebx + ecx*4 + A_size]
        sub esp, A_size - A.z
        ---
        struc A, 5
        .x: resb 1
        alignb 4
        .y: resd 1
        endstruc
        dd A, A.x, A.y, A_size
        ---
        struc A, -3
        .x: resb 1
        alignb 4
        .y: resd 1
        endstruc
        dd A, A.x, A.y, A_size
        mov eax, [ebp + A.x]
        ---
        struc A
        .x: resd 1
        resb 0x20 - ($ - A)
        .y: resd 1
        resb 0x40 - ($ - $$)
        k equ $ - .y
        .z: endstruc
        dd A.y, A.z, A_size, k
        ---
        foo: nop
        struc A
        .x: resd 1
        endstruc
        .l: dd .l, A.l, .x
        ---
        struc A
        bar: resd 1
        .x: resd 1
        endstruc
        dd bar, bar.x, A_size, .x
        ---
        dd A.y
        n equ 5
        struc A
        .w: times 3 resw n
        times 2 resb 1
        .x:
        .y: resd 1
        endstruc
        %if A.y == 32
        db 1
        %endif
        ---
        STRUC A
        .x: resd 1
        EndStruc
        struc B
        .a: resb A_size
        .b: resb 3 * A_size
        endstruc
        lab: struc C
        endstruc
        dd B.b, B_size, C_size, lab
        section .bss
        v: resb B_size
        w: resb 1
        section .text
        dd v, w
        ---
        %macro field 2
        .%1: resb %2
        %endmacro
        struc A
        field One, 4
        %rep 2
        resd 1
        %endrep
        field Two, 4
        endstruc
        dd A.One, A.Two
        ---
        struc A
        .x: resd 1
        .y: resb 3
        .z: resd 2
        endstruc
        istruc A
        at A.x, dd 7
        at A.y
        db 5
        iend
        q: istruc A
        at .z, dd q, q + A.z
        iend
        .r: dd q.r, $
        """.split(separator: "\n---\n").map(String.init)

    static let refused = """
        struc A
        .x: resd 1
        nop
        endstruc
        ---
        struc A
        db 5
        endstruc
        ---
        endstruc
        ---
        struc A
        .x: resd 1
        .x: resd 1
        endstruc
        ---
        struc A
        .x: resd -1
        endstruc
        ---
        struc A
        alignb 4
        resd nowhere
        endstruc
        ---
        struc A
        .x: resd 1
        endstruc
        istruc A
        at A.x, dd 7, 8
        iend
        ---
        at A.x, db 1
        ---
        istruc A
        iend
        ---
        istruc A
        iend
        db 9
        struc A
        .x: resd 5
        endstruc
        """.split(separator: "\n---\n").map(String.init)
}
