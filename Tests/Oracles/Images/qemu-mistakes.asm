; qemu-mistakes.asm - INT1 (opcode F1h): #DB without DR6.BS, through a gate whose DPL does
; not matter; the single-step trap behind STI, which holds back interrupts only; -2^63
; divided by -1; and page faults of instructions that read and write.
;
; QEMU hands INT1 to its debugger instead of the guest, loses the trap behind STI, dies in
; that division, and says "read" where such an instruction faults.

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
    finish

%include "include/end.inc"
