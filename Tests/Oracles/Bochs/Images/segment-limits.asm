; segment-limits.asm - what a segment's limit, type and selector refuse: QEMU lets most of it pass.
;
; The image needs no records: whoever runs it compares every step.

%include "include/begin.inc"

; Two descriptors that every test writes anew.
DATA_SLOT           equ FRESH_DATA3
CODE_SLOT           equ FRESH_CODE3

; describe SLOT, BASE, LIMIT (20 bits), ACCESS, FLAGS
%macro describe 5
    mov     dword [ss:gdt + %1], ((%2) & 0xFFFF) << 16 | (%3) & 0xFFFF
    mov     dword [ss:gdt + %1 + 4], (%2) & 0xFF000000 | (%5 | (%3) >> 16) << 16 | (%4) << 8 | ((%2) >> 16) & 0xFF
%endmacro

; attempt INSTRUCTION - in ring 0; goes on behind it, fault or not
%macro attempt 1+
    mov     dword [ss:resume], %%behind
    %1
%%behind:
%endmacro

; use BASE, LIMIT, ACCESS, FLAGS - FS becomes that segment
%macro use 4
    describe DATA_SLOT, %1, %2, %3, %4
    mov     eax, DATA_SLOT
    mov     fs, ax
    mov     eax, 0
%endmacro

; every size of operand at an offset in FS; what is written is zero
%macro operands 1
    attempt mov al, [fs:%1]
    attempt mov [fs:%1], al
    attempt mov ax, [fs:%1]
    attempt mov [fs:%1], ax
    attempt mov eax, [fs:%1]
    attempt mov [fs:%1], eax
    attempt add dword [fs:%1], 0
    attempt cmpxchg8b [fs:%1]
    attempt lgs ecx, [fs:%1]
    attempt bound eax, [fs:%1]
%endmacro

%macro below 1
    operands %1 - 9
    operands %1 - 8
    operands %1 - 7
    operands %1 - 6
    operands %1 - 5
    operands %1 - 4
    operands %1 - 3
    operands %1 - 2
    operands %1 - 1
    operands %1
%endmacro

main:
    call    stacks_of_ring3
    call    take_faults
    call    limits
    call    expand_down
    call    types
    call    null_selectors
    call    strings
    call    loads
    call    code_limits
    finish

; From here on a fault in ring 0 only resumes: no record.
take_faults:
    mov     edx, quick_handler
    mov     eax, quick_handler
    and     edx, 0xFFFF0000
    and     eax, 0xFFFF
    or      eax, CODE0 << 16
    or      edx, INTERRUPT_GATE0 << 8
    mov     ecx, 10
.gate:
    mov     [idt + ecx * 8], eax
    mov     [idt + ecx * 8 + 4], edx
    inc     ecx
    cmp     ecx, 15
    jb      .gate
    mov     [idt + 5 * 8], eax              ; BOUND
    mov     [idt + 5 * 8 + 4], edx
    mov     edx, 0
    mov     ecx, 0
    ret

; `main` calls with nothing on its stack but the return address.
quick_handler:
    mov     esp, TEST_STACK_TOP - 4
    jmp     [ss:resume]

WINDOW              equ SCRATCH + 0x2000    ; one page below and two above are free

limits:
    use     WINDOW, 0x00FFF, 0x93, BYTES
    below   0x1001
    operands 0
    operands 0xFFFFFFFF
    use     WINDOW, 0, 0x93, FLAT           ; limit FFFh, counted in pages
    below   0x1001
    use     WINDOW, 0, 0x93, BYTES          ; one byte
    operands 0
    operands 1
    use     WINDOW, 0x0FFFF, 0x93, 0        ; a 16-bit data segment differs in nothing
    operands 0xFFF8
    operands 0xFFFD
    mov     ebx, 0xFFFE                     ; 16-bit addresses do not wrap in an operand
    attempt mov ax, [fs:bx]
    attempt mov eax, [fs:bx]
    attempt mov al, [fs:bx + 2]
    use     WINDOW, 0xFFFFF, 0x93, FLAT     ; base + offset wraps at 4 GiB
    operands 0xFFFFFFF0
    operands 0xFFFFF000
    use     WINDOW, 0xFFFFE, 0x93, FLAT     ; the last page is missing
    below   0xFFFFF000
    ret

