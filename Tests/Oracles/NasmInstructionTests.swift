import Testing

/// Every line is assembled by itself, behind `x:` at offset 0; ` | ` separates lines.
@Suite("Instructions, compared with NASM", .enabled(if: NasmOracle.isInstalled, "needs nasm"))
struct NasmInstructionTests {
    @Test("Both assemblers write code of the same length and the same disassembly", arguments: corpus)
    func sameListing(line: String) throws {
        let source = "bits 32\nx:\n" + line.replacing(" | ", with: "\n") + "\n"
        let nasm = try #require(try NasmOracle.assemble(source), "nasm refuses this")
        let ours = try #require(NasmOracle.ours(source), "we refuse this")
        #expect(ours.count == nasm.count)
        #expect(NasmOracle.disassembly(of: ours) == NasmOracle.disassembly(of: nasm))
    }

    @Test("What NASM refuses, we refuse", arguments: refused)
    func sameRefusals(line: String) throws {
        let source = "bits 32\nx:\n" + line.replacing(" | ", with: "\n") + "\n"
        #expect(try NasmOracle.assemble(source) == nil)
        #expect(NasmOracle.ours(source) == nil)
    }

    static let corpus = """
        mov ebx,[ebp+eax]
        mov ebx,[eax*2]
        mov ebx,[eax*1]
        mov ebx,[eax*3]
        mov ebx,[eax+ebp]
        mov ebx,[eax*1+ebp]
        mov ebx,[eax+esp]
        mov ebx,[esp*1+eax]
        mov ebx,[eax*2+eax]
        mov ebx,[eax*1+ecx*1]
        mov ebx,[eax+eax]
        mov ebx,[eax+eax*8]
        mov ebx,[2*eax+ebx-ebx]
        mov ebx,[ebp]
        mov ebx,[ebp*1]
        mov ebx,[dword eax+5]
        mov ebx,[byte eax+5]
        mov ebx,[word 5]
        mov ebx,[eax*2+5]
        mov ebx, [bx+si]
        mov ebx,[ecx+eax*1]
        jmp 0x1234
        jz 0x5
        call 0x1234
        add eax, byte 5
        add eax, strict dword 5
        add ebx, strict dword 5
        push dword 5
        push strict dword 5
        push byte 5
        push word 5
        push strict word 5
        push word 0x1234
        add eax,dword 5
        add [eax],dword 5
        mov [eax],byte 5
        imul eax,5
        imul eax,ebx,500
        imul eax,byte 5
        imul eax,strict dword 5
        add ax, 0xfff0
        add eax, 0xfffffff0
        add eax, x
        add eax,x+1-x
        add eax,x-$$
        add eax,y-x | y:
        add ax,-16
        push -5
        push 0xfffffffb
        test eax, 5
        int byte 3
        out byte 0xe9,al
        ret word 8
        mov eax,strict dword 5
        or al,5
        add byte [eax],5
        add [eax],byte 5
        jmp [eax]
        call [eax]
        jmp far [eax]
        jmp dword [eax]
        jmp far dword [eax]
        jmp far word [eax]
        call 8:x
        jmp dword 8:x
        jmp word 8:5
        jmp word x
        call word x
        jmp near x
        jmp short x
        jz near x
        jmp dword x
        jmp strict near x
        jmp strict short x
        jmp strict dword x
        jz strict near x
        mov eax,[fs:0x18]
        mov ebx,[fs:0x18]
        mov [fs:0],ecx
        mov eax,[ds:eax]
        fs mov eax,[ebx]
        mov eax,fs:[ebx]
        a16 movsd
        rep movsd
        o16 ret
        o16 iret
        a16 loop $
        loop $,cx
        loop $,ecx
        a16 xlatb
        fs xlatb
        rep fs movsd
        fs rep movsd
        lock fs inc dword [eax]
        o32 ret
        o16 push es
        a16 mov eax,[bx]
        dd 1<2
        dd -7//2
        mov eax,[x+5]
        mov eax,[ebx+x]
        mov eax,[ebx+0xffffff80]
        mov eax,[ebx-0x80]
        mov eax,[ebx-0x81]
        mov eax,[ebx+(x-$$)]
        mov eax,[ebx+y-x] | y:
        mov eax,[x-x]
        mov eax,[ebx*4+x]
        mov eax,[ebx*4]
        mov eax,[(ebx+1)*4]
        mov eax,[bx]
        mov eax,[bp]
        mov eax,[bp+si]
        mov eax,[si+bp]
        mov eax,[di+bx-3]
        mov eax,[bx+x]
        mov eax,[si+500]
        mov eax,[dword x]
        mov eax,[byte ebx]
        mov eax,[dword ebx]
        mov eax,[dword fs:ebx]
        mov eax,[fs:dword ebx]
        jmp x+2
        jmp $
        jmp $+5
        call $$
        jmp 8:x+1
        call dword far [x]
        out 0xe9,eax
        out dx,ax
        in eax,5
        in ax,dx
        xchg ax,bx
        xchg eax,eax
        xchg ax,ax
        xchg eax,ecx
        xchg ecx,eax
        xchg al,bl
        xchg al,ah
        xchg [eax],eax
        xchg eax,[eax]
        test ebx,[eax]
        test [eax],ebx
        test eax,ebx
        test ax,5
        test al,5
        test bl,0xff
        test ebx,0xffffffff
        imul ax,5
        imul eax,[ebx],5
        imul eax,[ebx]
        imul ebx
        imul dword [ebx]
        push ax
        push word [eax]
        push dword [eax]
        push cs
        push fs
        pop ds
        pop gs
        pop dword [eax]
        pop word [eax]
        mov cr0,eax
        mov eax,cr4
        mov dr7,eax
        mov ds,ax
        mov ds,eax
        mov eax,ds
        mov ax,ds
        mov [eax],ds
        mov word [eax],ds
        mov ds,[eax]
        mov ds,word [eax]
        mov [x],ds
        mov ds,[x]
        movsx eax,al
        movsx eax,ax
        movsx ax,al
        movzx ax,[eax]
        movzx eax,byte [ebx]
        bt eax,5
        bt [eax],ebx
        bt dword [eax],31
        bt eax,200
        bts ax,3
        shl eax,200
        shl eax,cl
        shl eax,1
        shr byte [eax],1
        sar word [eax],cl
        rcl dword [eax],31
        shld eax,ebx,cl
        shld [eax],ebx,5
        shrd ax,bx,200
        sal eax,1
        xlat
        xlatb
        aam
        aam 5
        aad
        int 3
        int 0x80
        int 0x2e
        int3
        int1
        int01
        icebp
        ud2
        ret
        retn
        retf
        retf 4
        retn 4
        ret 0xfffc
        iret
        iretw
        iretd
        pushf
        pushfd
        pushfw
        pusha
        pushaw
        pushad
        popa
        popf
        popfw
        popaw
        enter 1,2
        enter 0x8000,31
        leave
        cwde
        cbw
        cwd
        cdq
        loopz x
        loopnz x
        loope x
        loop x
        jcxz x
        jecxz x
        wait
        fwait
        fninit
        fnclex
        emms
        sysenter
        sysret
        syscall
        sysexit
        rdtsc
        rdmsr
        wrmsr
        rdpmc
        cpuid
        rsm
        cmpxchg [eax],ebx
        cmpxchg al,bl
        xadd [eax],ebx
        xadd ax,bx
        bswap eax
        salc
        cmovz eax,[ebx]
        cmovae ax,bx
        cmovnge ecx,edx
        bsf eax,[x]
        bsr ax,bx
        lock add [eax],ebx
        lock cmpxchg8b [eax]
        lock xchg [eax],ebx
        repz cmpsb
        rep cmpsb
        rep scasd
        lar cx,esi
        repe stosd
        rep stosd
        rep stosb
        repne scasb
        repnz cmpsd
        rep lodsw
        rep insb
        rep outsd
        cmpsw
        scasd
        lodsd
        nop
        pause
        invd
        wbinvd
        cs jmp [eax]
        jmp ax
        jmp eax
        call ecx
        call [x]
        jmp [x+eax*4]
        jmp word [eax]
        jmp near [eax]
        call near [eax]
        les ax,[ebx]
        lss esp,[eax]
        lds eax,[x]
        lfs edi,[eax]
        lgs edi,[eax]
        lar eax,word [eax]
        lar eax,ebx
        lar eax,bx
        lar ax,bx
        lsl ecx,[eax]
        verw [eax]
        verr ax
        str [eax]
        str ax
        str eax
        smsw [eax]
        smsw eax
        smsw ax
        sldt word [eax]
        sldt ax
        lmsw [eax]
        lmsw ax
        lldt ax
        ltr [x]
        lgdt [x]
        lidt [eax+8]
        sgdt [0]
        sidt [esp]
        invlpg [eax]
        invlpg [fs:eax]
        cmpxchg8b [eax]
        cmpxchg8b qword [eax]
        insd
        outsb
        daa
        das
        aaa
        aas
        arpl ax,bx
        arpl [eax],bx
        bound eax,[ebx]
        bound ax,[eax]
        clts
        rsm
        fs lodsd
        and eax,byte -1
        adc byte [eax],-1
        test al,-1
        test byte [eax],5
        cmp ax,strict word 5
        add eax,strict byte 5
        mov al,strict byte 5
        push strict byte 5
        add eax,strict 5
        push strict 5
        jmp strict x
        setz [eax]
        setnbe byte [eax]
        setc al
        sete [x]
        lea eax,dword [ebx]
        lea ax,[ebx]
        lea eax,[x]
        lea eax,[bx+5]
        lea eax,[eax+eax*4+x]
        mov eax,x
        mov [x],eax
        mov [x],al
        mov al,[x]
        mov ax,[x]
        mov [x],bl
        mov [x],dword x
        mov dword [x],x
        mov dword [eax+5],5
        mov byte [fs:x],5
        mov word [eax],0xffff
        mov al,0xff
        mov al,-1
        mov al,-128
        mov ax,0x8000
        mov eax,'abcd'
        mov eax,0x80000000
        cmp eax,0x80000000
        cmp eax,0x7fffffff
        cmp dword [eax],0x80
        cmp dword [eax],0x7f
        cmp dword [x],x
        cmp al,0x80
        cmp byte [eax],0x80
        sub esp,0x80
        sub esp,-0x80
        add esp,0x80
        and esp,0xfffffff0
        or eax,-1
        xor eax,eax
        mov eax,ebx
        mov ebx,[eax]
        mov [eax],bl
        mov ah,bh
        inc eax
        inc ax
        inc al
        dec ecx
        dec dword [eax]
        neg eax
        not byte [eax]
        mul ebx
        div dword [eax]
        idiv cl
        in al,dx
        in al,0x60
        out dx,al
        out 0x60,al
        out 0xff,eax
        add al,0x80
        add al,-128
        adc ax,0x1234
        sbb eax,0x12345678
        clc
        cld
        cli
        cmc
        stc
        std
        sti
        hlt
        lahf
        sahf
        into
        push 0x80
        push 0x7f
        push -0x80
        push -0x81
        push x
        push dword x
        push word 0xffff
        imul eax,eax,-5
        imul eax,eax,0x80
        imul ax,bx,0xfffb
        imul ax,bx,0x1234
        jmp short $
        jc x
        jna x
        jpe x
        jnp near y | resb 10 | y:
        jmp y | resb 127 | y:
        jmp y | resb 128 | y:
        jz y | resb 127 | y:
        jz y | resb 128 | y:
        jmp z | jmp y | resb 123 | z: | resb 3 | y:
        jmp z | jmp y | resb 123 | z: | resb 5 | y:
        db 'abc',0
        dw 'abc'
        dd 'abcde'
        dq x
        dw 5,-1,x
        dd $,$$,$-$$
        times 3 dd $
        times 3 jmp y | y:
        times 2 add eax,y | y:
        times 200 jmp y | y:
        """.split(separator: "\n").map(String.init)

