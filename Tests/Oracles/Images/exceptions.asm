; exceptions.asm - every exception vector, with every form of its error code, from ring
; 3 and from ring 0; and double faults.

%include "include/begin.inc"

main:
    call    without_error_code
    call    gates
    call    selectors
    call    task_stacks
    call    double_faults
    finish

; --- #DE, #BR, #UD, #NM, #BP, #OF ------------------------------------------------------
%macro in_both_rings 1+
    mov     eax, 0
    mov     ecx, 0
    mov     edx, 0
    expect_fault %1
    mov     ecx, 0
    mov     edx, 0
    in_ring3 %1
%endmacro

without_error_code:
    pop     dword [.return]
    in_both_rings div ecx
    in_both_rings div cl
    in_both_rings div cx
    in_both_rings idiv ecx
    in_both_rings aam 0
    mov     ecx, 1                          ; quotients that do not fit
    mov     edx, 1
    expect_fault div ecx
    mov     edx, 0x40000000
    mov     eax, 0
    mov     ecx, -1
    expect_fault idiv ecx
    mov     eax, 0x0100
    mov     ecx, 1
    expect_fault div cl
    mov     eax, 0x8000
    mov     ecx, 0xFF
    expect_fault idiv cl
    mov     eax, 5
    expect_fault bound eax, [.bounds]       ; inside: no fault
    mov     eax, 9
    expect_fault bound eax, [.bounds]
    mov     eax, -9
    expect_fault bound eax, [.bounds]
    mov     eax, 0xFFFF
    expect_fault bound ax, [.bounds]
    in_ring3 bound eax, [.bounds]
    in_both_rings ud2
    in_both_rings db 0x0F, 0xFF, 0xC0
    in_both_rings db 0x62, 0xC0             ; BOUND with a register
    in_both_rings db 0x8D, 0xC0             ; LEA with a register
    in_both_rings db 0xC5, 0xC0             ; LDS with a register
    in_both_rings db 0x8E, 0xC8             ; MOV CS, AX
    in_both_rings db 0x8E, 0xF0             ; MOV to segment register 6
    in_both_rings db 0xFE, 0xF8
    in_both_rings db 0xFF, 0xF8
    in_both_rings db 0xFF, 0xD8             ; CALL FAR with a register
    in_both_rings db 0xFF, 0xE8             ; JMP FAR with a register
    in_both_rings db 0x0F, 0x01, 0xF8       ; INVLPG with a register
    in_both_rings db 0x0F, 0x01, 0xD0       ; LGDT with a register
    in_both_rings db 0x0F, 0xC7, 0xC8       ; CMPXCHG8B with a register
    in_both_rings db 0x0F, 0xBA, 0xC0, 0    ; group 8, /0
    expect_fault db 0x0F, 0x20, 0xC8        ; MOV EAX, CR1
    in_both_rings int3
    in_both_rings into                      ; OF is clear
    push    EFLAGS_OF
    popfd
    expect_fault into
    mov     dword [user_flags], EFLAGS_OF
    in_ring3 into
    mov     dword [user_flags], EFLAGS_FIXED
    mov     eax, CR0_NORMAL | CR0_EM
    mov     cr0, eax
    in_both_rings db 0xD9, 0xE8             ; FLD1
    mov     eax, CR0_NORMAL | CR0_TS | CR0_MP
    mov     cr0, eax
    in_both_rings db 0xD9, 0xE8
    in_both_rings fwait
    clts
    expect_fault fwait
    mov     eax, CR0_NORMAL
    mov     cr0, eax
    jmp     [.return]
align 4
.bounds:
    dd      -8, 8
.return:
    dd      0

; --- INT n through bad gates: error codes with the IDT bit -------------------------------
gates:
    pop     dword [.return]
    in_ring3 int 0x00                       ; DPL 0
    in_ring3 int 0x0D
    in_ring3 int 0x0E
    in_ring3 int 0x21
    in_ring3 int 0x24
    in_both_rings int 0x22                  ; not present
    in_both_rings int 0x25                  ; null selector
    in_both_rings int 0x26                  ; data segment
    in_both_rings int 0x27                  ; code segment not present
    in_both_rings int 0x29                  ; no gate
    in_both_rings int 0x2A                  ; selector beyond the GDT
    expect_fault int 0x2D                   ; from ring 0 to ring 3
    in_both_rings int 0x7F                  ; past the IDT's limit
    in_both_rings int 0xFF
    jmp     [.return]
.return:
    dd      0

; --- Error codes with a selector ------------------------------------------------------------
; load_all SELECTOR - into every data segment register, from ring 0 and ring 3
%macro load_all 1
    mov     eax, %1
    expect_fault mov es, ax
    mov     eax, %1
    expect_fault mov gs, ax
    mov     eax, %1
    expect_fault mov ss, ax
    mov     dword [resume], %%ds
    call    enter_ring3
    mov     ebx, %1
    mov     ds, bx
    int     0x20
