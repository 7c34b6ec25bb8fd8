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
    in_ring3 mov eax, [LARGE_DIRECTORY + 0x100]
    in_ring3 mov [LARGE_DIRECTORY + 0x100], eax
    mov     eax, 0
    mov     cr4, eax
    finish

%include "include/end.inc"
