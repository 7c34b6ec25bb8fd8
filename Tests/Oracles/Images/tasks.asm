; tasks.asm - task switches by JMP, CALL, IRET, INT and exceptions, through task gates and
; to the TSS itself; what is saved in the old TSS; refusals.

%include "include/begin.inc"
%include "include/task.inc"

main:
    mov     dword [tss + TSS_CR3], PAGE_DIRECTORY   ; read, never written, by a switch
    mov     dword [tss + TSS_LDT], LDT
    call    calls
    call    jumps
    call    interrupts
    call    outer_ring
    call    refused
    finish

; Everything that a switch changes, into registers.
%macro look 0
    str     eax
    mov     ebx, [gdt + TSS + 4]            ; busy?
    mov     ecx, [gdt + TSS_B + 4]
    mov     edx, [tss_b + TSS_LINK]
    mov     esi, [tss + TSS_EIP]
    mov     edi, [tss + TSS_EFLAGS]
    mov     ebp, cr0                        ; TS is set by every switch
    pushfd
    pop     ebx
    sldt    ebx
%endmacro

calls:
    pop     dword [.return]
    mov     ebx, .task
    call    prepare
    mov     eax, 0x11111111
    mov     ebp, 0x22222222
    call    TSS_B:0                         ; nested: link, NT, both busy
    look
    clts
    mov     eax, [tss_b + TSS_EIP]          ; where IRET left task B
    mov     ebx, [tss_b + TSS_EAX]
    mov     ecx, [tss_b + TSS_EFLAGS]
    mov     ebx, .task
    call    prepare
    call    TASK_GATE:0x1234
    look
    clts
    jmp     [.return]
.task:
    look
    clts
    mov     eax, [tss + TSS_EAX]
    mov     ebx, [tss + TSS_ESP]
    mov     ecx, [tss + TSS_CS]
    mov     edx, [tss + TSS_SS]
    mov     esi, [tss + TSS_DS]
    mov     edi, [tss + TSS_GS]
    mov     edx, fs
    iretd
    nop
.return:
    dd      0

; JMP nests nothing and frees the old task.
jumps:
    pop     dword [.return]
    mov     ebx, .task
    call    prepare
    jmp     TSS_B:0
    look
    clts
    mov     ebx, .gate_task
    call    prepare
    jmp     TASK_GATE:0
    look
    clts
    jmp     [.return]
.task:
    look
    clts
    jmp     TSS:0
.gate_task:
    look
    clts
    jmp     TSS:0
.return:
    dd      0

interrupts:
    pop     dword [.return]
    mov     ebx, .task
    call    prepare
    int     0x2C
    look
    clts
    mov     eax, [idt + 0x0D * 8]           ; #GP as a task: the error code goes onto its stack
    mov     [.gate], eax
    mov     eax, [idt + 0x0D * 8 + 4]
    mov     [.gate + 4], eax
    mov     dword [idt + 0x0D * 8], TSS_B << 16
    mov     dword [idt + 0x0D * 8 + 4], 0xE500
    mov     ebx, .error_task
    call    prepare
    mov     eax, OUTSIDE
    mov     es, ax                          ; restarts with a good selector
    look
    clts
    mov     ebx, .error_task
    call    prepare
    in_ring3 mov es, ax                     ; INT 20h ends this one as ever
    clts
    mov     eax, [.gate]
    mov     [idt + 0x0D * 8], eax
    mov     eax, [.gate + 4]
    mov     [idt + 0x0D * 8 + 4], eax
    jmp     [.return]
.task:
    look
    clts
    iretd
.error_task:
    mov     eax, [esp]
    mov     ebx, esp
    add     esp, 4
    and     dword [tss + TSS_EFLAGS], ~(MASK_RF << 16)
    mov     ecx, [tss + TSS_EFLAGS]
    mov     dword [tss + TSS_EAX], DATA3 | 3
    look
    clts
    iretd
align 4
.gate:
    dd      0, 0
.return:
    dd      0

; Out of ring 3 and into it.
outer_ring:
    pop     dword [.return]
    mov     ebx, .task
    call    prepare
    mov     dword [resume], .from_ring3
    call    enter_ring3
    call    TASK_GATE | 3:0                 ; the gate's DPL is 3
    mov     ebx, esp
    int     0x20
.from_ring3:
    clts
    in_ring3 call TSS_B:0                   ; the TSS's own DPL is 0
    in_ring3 jmp TSS_B | 3:0
    mov     ebx, .user_task
    call    prepare
    mov     dword [tss_b + TSS_CS], CODE3 | 3
    mov     dword [tss_b + TSS_SS], DATA3 | 3
    mov     dword [tss_b + TSS_ESP], USER_STACK_TOP
    call    TSS_B:0
    look
    clts
    jmp     [.return]
.task:
    look
    clts
    iretd
.user_task:
    mov     eax, cs
    mov     ebx, ss
    mov     ecx, fs
    pushfd
    pop     ebx
    iretd
.return:
    dd      0

refused:
    pop     dword [.return]
    mov     ebx, 0
    call    prepare
    expect_fault call TSS:0                 ; busy
    expect_fault jmp TSS:0
    expect_fault call TSS_ABSENT:0
    expect_fault jmp TASK_GATE_ABSENT:0
    in_ring3 call TASK_GATE_ABSENT | 3:0
    mov     ebx, [gdt + TSS_B]
    mov     word [gdt + TSS_B], 0x66        ; too short
    expect_fault call TSS_B:0
    expect_fault call TASK_GATE:0
    mov     [gdt + TSS_B], ebx
    mov     ebx, [gdt + TASK_GATE]
    mov     word [gdt + TASK_GATE + 2], TSS ; busy, by gate
    expect_fault call TASK_GATE:0
    mov     word [gdt + TASK_GATE + 2], DATA0
    expect_fault call TASK_GATE:0
    mov     word [gdt + TASK_GATE + 2], OUTSIDE
    expect_fault call TASK_GATE:0
    mov     word [gdt + TASK_GATE + 2], NULL
    expect_fault call TASK_GATE:0
    mov     [gdt + TASK_GATE], ebx
    mov     word [tss + TSS_LINK], DATA0    ; IRET to what is no busy TSS
    push    EFLAGS_NT | EFLAGS_FIXED
    popfd
    expect_fault iretd
    mov     word [tss + TSS_LINK], TSS_B    ; available
    push    EFLAGS_NT | EFLAGS_FIXED
    popfd
    expect_fault iretd
    mov     word [tss + TSS_LINK], OUTSIDE
    push    EFLAGS_NT | EFLAGS_FIXED
    popfd
    expect_fault iretd
    mov     word [tss + TSS_LINK], 0
    jmp     [.return]
.return:
    dd      0

%include "include/end.inc"
