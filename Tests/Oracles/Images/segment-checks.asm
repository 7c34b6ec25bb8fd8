; segment-checks.asm - limits, types and null selectors at every use of a segment, and
; alignment checks.
;
; QEMU checks none of them while it accesses memory.

BEYOND_QEMU         equ 1
%include "include/begin.inc"

; with_ds SELECTOR, INSTRUCTION - in ring 3
%macro with_ds 2+
    mov     dword [resume], %%behind
    call    enter_ring3
    mov     eax, 0
    mov     ebx, %1
    mov     ds, bx
    %2
    int     0x20
%%behind:
%endmacro

; with_ss SELECTOR, ESP, INSTRUCTION - in ring 3
%macro with_ss 3+
    mov     dword [resume], %%behind
    call    enter_ring3
    mov     ebx, %1
    mov     ecx, 0
    mov     edx, 0
    mov     ss, bx
    mov     esp, %2
    %3
    int     0x20
%%behind:
%endmacro

main:
    call    limits
    call    types
    call    null_selectors
    call    expand_down
    call    stacks
    call    code
    call    alignment
    finish

limits:
    pop     dword [.return]
    with_ds LIMITED3 | 3, mov eax, [0xFFC]
    with_ds LIMITED3 | 3, mov eax, [0xFFD]
    with_ds LIMITED3 | 3, mov ax, [0xFFE]
    with_ds LIMITED3 | 3, mov ax, [0xFFF]
    with_ds LIMITED3 | 3, mov al, [0xFFF]
    with_ds LIMITED3 | 3, mov al, [0x1000]
    with_ds LIMITED3 | 3, mov [0xFFD], eax
    with_ds LIMITED3 | 3, mov [0xFFFFFFFF], al
    with_ds LIMITED3 | 3, add dword [0xFFF], 1
    with_ds LIMITED3 | 3, push dword [0xFFD]
    with_ds LIMITED3 | 3, pop dword [0xFFD]
    with_ds LIMITED3 | 3, bt dword [0xFFC], 31
    with_ds LIMITED3 | 3, sgdt [0xFFC]
    with_ds LIMITED3 | 3, les ecx, [0xFFB]
    with_ds LIMITED3 | 3, cmpxchg8b [0xFF9]
    with_ds LIMITED3 | 3, lea ecx, [0x2000]
    with_ds LIMITED3 | 3, invlpg [0x2000]
    mov     dword [resume], .copied         ; a string instruction past the limit
    call    enter_ring3
    mov     ebx, LIMITED3 | 3
    mov     es, bx
    mov     esi, SCRATCH
    mov     edi, 0xFF6
    mov     ecx, 8
    rep movsd
    int     0x20
.copied:
    jmp     [.return]
.return:
    dd      0

types:
    pop     dword [.return]
    with_ds READONLY3 | 3, mov eax, [SCRATCH]
    with_ds READONLY3 | 3, mov [SCRATCH], eax
    with_ds READONLY3 | 3, add [SCRATCH], eax
    with_ds READONLY3 | 3, cmp [SCRATCH], eax
    with_ds READONLY3 | 3, xchg [SCRATCH], eax
    with_ds CODE3 | 3, mov eax, [SCRATCH]
    with_ds CODE3 | 3, mov [SCRATCH], eax
    with_ds CONFORMING3 | 3, mov eax, [SCRATCH]
    with_ds CONFORMING3 | 3, mov [SCRATCH], eax
    in_ring3 mov [cs:SCRATCH], eax
    in_ring3 mov eax, [cs:SCRATCH]
    mov     dword [resume], .execute_only
    call    enter_ring3
    jmp     EXECUTEONLY3 | 3:.unreadable
.unreadable:
    mov     eax, [cs:SCRATCH]
    int     0x20
.execute_only:
    jmp     [.return]
.return:
    dd      0

null_selectors:
    pop     dword [.return]
    with_ds 0, mov eax, [SCRATCH]
    with_ds 1, mov eax, [SCRATCH]
    with_ds 2, mov [SCRATCH], eax
    with_ds 3, add [SCRATCH], eax
    with_ds 0, lodsb
    with_ds 0, lea eax, [SCRATCH]
    with_ds 0, xlatb
    with_ds 0, verr [SCRATCH]
    jmp     [.return]
