; lock-misuse.asm - LOCK before a register destination, and before instructions that do
; not write memory: #UD, whatever the ring.
;
; QEMU ignores most of these prefixes.

BEYOND_QEMU         equ 1
%include "include/begin.inc"

%macro locked 1                             ; opcode, on [EBX] and on EBX
    expect_fault db 0xF0, %1, 0x03
    expect_fault db 0xF0, %1, 0xC3
%endmacro

main:
    mov     ebx, SCRATCH
    mov     eax, 0
    locked  0x01                            ; ADD: only the first is allowed
    locked  0x03                            ; ADD from memory
    locked  0x39                            ; CMP
    locked  0x85                            ; TEST
    locked  0x87                            ; XCHG
    locked  0x89                            ; MOV
    locked  0x8B
    locked  0x8D                            ; LEA
    locked  0xFF                            ; INC
    locked  0xF6                            ; TEST imm8
    db      0x90
    expect_fault db 0xF0, 0x0F, 0xB1, 0xCB  ; CMPXCHG
    expect_fault db 0xF0, 0x0F, 0xC1, 0xCB  ; XADD
    expect_fault db 0xF0, 0x0F, 0xAB, 0xC3  ; BTS
    expect_fault db 0xF0, 0x0F, 0xA3, 0x03  ; BT
    expect_fault db 0xF0, 0x0F, 0xBA, 0x23, 1   ; BT imm8
    expect_fault db 0xF0, 0xF7, 0xD3        ; NOT
    expect_fault db 0xF0, 0xF7, 0x23        ; MUL
    expect_fault db 0xF0, 0xD1, 0x03        ; ROL
    expect_fault db 0xF0, 0x90
    expect_fault db 0xF0, 0xC3
    expect_fault db 0xF0, 0x50
    expect_fault db 0xF0, 0xCC
    expect_fault db 0xF0, 0xA4
    expect_fault db 0xF0, 0xF4
    expect_fault db 0xF0, 0xFA
    in_ring3 db 0xF0, 0xF4                  ; #UD comes before #GP
    in_ring3 db 0xF0, 0x0F, 0x20, 0xD8
    in_ring3 db 0x0F, 0x20, 0xC8            ; MOV EAX, CR1: no such register, in any ring
    in_ring3 db 0x0F, 0x22, 0xC8
    finish

%include "include/end.inc"