%%ds:
    mov     dword [resume], %%ss
    call    enter_ring3
    mov     ebx, %1
    mov     ss, bx
    int     0x20
%%ss:
    expect_fault jmp %1:near_here
    mov     dword [resume], %%far
    call    enter_ring3
    call    %1:near_here
%%far:
    mov     dword [resume], %%return
    push    DATA3 | 3
    push    USER_STACK_TOP
    push    EFLAGS_FIXED
    push    %1
    push    near_here
    iretd
%%return:
%endmacro

near_here:
    int     0x20

selectors:
    pop     dword [.return]
    load_all NULL
    load_all 3
    load_all CODE0
    load_all CODE0 | 1
    load_all DATA0
    load_all DATA0 | 3
    load_all CODE3 | 3
    load_all DATA3 | 3
    load_all CONFORMING3 | 3
    load_all READONLY3 | 3
    load_all EXECUTEONLY3 | 3
    load_all ABSENT_DATA3 | 3
    load_all ABSENT_CODE3 | 3
    load_all ABSENT_CODE0
    load_all ABSENT_DATA0
    load_all LDT
    load_all LDT_ABSENT | 3
    load_all DATA1 | 1
    load_all CODE1 | 1
    load_all LDT_DATA3 | 3
    load_all LDT_DATA3
    load_all LDT_OUTSIDE | 3
    load_all OUTSIDE
    load_all OUTSIDE | 3
    load_all 0xFFFC
    jmp     [.return]
.return:
    dd      0

; --- #TS and #SS while a gate to ring 0 fetches its stack -----------------------------------
; with_stack0 SELECTOR - INT 21h in ring 3 from a TSS that names this stack. The fault finds
; ring 0's own stack again: its handler is in ring 1, whose stack is good.
%macro with_stack0 1
    mov     word [tss + 8], %1
    mov     dword [resume], %%behind
    call    enter_ring3
    int     0x23
%%behind:
    mov     word [tss + 8], DATA0
%endmacro

; Handlers for #TS, #SS, #NP and #GP in ring 1 while a stack of ring 0 is bad.
ring1_exceptions:
    mov     ecx, cs
    mov     edx, ss
    mov     ebx, [esp]                      ; error code
    mov     esi, [esp + 4]
    mov     word [tss + 8], DATA0
    int     0x23                            ; records, resumes in ring 0

task_stacks:
    pop     dword [.return]
    mov     dword [.saved], 0
    mov     ecx, 0x0A
.redirect:
    mov     eax, [idt + ecx * 8]
    mov     [.gates + ecx * 8], eax
    mov     eax, [idt + ecx * 8 + 4]
    mov     [.gates + ecx * 8 + 4], eax
    mov     eax, (CODE1 << 16) | (number(ring1_exceptions) & 0xFFFF)
    mov     [idt + ecx * 8], eax
    mov     eax, (number(ring1_exceptions) & 0xFFFF0000) | 0x8E00
    mov     [idt + ecx * 8 + 4], eax
    inc     ecx
    cmp     ecx, 0x0E
    jb      .redirect
    with_stack0 NULL
    with_stack0 DATA0 | 1                   ; RPL is not the new ring
    with_stack0 DATA3 | 3
    with_stack0 DATA1
    with_stack0 READONLY0
    with_stack0 CODE0
    with_stack0 LDT
    with_stack0 OUTSIDE
    with_stack0 ABSENT_DATA0
    mov     ecx, 0x0A
.restore:
    mov     eax, [.gates + ecx * 8]
    mov     [idt + ecx * 8], eax
    mov     eax, [.gates + ecx * 8 + 4]
    mov     [idt + ecx * 8 + 4], eax
    inc     ecx
    cmp     ecx, 0x0E
    jb      .restore
    jmp     [.return]
align 4
.gates:
    times 0x20 dd 0
.saved:
    dd      0
.return:
    dd      0

; --- Double faults ------------------------------------------------------------------------
; A fault whose gate is not present: #NP, and with it #DF where both are contributory.
%macro without_gate 2+
    and     byte [idt + %1 * 8 + 5], 0x7F
    in_ring3 %2
    or      byte [idt + %1 * 8 + 5], 0x80
%endmacro

double_faults:
    pop     dword [.return]
    without_gate 0x0D, hlt                  ; #GP, then #NP
    without_gate 0x00, db 0xF7, 0xF1        ; DIV ECX: #DE, then #NP
    without_gate 0x0B, int 0x22             ; #NP, then #NP
    without_gate 0x0E, mov eax, [TEST_PAGES + ABSENT]
    without_gate 0x03, int3                 ; INT3 is no exception that counts: #NP(1Ah)
    without_gate 0x20, int 0x20
    jmp     [.return]
.return:
    dd      0

%include "include/end.inc"