expand_down:
    use     WINDOW, 0x00FFF, 0x97, BYTES    ; 1000h to FFFFFFFFh
    operands 0
    operands 0xFF8
    operands 0xFFF
    operands 0x1000
    operands 0xFFFFFFF0
    use     WINDOW, 0x00000, 0x97, FLAT     ; the same
    operands 0xFFF
    operands 0x1000
    use     WINDOW, 0x00FFF, 0x97, 0        ; 1000h to FFFFh
    operands 0xFFF
    operands 0x1000
    below   0x10001
    use     WINDOW, 0xFFFFF, 0x97, FLAT     ; nothing at all
    operands 0
    operands 0xFFFFFFF0
    ret

types:
    use     WINDOW, 0xFFFFF, 0x91, FLAT     ; read-only
    operands 0x10
    use     WINDOW - 0x1000000, 0x00FFF, 0x95, FLAT ; read-only, expand-down
    operands 0x10
    operands 0x1000000
    use     WINDOW, 0xFFFFF, 0x9B, FLAT     ; readable code
    operands 0x10
    use     WINDOW, 0xFFFFF, 0x9F, FLAT     ; readable conforming code
    operands 0x10
    describe DATA_SLOT, WINDOW, 0xFFFFF, 0x99, FLAT ; execute-only: FS keeps the segment before
    mov     eax, DATA_SLOT
    attempt mov fs, ax
    describe CODE_SLOT, 0, 0xFFFFF, 0x99, FLAT
    jmp     CODE_SLOT:.unreadable
.unreadable:
    attempt mov al, [cs:main]
    attempt mov [cs:main], al
    jmp     CODE0:.readable
.readable:
    attempt mov al, [cs:main]
    attempt mov [cs:main], al
    ret

%macro null 1
    mov     eax, %1
    mov     ds, ax
    mov     es, ax
    mov     fs, ax
    mov     gs, ax
    attempt mov al, [ds:WINDOW]
    attempt mov [ds:WINDOW], eax
    attempt mov ax, [es:WINDOW]
    attempt mov [es:WINDOW], al
    attempt mov eax, [fs:WINDOW]
    attempt add dword [fs:WINDOW], eax
    attempt mov al, [gs:0]
    attempt xchg [gs:WINDOW], eax
    attempt lea eax, [WINDOW]
    attempt lodsb
    attempt stosd
    attempt movsb
    attempt cmpsd
    attempt scasb
    attempt xlatb
    attempt push dword [WINDOW]
    attempt pop dword [WINDOW]
    attempt lgdt [WINDOW]
    attempt sgdt [WINDOW]
    attempt invlpg [WINDOW]
    attempt mov [WINDOW], ss
    attempt jmp [WINDOW]
    attempt call [WINDOW]
%endmacro

null_selectors:
    null    0
    null    3
    mov     eax, DATA3 | 3
    mov     ds, ax
    mov     es, ax
    mov     gs, ax
    ret

; with ES and FS near their ends
%macro string 2
    mov     esi, %1
    mov     edi, %2
    attempt fs lodsd
    attempt stosw
    attempt fs movsd
    attempt fs cmpsw
    attempt scasd
    mov     ecx, 4
    attempt rep fs movsd
    mov     ecx, 4
    attempt rep stosb
    mov     ecx, 0
    attempt rep fs movsd
%endmacro

strings:
    use     WINDOW, 0x00FFF, 0x93, BYTES
    mov     es, [.slot]
    string  0xFF0, 0xFFD
    string  0xFF8, 0x10
    string  0xFFE, 0xFFC
    string  0x1000, 0x1000
    std
    string  8, 2
    string  0, 0
    cld
    mov     eax, DATA3 | 3
    mov     es, ax
    ret
.slot:
    dw      DATA_SLOT

; load REGISTER, SELECTOR - and back
%macro load 2
    mov     eax, %2
    attempt mov %1, ax
    mov     eax, DATA0
    mov     %1, ax
%endmacro

%macro all_selectors 1
    load    %1, 0
    load    %1, 3
    load    %1, DATA0
    load    %1, DATA0 | 1
    load    %1, DATA3
    load    %1, DATA3 | 3
    load    %1, CODE0
    load    %1, CONFORMING0
    load    %1, CONFORMING3 | 3
    load    %1, EXECUTEONLY3
    load    %1, READONLY0
    load    %1, READONLY3 | 3
    load    %1, ABSENT_DATA0
    load    %1, ABSENT_DATA3
    load    %1, TSS
    load    %1, LDT
    load    %1, CALL_INNER
    load    %1, OUTSIDE
    load    %1, 0xFFFC
    load    %1, LDT_DATA3
    load    %1, LDT_OUTSIDE
    load    %1, DATA1
    load    %1, DATA1 | 1