.return:
    dd      0

expand_down:
    pop     dword [.return]
    with_ds EXPANDDOWN3 | 3, mov eax, [SCRATCH]
    with_ds EXPANDDOWN3 | 3, mov eax, [0x100000]
    with_ds EXPANDDOWN3 | 3, mov al, [0xFFFFF]
    with_ds EXPANDDOWN3 | 3, mov eax, [0xFFFFF]
    with_ds EXPANDDOWN3 | 3, mov eax, [0xFFFFE]
    with_ds EXPANDDOWN16_3 | 3, mov eax, [0xFFC]
    with_ds EXPANDDOWN16_3 | 3, mov eax, [0x1000]
    with_ds EXPANDDOWN16_3 | 3, mov eax, [0xFFFC]
    with_ds EXPANDDOWN16_3 | 3, mov eax, [0xFFFD]
    with_ds EXPANDDOWN16_3 | 3, mov al, [0x10000]
    jmp     [.return]
.return:
    dd      0

stacks:
    pop     dword [.return]
    with_ss LIMITED3 | 3, 0x1000, push eax
    with_ss LIMITED3 | 3, 0x1004, push eax
    with_ss LIMITED3 | 3, 0x1001, push eax
    with_ss LIMITED3 | 3, 0, push eax
    with_ss LIMITED3 | 3, 2, push eax
    with_ss LIMITED3 | 3, 0xFFD, pop eax
    with_ss LIMITED3 | 3, 0x1000, pop eax
    with_ss LIMITED3 | 3, 16, pushad
    with_ss LIMITED3 | 3, 0xFF0, popad
    with_ss LIMITED3 | 3, 0, call near_target
    with_ss LIMITED3 | 3, 0x1000, ret
    with_ss LIMITED3 | 3, 4, call CODE3 | 3:near_target
    with_ss LIMITED3 | 3, 0xFFC, retf
    with_ss LIMITED3 | 3, 0xFF8, iretd
    with_ss LIMITED3 | 3, 4, enter 8, 0
    with_ss LIMITED3 | 3, 0x1000, mov eax, [esp]
    with_ss LIMITED3 | 3, 0x1000, mov eax, [ebp + 0x1000]
    with_ss LIMITED3 | 3, 0x1000, leave
    with_ss DATA16_3 | 3, 0x80000002, pushfd
    jmp     [.return]
.return:
    dd      0

near_target:
    ret

code:
    pop     dword [.return]
    expect_fault int 0x2E                   ; a gate's offset past the limit
    in_ring3 int 0x2E
    expect_fault jmp LIMITED_CODE0:near_target
    expect_fault call LIMITED_CODE0:near_target
    push    LIMITED_CODE0
    push    near_target
    expect_fault retf
    push    EFLAGS_FIXED
    push    LIMITED_CODE0
    push    near_target
    expect_fault iretd
    jmp     [.return]
.return:
    dd      0

alignment:
    pop     dword [.return]
    mov     eax, CR0_NORMAL | CR0_AM
    mov     cr0, eax
    mov     dword [user_flags], EFLAGS_AC | EFLAGS_FIXED
    in_ring3 mov eax, [SCRATCH + 1]
    in_ring3 mov eax, [SCRATCH + 2]
    in_ring3 mov ax, [SCRATCH + 1]
    in_ring3 mov ax, [SCRATCH + 2]
    in_ring3 mov al, [SCRATCH + 1]
    in_ring3 mov [SCRATCH + 1], eax
    in_ring3 add [SCRATCH + 3], ax
    in_ring3 push dword [SCRATCH + 1]
    in_ring3 sgdt [SCRATCH + 1]
    with_ss DATA3 | 3, USER_STACK_TOP - 2, push eax
    mov     dword [user_flags], EFLAGS_FIXED
    in_ring3 mov eax, [SCRATCH + 1]
    push    EFLAGS_AC | EFLAGS_FIXED
    popfd
    mov     eax, [SCRATCH + 1]              ; ring 0 is never checked
    push    EFLAGS_FIXED
    popfd
    mov     eax, CR0_NORMAL
    mov     cr0, eax
    jmp     [.return]
.return:
    dd      0

%include "include/end.inc"
