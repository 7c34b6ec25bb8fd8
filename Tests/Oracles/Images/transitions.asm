; transitions.asm - every way between rings but call gates and tasks, going in with
; EFLAGS that each of them treats differently.

%include "include/begin.inc"

main:
    call    through_gates
    call    returns
    call    fast_calls
    call    far_transfers
    call    outer_rings
    finish

%macro interrupts 0
    in_ring3 int 0x20                       ; interrupt gate
    in_ring3 int 0x23                       ; trap gate
    in_ring3 int 0x28                       ; conforming: the ring stays
    in_ring3 int 0x30                       ; to ring 1
    in_ring3 int3
    in_ring3 into
    expect_fault int 0x20
    expect_fault int 0x23
    expect_fault int 0x28
    expect_fault int 0x21                   ; ring 0 may use a gate of DPL 0
    expect_fault int3
%endmacro

through_gates:
    pop     dword [.return]
    interrupts
    mov     dword [user_flags], EFLAGS_AWKWARD
    interrupts
    mov     dword [user_flags], EFLAGS_AWKWARD | EFLAGS_AC | EFLAGS_ID | EFLAGS_IOPL3
    interrupts
    mov     dword [resume], .awkward        ; ring 0 with the awkward flags
    push    EFLAGS_AWKWARD
    popfd
    int     0x20
.awkward:
    mov     dword [resume], .awkward_trap
    push    EFLAGS_AWKWARD
    popfd
    int     0x23
.awkward_trap:
    mov     dword [user_flags], EFLAGS_FIXED
    jmp     [.return]
.return:
    dd      0

; IRETD to the same ring and to ring 3, with 32-bit and 16-bit operands.
returns:
    pop     dword [.return]
    push    EFLAGS_AWKWARD & ~EFLAGS_NT
    push    CODE0
    push    .same_ring
    iretd
.same_ring:
    pushfd
    pop     ebx
    push    EFLAGS_AC | EFLAGS_ID | EFLAGS_IOPL3 | EFLAGS_FIXED
    push    CODE0
    push    .identified
    iretd
.identified:
    pushfd
    pop     ebx
    push    EFLAGS_FIXED
    popfd
    push    0
    popfd
    mov     dword [user_flags], EFLAGS_AWKWARD & ~EFLAGS_NT
    mov     dword [resume], .from_ring3
    call    enter_ring3
    push    EFLAGS_IOPL3 | EFLAGS_CF        ; ring 3 changes neither IOPL nor IF
    push    CODE3 | 3
    push    .still_ring3
    iretd
.still_ring3:
    pushfd
    pop     ebx
    int     0x20
.from_ring3:
    mov     dword [user_flags], EFLAGS_FIXED
    jmp     [.return]
.return:
    dd      0

fast_calls:
    pop     dword [.return]
    write_msr SYSENTER_CS, 0, CODE0
    write_msr SYSENTER_ESP, 0, KERNEL_STACK_TOP
    write_msr SYSENTER_EIP, 0, .entered
    write_msr EFER, 0, 1
    write_msr STAR, CODE3 << 16 | CODE0, .called
    call    .round
    mov     dword [user_flags], EFLAGS_AWKWARD
    call    .round
    mov     dword [user_flags], EFLAGS_AWKWARD | EFLAGS_AC | EFLAGS_ID | EFLAGS_IOPL3
    call    .round
    mov     dword [user_flags], EFLAGS_FIXED
    jmp     [.return]
.round:
    pop     dword [.round_return]
    mov     dword [resume], .round_end
    call    enter_ring3
    sysenter
.entered:
    pushfd
    pop     ebx
    mov     esi, cs
    mov     edi, ss
    mov     edx, .exited
    mov     ecx, USER_STACK_TOP - 64
    sysexit
.exited:
    mov     esi, cs
    mov     edi, ss
    pushfd
    pop     ebx
    push    ebx
    popfd
    mov     eax, DATA3 | 3                  ; reload SS: SYSRET leaves its hidden part alone
    mov     ss, ax
    syscall
.after_call:
    mov     esi, cs
    mov     edi, ss
    pushfd
    pop     ebx
    int     0x20
.called:
    mov     esi, cs
    mov     edi, ss
    pushfd
    pop     ebx
    sysret
.round_end:
    jmp     [.round_return]
.round_return:
    dd      0
.return:
    dd      0

far_transfers:
    pop     dword [.return]
    jmp     CODE0:.jumped
.jumped:
    jmp     far [.pointer]
.pointed:
    jmp     CONFORMING0:.conforming
.conforming:
    mov     eax, cs
    jmp     CODE0:.back
.back:
    call    CODE0:.far_routine
    call    far [.routine_pointer]
    call    CONFORMING0:.far_routine
    jmp     LDT_CODE0:.in_local
.in_local:
    mov     eax, cs
    jmp     CODE0:.global
.global:
    push    0x11111111                      ; RETF n drops the caller's arguments
    push    0x22222222
    call    CODE0:.far_arguments
    mov     ebx, esp
    mov     dword [resume], .from_ring3
    call    enter_ring3
    jmp     CODE3 | 3:.user_code
.user_code:
    jmp     CODE3:.any_rpl                  ; the RPL may be less than CPL
.any_rpl:
    mov     eax, cs
    call    CODE3 | 3:.far_routine
    jmp     CONFORMING0:.user_conforming    ; ring 3 runs it as ring 3
.user_conforming:
    mov     eax, cs
    jmp     CONFORMING3:.user_conforming3
.user_conforming3:
    mov     eax, cs
    jmp     LDT_CODE3 | 3:.user_local
.user_local:
    mov     eax, cs
    int     0x20
.from_ring3:
    jmp     [.return]
.far_routine:
    mov     ecx, cs
    mov     edx, [esp + 4]
    retf
.far_arguments:
    retf    8
align 4
.pointer:
    dd      .pointed
    dw      CODE0
.routine_pointer:
    dd      .far_routine
    dw      CODE0
.return:
    dd      0

; RETF and IRETD outwards, to each ring; data segments of inner rings become null.
outer_rings:
    pop     dword [.return]
    mov     dword [resume], .from_ring1
    mov     eax, DATA0
    mov     ds, ax
    mov     eax, DATA1
    mov     es, ax
    mov     eax, CONFORMING0
    mov     fs, ax
    mov     eax, DATA3
    mov     gs, ax
    push    DATA1 | 1
    push    RING1_STACK_TOP
    push    CODE1 | 1
    push    .ring1
    retf
.ring1:
    mov     eax, ds
    mov     ebx, es
    mov     ecx, fs
    mov     edx, gs
    mov     eax, DATA2                      ; further out, with arguments on both stacks
    mov     es, ax
    push    DATA2 | 2
    push    RING2_STACK_TOP
    push    0x33333333
    push    CODE2 | 2
    push    .ring2
    retf    4
.ring2:
    mov     ebx, es
    mov     eax, DATA2
    mov     ds, ax
    push    DATA3 | 3
    push    USER_STACK_TOP
    push    EFLAGS_FIXED
    push    CODE3 | 3
    push    .ring3
    iretd
.ring3:
    mov     eax, ds
    mov     ebx, esp
    int     0x30                            ; from ring 3 to ring 1 and back
    int     0x20
.from_ring1:
    push    DATA3 | 3                       ; RETF n to ring 3
    push    USER_STACK_TOP
    push    0x44444444
    push    0x55555555
    push    CODE3 | 3
    push    .arguments
    mov     dword [resume], .end
    retf    8
.arguments:
    mov     ebx, esp
    int     0x20
.end:
    jmp     [.return]
.return:
    dd      0

%include "include/end.inc"
