import Testing

@Suite("The preprocessor, compared with NASM", .enabled(if: NasmOracle.isInstalled, "needs nasm"))
struct NasmPreprocessorTests {
    @Test("A source full of macros, conditions and repetitions gives the same file")
    func sameFile() throws {
        let nasm = try #require(try NasmOracle.assemble(Self.source), "nasm refuses this")
        #expect(NasmOracle.ours(Self.source) == nasm)
    }

    static let source = #"""
        bits 32
        %macro m 2
        l%1: dd %2
        .x%1: db `\x01`
        %endmacro
         m 1, 5
         m 2, {6}
        %macro each 1-*
        %rep %0
        db %1
        %rotate 1
        %endrep
        %endmacro
        each 1,2,3
        %define f(x,y) x+y
        db f(1,2)
        %define g f(3,4)
        db g*2
        %assign i 0
        %rep 3
        db i
        t%+ i: db 0
        t %+ i %+ i: db 0
        %assign i i+1
        %endrep
        %macro lo 1
        %%a: jmp %%b
         times %1 nop
        %%b: loop %%a
        %endmacro
         lo 5
         lo 100
        foo: lo 119
        %macro push 1
         push %1
         nop
        %endmacro
         push eax
        %macro def 1-3 7, 8
         db %1,%2,%3
        %endmacro
         def 1
         def 1,2
         def 1,2,3
        %macro rest 2+
         db %1
         db %2
        %endmacro
         rest 1,2,3,4
        %ifidn abc,abc
         db 1
        %else
         db 2
        %endif
        %ifdef NOPE
         db 3
         %if garbage )(
         %endif
        %elif 1 == 1 && 2 > 1
         db 4
        %else
         db 5
        %endif
        %ifndef NOPE
         db 6
        %endif
        %define NOPE
        %ifdef NOPE
         db 7
        %endif
        %undef NOPE
        %ifdef NOPE
         db 8
        %endif
        %strlen len 'hello'
         db len
        %assign neg -5
         db neg, neg*2, 10-neg
        %xdefine X i
        %assign i 9
         db X, i
        k equ 5
        %if k > 4
         db 'k'
        %endif
         mov eax, \
           5
        %macro cmt 0 ; comment
         nop ; c
        %endmacro
         cmt
        a1: db 1
        .l: db 2
         dd .l, a1.l
        b1:
        .l: db 3
         dd .l, a1.l, b1.l
        %rep 10
         %if i == 12
          %exitrep
         %endif
         db i
         %assign i i+1
        %endrep
        %macro cc 1
         %if %1 = 3
         db 33
         %elif %1 = 4
         db 44
         %exitmacro
         db 45
         %else
         db 55
         %endif
         db 66
        %endmacro
         cc 3
         cc 4
         cc 5
        %define cat(a,b) a %+ b
        cat(cat1,_x): db 5
         dd cat1_x
        %macro str 1
         db %1, 0
        %endmacro
         str "a,b;c"
         str {1,2}

        """#
}
