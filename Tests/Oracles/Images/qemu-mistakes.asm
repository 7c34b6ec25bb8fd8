; qemu-mistakes.asm - what QEMU 7.2 does otherwise than the manuals say:
;
; - INT1 (opcode F1h) goes to its debugger instead of the guest
; - STI holds back the single-step trap, not only interrupts
; - IDIV of -2^63 by -1 kills it
; - a page fault of an instruction that reads and writes says "read"
; - a reserved bit in a page directory entry gives error code 8, without the present bit
; - CR0 may be set to impossible values
; - LTR takes a null selector
; - RDMSR and WRMSR take any number
; - SYSENTER accepts a null selector whose RPL is not 0
; - a missing gate of an exception gives an error code without EXT
; - a call gate to conforming code leaves the code's DPL in CS, not CPL
; - JMP through a call gate to absent code is #GP instead of #NP
; - a task gate that names a TSS in the LDT is #TS instead of #GP
; - RF that IRETD loads does not hold back an instruction breakpoint, at least in its debugger
; - a call gate's parameters are read with ring 0's rights
; - DR7.GD guards nothing

BEYOND_QEMU         equ 1
%include "include/begin.inc"

%macro read_write 1
    expect_fault add [TEST_PAGES + %1], eax
    in_ring3 add [TEST_PAGES + %1], eax
    in_ring3 xchg [TEST_PAGES + %1], eax
    in_ring3 bts dword [TEST_PAGES + %1], 3
    in_ring3 cmpxchg [TEST_PAGES + %1], ecx
    in_ring3 shl dword [TEST_PAGES + %1], 4
%endmacro

main:
    expect_fault db 0xF1
    in_ring3 db 0xF1
    mov     dword [user_flags], EFLAGS_AWKWARD
    in_ring3 db 0xF1
    push    EFLAGS_TF | EFLAGS_FIXED
    popfd
    nop
    db      0xF1
    nop
    sti
    nop
    cli
    push    EFLAGS_FIXED
    popfd
    mov     edx, 0x80000000
    mov     eax, 0
    mov     ecx, -1
    expect_fault idiv ecx
    mov     eax, 1
    read_write ABSENT
    read_write ABSENT_2
    read_write SYSTEM_WRITE
    read_write SYSTEM_READ
    mov     eax, CR0_PG                     ; paging without protection
    expect_fault mov cr0, eax
    mov     eax, CR0_NORMAL | 0x20000000    ; not write-through without cache disable
    expect_fault mov cr0, eax
    mov     eax, NULL
    expect_fault ltr ax
    mov     eax, 3
    expect_fault ltr ax
    mov     ecx, 0x12345678                 ; no such register
    expect_fault rdmsr
    mov     ecx, 0x12345678
    expect_fault wrmsr
    mov     eax, CR4_PSE
    mov     cr4, eax
    mov     dword [PAGE_DIRECTORY + (LARGE_DIRECTORY >> 22) * 4], 0x00A00087    ; a reserved bit
    invlpg  [LARGE_DIRECTORY]
    expect_fault mov eax, [LARGE_DIRECTORY + 0x100]
    expect_fault mov [LARGE_DIRECTORY + 0x100], eax
    in_ring3 mov eax, [LARGE_DIRECTORY + 0x100]
    in_ring3 mov [LARGE_DIRECTORY + 0x100], eax
    mov     eax, 0
    mov     cr4, eax
    write_msr SYSENTER_CS, 0, 3             ; null but for its RPL
    in_ring3 sysenter
    expect_fault sysexit
    and     byte [idt + 0x06 * 8 + 5], 0x7F ; #UD, then #NP(33h): EXT is set
    expect_fault ud2
    or      byte [idt + 0x06 * 8 + 5], 0x80
    mov     dword [resume], .conforming     ; to conforming code by a call gate
    call    enter_ring3
    push    0x33333333
    call    CALL_SAME:0
    call    CALL_SAME | 3:0
    mov     ebx, esp
    int     0x20
.conforming:
    expect_fault jmp CALL_ABSENT_CODE:0
    in_ring3 jmp CALL_ABSENT_CODE | 3:0
    mov     word [gdt + TASK_GATE + 2], LDT_DATA3   ; a TSS in the LDT
    expect_fault call TASK_GATE:0
    mov     eax, .resumed                   ; RF lets the instruction pass once
    mov     dr0, eax
    mov     eax, 1
    mov     dr7, eax
    push    EFLAGS_RF | EFLAGS_FIXED
    push    CODE0
    push    .resumed
    iretd
.resumed:
    nop
    pushfd                                  ; RF is clear again
    pop     ebx
    mov     eax, 0
    mov     dr7, eax
    mov     dword [resume], .unpushed       ; parameters on a page that refuses
    call    enter_ring3
    mov     esp, TEST_PAGES + USER_WRITE_2 + 0xFFC
    call    CALL_INNER | 3:0
    int     0x20
.unpushed:
    mov     eax, 1 << 13                    ; GD refuses the debug registers
    mov     dr7, eax
    expect_fault mov ebx, dr0
    mov     ebx, dr7                        ; and is cleared by the fault: DR6.BD
    mov     eax, 1 << 13
    mov     dr7, eax
    expect_fault mov dr3, ebx
    mov     eax, 0
    mov     dr7, eax
    finish

%include "include/end.inc"
