; call-gates.asm - CALL and JMP through call gates and 16-bit interrupt gates: to the same
; ring, to inner rings with parameters, and refused at every check.

%define OWN_GATE_TARGET
%include "include/begin.inc"

; Where the gates lead. ECX = CS, EDX = SS, EBX = ESP, ESI and EDI = what was pushed last.
gate_target:
    mov     ecx, cs
    mov     edx, ss
    mov     ebx, esp
    mov     esi, [esp]
    mov     edi, [esp + 4]
    mov     ebp, [esp + 8]
    mov     eax, [esp + 12]
    test    cl, 3
    jnz     .outer
    cmp     word [parameters], 0
    je      .outer
    mov     eax, [esp + 16]
    mov     eax, [esp + 20]
    retf    8
.outer:
    retf
parameters:
    dd      0

main:
    call    same_ring
    call    inner
    call    refused
    call    narrow
    call    jumps
    call    traps
    finish

same_ring:
    pop     dword [.return]
    push    0x11111111
    push    0x22222222
    call    CALL_SAME:0                     ; the offset does not matter; no parameters are copied
    mov     ebx, esp
    call    CALL_SAME:0xFFFFFFFF
    call    CALL_INNER:0                    ; ring 0 to ring 0
    call    CALL_DPL0:0
    call    far [.pointer]
    add     esp, 8
    jmp     [.return]
align 4
.pointer:
    dd      0x12345678
    dw      CALL_SAME
.return:
    dd      0

; The gate copies two dwords; RETF 8 drops them from both stacks.
inner:
    pop     dword [.return]
    mov     dword [parameters], 1
    mov     dword [user_flags], EFLAGS_AWKWARD & ~EFLAGS_NT
    mov     dword [resume], .end
    call    enter_ring3
    push    0x11111111
    push    0x22222222
    push    0x33333333
    call    CALL_INNER | 3:0
    mov     eax, [esp]
    mov     ebx, esp
    pushfd
    pop     ebx
    push    0x44444444
    push    0x55555555
    call    CALL_INNER:0x1000
    int     0x20
.end:
    mov     dword [user_flags], EFLAGS_FIXED
    mov     dword [parameters], 0
    mov     dword [resume], .ring1          ; to ring 1, which returns without RETF n
    call    enter_ring3
    push    0x66666666
    push    0x77777777
    call    CALL_RING1 | 3:0
    mov     ebx, esp
    int     0x20
.ring1:
    jmp     [.return]
.return:
    dd      0

%macro refuse 1
    expect_fault call %1:0
    expect_fault jmp %1:0
    in_ring3 call %1 | 3:0
    in_ring3 jmp %1 | 3:0
%endmacro

refused:
    pop     dword [.return]
    in_ring3 call CALL_DPL0:0
    in_ring3 call CALL_DPL0 | 3:0
    in_ring3 jmp CALL_DPL0 | 3:0
    in_ring3 jmp CALL_INNER | 3:0           ; JMP does not change the ring
    expect_fault call CALL_DPL0 | 1:0
    expect_fault call CALL_RING1:0          ; to an outer ring
    expect_fault jmp CALL_RING1:0
    refuse  CALL_ABSENT
    refuse  CALL_NULL
    refuse  CALL_DATA
    expect_fault call CALL_ABSENT_CODE:0
    in_ring3 call CALL_ABSENT_CODE | 3:0
    refuse  CALL_OUTSIDE
    in_ring3 call LDT:0                     ; system descriptors that are no way anywhere
    expect_fault jmp LDT:0
    in_ring3 mov ds, bx
    mov     eax, CALL_INNER | 3             ; a gate is no data
    expect_fault mov es, ax
    lar     ebx, eax
    lsl     ecx, eax
    push    CALL_INNER                      ; RETF goes through no gate
    push    0
    expect_fault retf
    push    EFLAGS_FIXED
    push    CALL_SAME
    push    0
    expect_fault iretd
    mov     word [tss + 8], DATA3 | 3       ; the new stack does not fit
    mov     dword [resume], .good_again
    mov     eax, [idt + 0x0A * 8]           ; #TS needs a stack: take its handler to ring 1
    mov     [.gate], eax
    mov     eax, (CODE1 << 16) | (number(.in_ring1) & 0xFFFF)
    mov     [idt + 0x0A * 8], eax
    call    enter_ring3
    call    CALL_INNER | 3:0
    int     0x20