    static let refused = """
        push [eax]
        movzx eax,[eax]
        inc [eax]
        mov eax,[ebx*3+ecx]
        mov eax,[ebx+ecx+edx]
        mov eax,[esp*2]
        mov eax,[nosuch]
        mov al,ebx
        jz dword x
        jz strict dword x
        les eax,far [ebx]
        bound eax,far [ebx]
        mov far [eax],ds
        invlpg far [ebx]
        mov eax,byte 5
        mov [eax],[ebx]
        push al
        lgdt dword [eax]
        cmpxchg8b dword [eax]
        in ebx,dx
        shl eax,ecx
        movsx eax,dword [ebx]
        jmp far 8:5
        call short x
        jmp byte x
        jecxz near x
        stosd eax
        mov cr0,ax
        lldt eax
        setz dword [eax]
        mov eax,[bx+eax]
        mov eax,[bx*2]
        dd x+x
        dd x&3
        times -1 nop
        times x nop
        x: nop | x: nop | y: nop | y: db 5 | y equ 5
        jmp short $+300
        mov eax,dword ptr [ebx]
        bswap ax
        imul [eax],5
        xchg eax,5
        mov dword [eax],ds
        les eax,dword [ebx]
        add eax,word 5
        align 3
        bits 48
        %endif
        %if 1
        %rep 5
        %macro m 1
        dd 12z
        dd (5
        mov eax,[ebx
        """.split(separator: "\n").map(String.init)
}
