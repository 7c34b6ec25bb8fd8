; selectors.asm - LAR, LSL, VERR, VERW and ARPL for every descriptor with every RPL in
; both rings; accessed bits; LLDT and LTR.

%include "include/begin.inc"

main:
    call    queries
    mov     dword [resume], .inside
    call    enter_ring3
    call    queries
    int     0x20
.inside:
    call    adjust
    call    accessed
    call    task_and_local
    call    far_pointers
    finish

; EBX = a result only where ZF is set.
queries:
    mov     esi, 0
.selector:
    mov     ebx, 0x55555555
    mov     ecx, 0x66666666
    lar     ebx, esi
    lsl     ecx, esi
    verr    si
    verw    si
    lar     bx, si
    lsl     cx, si
    inc     esi
    test    esi, 3
    jnz     .selector
    add     esi, 4
    cmp     esi, LAST_SELECTOR + 8
    jb      .selector
    mov     esi, LDT_DATA3
    mov     edi, 5
.local:
    lar     ebx, esi
    lsl     ecx, esi
    verr    si
    verw    si
    add     esi, 8
    dec     edi
    jnz     .local
    mov     esi, OUTSIDE
    lar     ebx, esi
    verr    si
    mov     dword [SCRATCH], DATA3 | 3
    lar     ebx, [SCRATCH]
    lsl     ecx, [SCRATCH]
    verr    [SCRATCH]
    verw    [SCRATCH]
    ret

adjust:
    mov     edx, 0
.requested:
    mov     ecx, 0
.given:
    mov     eax, 0x1230
    or      eax, ecx
    mov     ebx, 0x4560
    or      ebx, edx
    arpl    ax, bx
    mov     [SCRATCH], ecx
    arpl    [SCRATCH], bx
    mov     esi, [SCRATCH]
    inc     ecx
    cmp     ecx, 4
    jb      .given
    inc     edx
    cmp     edx, 4
    jb      .requested
    ret

accessed:
    mov     eax, [gdt + FRESH_DATA3 + 4]
    mov     ebx, FRESH_DATA3 | 3
    lar     ecx, ebx
    mov     es, bx
    mov     eax, [gdt + FRESH_DATA3 + 4]
    lar     ecx, ebx
    mov     eax, [gdt + FRESH_CODE3 + 4]
    mov     ebx, FRESH_CODE3 | 3
    mov     fs, bx
    mov     eax, [gdt + FRESH_CODE3 + 4]
    mov     ebx, DATA3 | 3
    mov     es, bx
    mov     fs, bx
    ret

%macro load_task 1
    mov     eax, %1
    expect_fault ltr ax
    expect_fault lldt ax
    str     ebx
    sldt    ecx
%endmacro

task_and_local:
    pop     dword [.return]
    mov     eax, [gdt + TSS + 4]            ; busy
    load_task TSS                           ; a busy one cannot be loaded
    mov     eax, NULL
    lldt    ax
    mov     eax, 3
    lldt    ax
    sldt    ecx
    load_task CODE0
    load_task DATA3 | 3
    load_task TSS_ABSENT
    load_task LDT_ABSENT
    load_task OUTSIDE
    load_task LDT_DATA3
    load_task CALL_INNER
    mov     ebx, LDT_DATA3 | 3              ; LLDT of NULL leaves no LDT
    expect_fault mov es, bx
    lar     ecx, ebx
    mov     eax, LDT
    lldt    ax
    mov     es, bx
    mov     eax, TSS_B
    ltr     ax
    mov     eax, [gdt + TSS_B + 4]
    and     dword [gdt + TSS + 4], ~0x200   ; free again
    mov     eax, TSS
    ltr     ax
    mov     eax, [gdt + TSS + 4]
    and     dword [gdt + TSS_B + 4], ~0x200
    db      0x66
    str ax
    str     [SCRATCH]
    mov     ebx, [SCRATCH]
    sldt    [SCRATCH]
    mov     ebx, [SCRATCH]
    jmp     [.return]
.return:
    dd      0

far_pointers:
    pop     dword [.return]
    mov     dword [SCRATCH], 0x11223344
    mov     dword [SCRATCH + 4], DATA3 | 3
    les     eax, [SCRATCH]
    lfs     eax, [SCRATCH]
    lgs     eax, [SCRATCH]
    lds     eax, [SCRATCH]
    mov     dword [SCRATCH + 4], DATA0
    mov     dword [SCRATCH], TEST_STACK_TOP - 64
    lss     esp, [SCRATCH]
    mov     dword [SCRATCH + 4], OUTSIDE
    mov     eax, 0x77777777
    expect_fault les eax, [SCRATCH]         ; EAX stays
    expect_fault lss esp, [SCRATCH]
    mov     dword [SCRATCH + 4], DATA3 | 3
    expect_fault lss esp, [SCRATCH]
    expect_fault les eax, [TEST_PAGES + USER_WRITE_2 + 0xFFC]
    push    DATA3 | 3
    pop     es
    push    OUTSIDE
    expect_fault pop es                     ; ESP stays
    push    ABSENT_DATA3 | 3
    expect_fault pop gs
    push    fs
    pop     eax
    db      0x66
    push fs
    db      0x66
    pop fs
    push    NULL
    pop     gs
    mov     eax, gs
    mov     eax, DATA3 | 3
    mov     gs, ax
    jmp     [.return]
.return:
    dd      0

%include "include/end.inc"