.in_ring1:
    mov     ebx, [esp]
    mov     word [tss + 8], DATA0
    int     0x23
.good_again:
    mov     eax, [.gate]
    mov     [idt + 0x0A * 8], eax
    jmp     [.return]
.gate:
    dd      0
.return:
    dd      0

; 16-bit gates push and copy words. Offsets have 16 bits there, so the code that uses them is
; copied below 64 KiB.
narrow:
    pop     dword [.return]
    mov     dword [0x8000], 0x9090CB66      ; 66 CB: RETF with 16-bit operands
    mov     word [gdt + CALL_16], 0x8000
    mov     word [gdt + CALL_16 + 6], 0
    mov     dword [0x9000], 0x90CF66        ; 66 CF: IRET with 16-bit operands
    mov     word [idt + 0x2B * 8], 0x9000
    mov     word [idt + 0x2B * 8 + 6], 0
    mov     word [idt + 0x2F * 8], 0x9000
    mov     word [idt + 0x2F * 8 + 6], 0
    mov     dword [resume], .end            ; the code returned to lies below 64 KiB too
    mov     esi, .from_narrow
    mov     edi, 0xA000
    mov     ecx, .from_narrow_end - .from_narrow
    rep movsb
    jmp     CODE0:0xA000
.from_narrow:
    push    0x22222222
    call    CALL_16:0
    pop     ebx
    pushfd
    pop     ebx
    int     0x2B
    int     0x2F
    mov     ebx, esp
    int     0x20
.from_narrow_end:
.end:
    mov     dword [resume], .user_end       ; from ring 3 with two words of parameters
    mov     esi, .user
    mov     edi, 0xB000
    mov     ecx, .user_end - .user
    rep movsb
    push    DATA3 | 3
    push    0x7000                          ; ESP fits into SP
    push    EFLAGS_AWKWARD & ~EFLAGS_NT
    push    CODE3 | 3
    push    0xB000
    mov     dword [0x8000], 0x0004CA66      ; 66 CA 04 00: RETF 4
    iretd
.user:
    push    0x33334444
    call    CALL_16 | 3:0
    mov     ebx, esp
    int     0x20
.user_end:
    mov     dword [0x8000], 0x9090CB66
    jmp     [.return]
.return:
    dd      0

jumps:
    pop     dword [.return]
    mov     eax, [gdt + CALL_SAME]
    mov     [.saved], eax
    mov     eax, [gdt + CALL_SAME + 4]
    mov     [.saved + 4], eax
    mov     eax, (CONFORMING0 << 16) | (number(.jumped) & 0xFFFF)
    mov     [gdt + CALL_SAME], eax
    jmp     CALL_SAME:0
.jumped:
    mov     eax, cs
    jmp     CODE0:.back
.back:
    mov     eax, [.saved]
    mov     [gdt + CALL_SAME], eax
    jmp     [.return]
align 4
.saved:
    dd      0, 0
.return:
    dd      0

; TF across a call gate: the trap comes at the first instruction behind it, in ring 0.
traps:
    pop     dword [.return]
    mov     dword [parameters], 1
    mov     dword [resume], 0
    mov     dword [user_flags], EFLAGS_TF | EFLAGS_FIXED
    call    enter_ring3
    push    0x11111111
    push    0x22222222
    call    CALL_INNER | 3:0
    nop
    push    EFLAGS_FIXED
    popfd
    mov     dword [resume], .end
    int     0x20
.end:
    mov     dword [user_flags], EFLAGS_FIXED
    mov     dword [parameters], 0
    jmp     [.return]
.return:
    dd      0

%include "include/end.inc"
