; incoming-tasks.asm - a task whose TSS holds a bad selector: the fault strikes inside the
; new task, with its EIP.
;
; QEMU saves an EIP that mixes the old task's with the new one's.

BEYOND_QEMU         equ 1
%include "include/begin.inc"
%include "include/task.inc"

main:
    mov     dword [tss + TSS_CR3], PAGE_DIRECTORY
    mov     dword [tss + TSS_LDT], LDT
    call    incoming_faults
    finish

; Back into the first task after a fault that struck in task B.
recover:
    and     dword [gdt + TSS + 4], ~0x200
    and     dword [gdt + TSS_B + 4], ~0x200
    mov     eax, TSS
    ltr     ax
    mov     eax, LDT
    lldt    ax
    clts
    ret

; incoming FIELD, VALUE - the new task has a bad selector: the fault is the new task's, and
; its frame goes through TSS_B.ESP0.
%macro incoming 2
    mov     ebx, 0x7777
    call    prepare
    mov     dword [tss_b + TSS_CS], CODE3 | 3
    mov     dword [tss_b + TSS_SS], DATA3 | 3
    mov     dword [tss_b + TSS_ESP], USER_STACK_TOP
    mov     dword [tss_b + %1], %2
    expect_fault jmp TSS_B:0
    str     eax
    mov     ebx, [gdt + TSS + 4]
    mov     ecx, [gdt + TSS_B + 4]
    call    recover
%endmacro

incoming_faults:
    pop     dword [.return]
    incoming TSS_DS, OUTSIDE
    incoming TSS_ES, CODE0
    incoming TSS_FS, ABSENT_DATA3 | 3
    incoming TSS_GS, DATA0
    jmp     [.return]
.return:
    dd      0

%include "include/end.inc"
