import Testing

@Suite("Sections of a flat binary, compared with NASM", .enabled(if: NasmOracle.isInstalled, "needs nasm"))
struct NasmLayoutTests {
    @Test("Both assemblers write the same file, or both refuse", arguments: layouts)
    func sameFile(layout: String) throws {
        let source = "bits 32\n" + layout + "\n"
        #expect(NasmOracle.ours(source) == (try NasmOracle.assemble(source)))
    }

    static let layouts = """
        org 0x1000
        section foo
        db 9,9
        f:
        section .text
        dd f,t
        t:
        ---
        org 0x1000
        db 7
        section foo vstart=0x80000000
        db 9,9
        f:
        section bar
        b: dd f,b,section.foo.start,section.foo.vstart
        ---
        org 0x1000
        db 7
        section foo align=16 vstart=0x80000001
        f:db 9,9
        section bar align=1
        b: dd f,b,section.bar.vstart,section.bar.start
        ---
        org 0x1000
        db 7
        section foo start=0x1010 vstart=0x80000000
        f:db 9,9
        section bar
        b: dd f,b,section.bar.vstart,section.bar.start
        ---
        org 0x1000
        db 7
        section a follows=b
        db 0xaa
        section b align=1
        db 0xbb
        section c vfollows=b align=1
        c: dd c
        ---
        org 0x1000
        db 7
        section n nobits
        n: resb 10
        section n2 nobits vstart=0x5000
        m:resb 3
        section n3 nobits 
        o:resb 3
        section c vfollows=n
        c: dd n,m,o,c
        ---
        org 0x1000
        db 7
        section n nobits start=0x3000
        n: resb 10
        section n2 nobits follows=n
        m:resb 3
        section c vfollows=n
        c: dd n,m,c,section.n.start
        ---
        org 0x1000
        db 7
        section foo align=3
        ---
        org 0x1000
        db 7
        section foo start=0x1000
        db 1
        ---
        org 0x1000
        db 7
        section foo start=0x0ff0
        db 1
        ---
        section foo start=0x200
        db 1
        f: dd f
        ---
        section foo vstart=0x2000
        db 1
        f: dd f
        section bar
        dd $
        ---
        section foo vstart=0x2000
        db 1
        section foo align=8
        db 2
        section foo vstart=0x3000
        db 3
        ---
        section a
        db 1
        section a nobits
        ---
        section a align=16
        db 1
        align 8
        db 2
        align 4,db 0xcc
        db 3
        alignb 8
        db 4
        align 4
        ---
        section a
        db 1
        align 32
        db 2
        section b
        db 3
        ---
        section a align=1
        db 1
        section b align=1 nobits
        resb 1
        alignb 32
        resb 1
        b:
        section c align=1
        dd b
        ---
        org 0x1001
        section a
        db 1
        section b
        dd $
        ---
        section a
        db 1
        org 0x2000
        dd $
        ---
        section a valign=16
        db 1
        section b vstart=5 valign=16
        dd $
        ---
        segment a
        db 1
        [section b]
        dd $
        [bits 32]
        [org 5]
        ---
        section a vstart=0x80000000
        a1: db 1
        section b vstart=0x90000000
        b1: jmp a1
        jz a1
        call b1
        loop b1
        mov eax,[a1]
        ---
        section a vstart=5
        db 1
        dd section.a.start, section.a.vstart+1
        dd section.b.start
        section b
        ---
        section a vstart=5
        db 1
        section b
        db 2
        section a vstart=5
        db 3
        ---
        section a align=8
        db 1
        section b
        db 2
        section a align=8
        db 3
        ---
        section a align=8
        db 1
        section b
        db 2
        section a progbits
        db 3
        ---
        section a align=8
        db 1
        section b
        db 2
        section a nobits
        resb 3
        ---
        section .text align=16
        db 1
        section b nobits
        resb 2
        section b nobits
        resb 3
        ---
        db 1
        section .bss
        resb 2
        t:
        section .data
        dd t
        section c nobits
        q:resb 1
        section .data
        dd q
        ---
        org 5
        section .text align=16
        db 1
        dd $$
        ---
        section .text vstart=0x100
        db 1
        dd $$
        section .data
        dd $$
        ---
        section .data
        dd $$
        align 16
        db 1
        section .x follows=.text
        db 1
        ---
        org 0x80000000
        section .data start=0x80000010
        dd $$
        ---
        section .data valign=64
        dd $$
        section a start=64 valign=128
        dd $$
        ---
        section b
        db 3
        align 64
        section b align=4
        x: dd x
        ---
        db 5
        section b start=9
        db 3
        align 64
        x: dd x
        ---
        db 5
        section b align=4
        db 3
        align 64
        x: dd x
        alignb 128
        ---
        db 1
        section b
        align 2
        db 2
        ---
        db 1
        section b
        db 9
        alignb 2
        db 2
        ---
        org 0x1004
        db 1
        align 16
        dd $$
        ---
        db 1
        section .bss vstart=0x5000
        resb 1
        alignb 16
        x:resb 1
        section c
        dd x
        ---
        db 1
        section b align=2
        align 1
        db 2
        ---
        section a align=8 vstart=0x100
        a:dd a
        section b nobits align=8
        b: resb 1
        section c vfollows=a
        dd $$,b
        ---
        section a
        db 1
        section b follows=c
        db 2
        section c
        db 3
        section d follows=a
        db 4
        section e
        db 5
        ---
        section a start=100
        db 1
        section b start=50
        db 2
        section c
        db 3
        section d start=30 align=8
        db 4
        section e
        db 5
        dd $$,section.c.start,section.a.start
        ---
        section a vfollows=b
        dd a1
        a1:
        section b vfollows=a
        db 1
        ---
        section a follows=zz
        db 1
        ---
        section a vfollows=b
        dd a1
        a1:
        section b nobits vstart=0x7000
        resd 5
        section c nobits vfollows=b
        resb 1
        cc:
        section a
        dd cc
        ---
        section .text
        db 1
        section .bss
        b: resb 4
        section .data
        d: dd b,d
        section .rodata
        r: dd r
        section .bss
        resb 4
        align 8
        c: resb 1
        section .data
        dd c
        ---
        section one vstart=0x1000 align=4096
        db 1
        section two vstart=0x80000000 align=4096
        db 2
        dd $,$$
        section one
        dd $,$$
        ---
        section empty
        section two
        db 1
        dd section.empty.start
        ---
        section .text start=0x10
        db 1
        dd $$
        ---
        org 0x8
        section .text start=0x10
        db 1
        dd $$
        ---
        section a align=4 start=6
        db 1
        section b align=8 start=9
        db 2
        dd $$
        ---
        section a
        times 3 db 1
        section z start=2
        section y
        db 1
        dd $$
        ---
        section n nobits align=64
        n: resb 5
        section m nobits valign=64
        m: resb 5
        section a valign=64 vfollows=m
        dd n,m,$$
        """.split(separator: "\n---\n").map(String.init)
}
