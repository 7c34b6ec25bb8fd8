; breakpoints.asm - DR0 to DR3, DR6 and DR7: breakpoints on instructions, on data and their
; lengths.

%include "include/begin.inc"

; Fields of DR7 (SDM vol. 3, 17.2.4).
L0                  equ 1 << 0
G0                  equ 1 << 1
L1                  equ 1 << 2
G3                  equ 1 << 7
; Kinds and lengths for DR0; shift by 4 for each further register.
ON_EXECUTION        equ 0 << 16
ON_WRITE            equ 1 << 16
ON_ACCESS           equ 3 << 16
TWO_BYTES           equ 1 << 18
FOUR_BYTES          equ 3 << 18

; break_at REGISTER, ADDRESS, DR7
%macro break_at 3
    mov     eax, %2
    mov     %1, eax
    mov     eax, %3
    mov     dr7, eax
%endmacro
%macro no_breakpoints 0
    mov     eax, 0
    mov     dr7, eax
%endmacro

main:
    call    on_execution
    call    on_data
    finish

; A fault in front of the instruction: DR6.B0.
on_execution:
    pop     dword [.return]
    mov     dword [resume], .struck
    break_at dr0, .instruction, L0
    nop
.instruction:
    mov     ebx, 1                          ; never executed
    mov     ebx, 2
.struck:
    no_breakpoints
    break_at dr3, .disabled, 0              ; neither L nor G
.disabled:
    nop
    mov     dword [resume], .global
    break_at dr3, .other, G3
    jmp     .other
.other:
    mov     ebx, 3
.global:
    no_breakpoints
    mov     dword [resume], .end            ; in ring 3
    break_at dr0, .user, L0
    call    enter_ring3
.user:
    nop
.end:
    no_breakpoints
    jmp     [.return]
.return:
    dd      0

; A trap behind the instruction: [resume] = 0 goes on.
on_data:
    break_at dr0, SCRATCH + 4, L0 | ON_WRITE | FOUR_BYTES
    mov     ebx, [SCRATCH + 4]              ; a read does not count
    mov     [SCRATCH], ebx                  ; nor do neighbours
    mov     [SCRATCH + 8], ebx
    mov     [SCRATCH + 4], ebx
    nop
    mov     [SCRATCH + 7], bl
    nop
    mov     [SCRATCH + 2], ebx              ; reaches in
    nop
    add     dword [SCRATCH + 4], 1
    nop
    break_at dr0, SCRATCH + 4, L0 | ON_ACCESS | TWO_BYTES
    mov     ebx, [SCRATCH + 4]
    nop
    mov     bl, [SCRATCH + 6]
    mov     bl, [SCRATCH + 5]
    nop
    push    dword [SCRATCH + 4]
    pop     ebx
    break_at dr1, SCRATCH + 0x20, L0 | L1 | ON_ACCESS | TWO_BYTES | ON_WRITE << 4
    mov     [SCRATCH + 0x20], bl
    nop
    no_breakpoints
    mov     [SCRATCH + 0x20], bl
    ret

%include "include/end.inc"