%endmacro

loads:
    all_selectors ss
    all_selectors ds
    all_selectors gs
    describe DATA_SLOT, 0, 0xFFFFF, 0x92, FLAT      ; accessed bit clear
    load    ss, DATA_SLOT
    describe DATA_SLOT, 0, 0xFFFFF, 0x12, FLAT      ; absent: the accessed bit stays clear
    load    ss, DATA_SLOT
    load    es, DATA_SLOT
    describe DATA_SLOT, 0, 0xFFFFF, 0x92, FLAT
    load    es, DATA_SLOT
    mov     eax, DATA3 | 3
    mov     ds, ax
    mov     es, ax
    ret

; run LIMIT - enters `limited` in a segment that ends there
%macro run 1
    describe CODE_SLOT, number(limited), %1, 0x9B, BYTES
    attempt jmp CODE_SLOT:0
%endmacro

%macro enter_at 2
    describe CODE_SLOT, number(limited), %1, 0x9B, BYTES
    attempt jmp CODE_SLOT:%2
%endmacro

code_limits:
%assign limit 0
%rep 24
    run     limit
%assign limit limit + 1
%endrep
    enter_at 0x0F, 0x10                     ; beyond the limit
    enter_at 0x0F, 0xFFFFFFFF
    enter_at 0x7F, limited.jump - limited
    enter_at 0x7F, limited.taken - limited
    enter_at 0x7F, limited.not_taken - limited
    enter_at 0x7F, limited.call - limited
    enter_at 0x7F, limited.return - limited
    enter_at 0x7F, limited.loop - limited
    enter_at 0x7F, limited.indirect - limited
    enter_at 0x7F, limited.operand16 - limited
    ret

align 16
limited:
    nop
    mov     eax, 0x12345678
    nop
    add     dword [ss:WINDOW], 1
    jmp     CODE0:.back
.jump:
    jmp     .far_away
.taken:
    cmp     eax, eax
    je      .far_away
.not_taken:
    cmp     eax, eax
    jne     .far_away
    jmp     CODE0:.back
.call:
    call    .far_away
.return:
    push    0x1000
    ret
.loop:
    mov     ecx, 2
    loop    .far_away
.indirect:
    mov     eax, 0xFFFFFFF0
    jmp     eax
.operand16:
    jmp     ax
    times 0x80 - ($ - limited) nop
.far_away:
    nop
.back:
    jmp     [ss:resume]

; on_stack SELECTOR, ESP, INSTRUCTION - in ring 3
%macro on_stack 3+
    mov     dword [resume], %%behind
    call    enter_ring3
    mov     eax, %1
    mov     ss, ax
    mov     esp, %2
    %3
    int     0x20
%%behind:
%endmacro

; uses the stack around its end, upwards or downwards
%macro stack_edges 2
    on_stack %1, %2, push eax
    on_stack %1, %2 + 1, push eax
    on_stack %1, %2 + 2, push ax
    on_stack %1, %2 + 3, push ax
    on_stack %1, %2, pushad                 ; whole or not at all: Bochs keeps what fitted
    on_stack %1, %2, pop eax
    on_stack %1, %2 - 3, pop eax
    on_stack %1, %2 - 4, pop ax
    on_stack %1, %2 - 16, popad
    on_stack %1, %2 + 4, call [ds:.target]
    on_stack %1, %2, enter 16, 0
    on_stack %1, %2, mov eax, [esp]
    on_stack %1, %2, mov eax, [ss:WINDOW]
%endmacro

stacks_of_ring3:
    pop     dword [.return]
    describe DATA_SLOT, SCRATCH, 0x00FFF, 0xF3, BYTES
    stack_edges LIMITED3 | 3, 0x1000
    stack_edges LIMITED3 | 3, 0
    stack_edges DATA_SLOT | 3, 0x1000
    describe DATA_SLOT, WINDOW, 0x00FFF, 0xF7, BYTES        ; expand-down, ESP
    stack_edges DATA_SLOT | 3, 0x1000
    describe DATA_SLOT, WINDOW, 0x00FFF, 0xF7, 0            ; expand-down, SP
    stack_edges DATA_SLOT | 3, 0x1000
    stack_edges DATA_SLOT | 3, 0x10000
    stack_edges DATA16_3 | 3, 0
    stack_edges DATA16_3 | 3, 0x10000
    jmp     [.return]
.called:
    int     0x20
.target:
    dd      .called
.return:
    dd      0

%include "include/end.inc"
