; single-step.asm - TF across every kind of instruction: where the trap comes, what it
; saves, and what DR6 says.

%include "include/begin.inc"

; Sets or clears TF. The trap that follows POPFD's own TF comes behind the next instruction.
%macro trap_on 0
    push    EFLAGS_TF | EFLAGS_FIXED
    popfd
%endmacro
%macro trap_off 0
    push    EFLAGS_FIXED
    popfd
%endmacro

main:
    call    plain
    call    stack_segment
    call    repeated
    call    faulting
    call    gates
    call    fast_calls
    call    returns
    finish

; With [resume] = 0 every trap returns, and the next instruction traps again.
plain:
    trap_on
    nop
    mov     eax, 1
    jmp     .next
.next:
    call    .routine
    push    eax
    pop     ebx
    pushfd                                  ; the pushed TF is set
    pop     ecx
    cli
    mov     eax, cr0
    mov     cr0, eax
    mov     eax, dr6                        ; the handler clears BS
    cpuid
    mov     eax, 0
    mov     ebx, 0
    mov     ecx, 0
    mov     edx, 0
    lea     esi, [eax + 4]
    xchg    eax, ebx
    jecxz   .taken
    nop
.taken:
    mov     ecx, 3
.loop:
    loop    .loop
    enter   8, 0
    leave
    trap_off
    nop
    ret
.routine:
    ret

; MOV SS and POP SS hold the trap back for one instruction.
stack_segment:
    mov     ebx, DATA0
    trap_on
    mov     ss, bx
    nop
    nop
    push    ebx
    pop     ss
    nop
    nop
    mov     ss, bx
    mov     esp, esp
    mov     ds, bx                          ; no other segment register does
    nop
    mov     ebx, DATA3 | 3
    mov     ds, bx
    trap_off
    ret

; One trap for each round.
repeated:
    mov     esi, main
    mov     edi, SCRATCH
    mov     ecx, 4
    trap_on
    rep movsb
    mov     ecx, 0
    rep movsd
    mov     ecx, 3
    mov     edi, SCRATCH
    repe scasb
    mov     ecx, 1
    rep stosd
    trap_off
    ret

; A fault instead of the instruction: no trap, and TF is clear in the handler. The saved
; EFLAGS show TF.
faulting:
    pop     dword [.return]
    mov     dword [resume], .divided
    mov     ecx, 0
    trap_on
    div     ecx
.divided:
    nop
    mov     dword [user_flags], EFLAGS_TF | EFLAGS_FIXED
    mov     dword [resume], .ring3
    call    enter_ring3
    nop                                     ; the trap resumes at .ring3
    nop
.ring3:
    mov     dword [user_flags], EFLAGS_FIXED
    jmp     [.return]
.return:
    dd      0

; INT clears TF: no trap behind it, and none in the handler.
gates:
    mov     dword [user_flags], EFLAGS_FIXED
    trap_on
    int     0x20
    nop
    int     0x23
    nop
    int     0x28
    nop
    int3
    nop
    into
    nop
    trap_off
    ret

fast_calls:
    pop     dword [.return]
    write_msr SYSENTER_CS, 0, CODE0
    write_msr SYSENTER_ESP, 0, KERNEL_STACK_TOP
    write_msr SYSENTER_EIP, 0, .entered
    write_msr EFER, 0, 1
    write_msr STAR, CODE3 << 16 | CODE0, .called
    call    enter_ring3
    push    EFLAGS_TF | EFLAGS_FIXED
    popfd
    nop
    sysenter                                ; the trap comes at .entered, in ring 0
.entered:
    nop
    mov     edx, .exited
    mov     ecx, USER_STACK_TOP - 64
    sysexit
.exited:
    nop
    mov     eax, DATA3 | 3
    mov     ss, ax
    nop
    syscall                                 ; at .called, its frame on the user's stack
.after_call:
    nop
    push    EFLAGS_FIXED
    popfd
    mov     dword [resume], .end
    int     0x20
.called:
    nop
    sysret
.end:
    jmp     [.return]
.return:
    dd      0

; IRETD that loads TF: the trap comes behind the instruction it returns to. IRETD that
; is executed with TF set traps itself, even if it clears TF.
returns:
    pop     dword [.return]
    push    EFLAGS_TF | EFLAGS_FIXED
    push    CODE0
    push    .same_ring
    iretd
.same_ring:
    nop
    nop
    push    EFLAGS_FIXED
    push    CODE0
    push    .cleared
    iretd
.cleared:
    nop
    nop
    trap_on
    nop
    push    CODE0                           ; far calls and returns
    push    .far
    retf
.far:
    jmp     CODE0:.jumped
.jumped:
    call    CODE0:.routine
    trap_off
    mov     dword [user_flags], EFLAGS_TF | EFLAGS_FIXED
    call    enter_ring3
    nop
    push    EFLAGS_FIXED
    push    CODE3 | 3
    push    .user
    iretd
.user:
    nop
    mov     dword [resume], .end
    int     0x20
.end:
    mov     dword [user_flags], EFLAGS_FIXED
    trap_on
    push    DATA3 | 3                       ; RETF to ring 3
    push    USER_STACK_TOP
    push    CODE3 | 3
    push    .outer
    retf
.outer:
    nop
    push    EFLAGS_FIXED
    popfd
    mov     dword [resume], .done
    int     0x20
.done:
    jmp     [.return]
.routine:
    retf
.return:
    dd      0

%include "include/end.inc"
