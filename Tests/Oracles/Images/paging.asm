; paging.asm - page faults with every error code, CR0.WP, rights of both levels, accessed
; and dirty bits, 4 MiB pages, and what INVLPG and CR3 promise.

%include "include/begin.inc"

main:
    call    every_page
    mov     eax, CR0_NORMAL | CR0_WP
    mov     cr0, eax
    call    every_page
    mov     eax, CR0_NORMAL
    mov     cr0, eax
    call    fetches
    call    crossing
    call    marks
    call    invalidation
    call    large_pages
    call    implicit
    finish

; Reads and writes of one address in both rings, and the entries as they are afterwards.
%macro access 2                             ; page, its entry
    expect_fault mov eax, [%1]
    expect_fault mov [%1], ebx
    in_ring3 mov eax, [%1 + 0x123]
    in_ring3 mov [%1 + 0xFFC], eax
    mov     eax, [%2]
    mov     edx, [PAGE_DIRECTORY + ((%1) >> 22) * 4]
%endmacro

%macro each_right 1                         ; directory
    call    fresh
    access  %1 + USER_WRITE, entry_of(USER_WRITE)
    access  %1 + USER_READ, entry_of(USER_READ)
    access  %1 + SYSTEM_WRITE, entry_of(SYSTEM_WRITE)
    access  %1 + SYSTEM_READ, entry_of(SYSTEM_READ)
    access  %1 + ABSENT, entry_of(ABSENT)
%endmacro

every_page:
    pop     dword [.return]
    each_right TEST_PAGES
    each_right READONLY_DIRECTORY
    each_right SYSTEM_DIRECTORY
    call    fresh
    access  ABSENT_DIRECTORY, PAGE_DIRECTORY
    jmp     [.return]
.return:
    dd      0

; Entries without accessed and dirty bits, and nothing remembered of the old ones.
fresh:
    call    reset_test_pages
    and     dword [PAGE_DIRECTORY + (TEST_PAGES >> 22) * 4], ~0x60
    and     dword [PAGE_DIRECTORY + (READONLY_DIRECTORY >> 22) * 4], ~0x60
    and     dword [PAGE_DIRECTORY + (SYSTEM_DIRECTORY >> 22) * 4], ~0x60
    mov     eax, cr3
    mov     cr3, eax
    ret

fetches:
    pop     dword [.return]
    call    fresh
    mov     dword [TEST_PAGES + USER_WRITE], 0xC3C3C3C3
    expect_fault call TEST_PAGES + USER_WRITE
    in_ring3 call TEST_PAGES + USER_WRITE
    in_ring3 call TEST_PAGES + SYSTEM_WRITE
    in_ring3 call TEST_PAGES + ABSENT
    expect_fault call TEST_PAGES + ABSENT
    in_ring3 jmp ABSENT_DIRECTORY
    in_ring3 jmp SYSTEM_DIRECTORY + USER_WRITE
    mov     byte [TEST_PAGES + USER_WRITE_2 + 0xFFF], 0xB8  ; MOV EAX, imm32 into the absent page
    expect_fault jmp TEST_PAGES + USER_WRITE_2 + 0xFFF
    in_ring3 jmp TEST_PAGES + USER_WRITE_2 + 0xFFF
    mov     byte [TEST_PAGES + USER_WRITE_2 + 0xFFF], 0xC3  ; RET is whole
    expect_fault call TEST_PAGES + USER_WRITE_2 + 0xFFF
    jmp     [.return]
.return:
    dd      0

; Accesses that begin on one page and end on the next. CR2 is the first byte refused.
crossing:
    pop     dword [.return]
    call    fresh
    mov     dword [TEST_PAGES + USER_WRITE_2 + 0xFFC], 0x11223344
    expect_fault mov eax, [TEST_PAGES + USER_WRITE_2 + 0xFFD]
    expect_fault mov [TEST_PAGES + USER_WRITE_2 + 0xFFD], eax
    mov     ebx, [TEST_PAGES + USER_WRITE_2 + 0xFFC]        ; nothing was written
    mov     ebx, [entry_of(USER_WRITE_2)]
    in_ring3 mov ax, [TEST_PAGES + USER_WRITE_2 + 0xFFF]
    in_ring3 mov [TEST_PAGES + USER_WRITE_3 + 0xFFE], eax
    mov     ebx, [TEST_PAGES + USER_WRITE_3 + 0xFFC]
    in_ring3 mov [TEST_PAGES + ABSENT + 0xFFE], eax         ; the first page is the bad one
    in_ring3 inc dword [TEST_PAGES + USER_WRITE_3 + 0xFFE]
    in_ring3 xchg [TEST_PAGES + USER_READ], eax
    expect_fault inc dword [TEST_PAGES + USER_READ]
    in_ring3 mov eax, [TEST_PAGES + USER_WRITE_3 + 0xFFE]
    mov     dword [resume], .pushed
    call    enter_ring3
    mov     esp, TEST_PAGES + USER_WRITE_3 + 0x1000
    push    eax
    mov     esp, TEST_PAGES + USER_READ_2 + 0x1000
    push    eax
    int     0x20
.pushed:
    jmp     [.return]
.return:
    dd      0

marks:
    call    fresh
    mov     eax, [entry_of(USER_WRITE)]     ; neither accessed nor dirty
    mov     ebx, [TEST_PAGES + USER_WRITE]
    mov     eax, [entry_of(USER_WRITE)]     ; accessed
    mov     edx, [PAGE_DIRECTORY + (TEST_PAGES >> 22) * 4]
    mov     [TEST_PAGES + USER_WRITE], ebx
    mov     eax, [entry_of(USER_WRITE)]     ; dirty, though it was remembered clean
    mov     [TEST_PAGES + SPARE], ebx
    mov     eax, [entry_of(SPARE)]
    and     dword [entry_of(SPARE)], ~0x60
    invlpg  [TEST_PAGES + SPARE]
    cmp     [TEST_PAGES + SPARE], ebx
    mov     eax, [entry_of(SPARE)]
    ret

invalidation:
    pop     dword [.return]
    call    fresh
    mov     dword [TEST_PAGES + SPARE], 0x12345678
    mov     eax, [TEST_PAGES + USER_WRITE]
    mov     dword [entry_of(USER_WRITE)], TEST_FRAMES + SPARE + 7   ; another frame
    invlpg  [TEST_PAGES + USER_WRITE]
    mov     eax, [TEST_PAGES + USER_WRITE]
    mov     dword [entry_of(USER_WRITE)], 0
    mov     eax, cr3
    mov     cr3, eax
    expect_fault mov eax, [TEST_PAGES + USER_WRITE]
    mov     dword [entry_of(USER_WRITE)], TEST_FRAMES + 7   ; a present entry needs no INVLPG
    expect_fault mov eax, [TEST_PAGES + USER_WRITE]
    mov     dword [entry_of(USER_READ)], TEST_FRAMES + USER_READ + 7
    invlpg  [TEST_PAGES + USER_READ + 0xABC]
    in_ring3 mov [TEST_PAGES + USER_READ], eax
    mov     dword [PAGE_DIRECTORY + (ABSENT_DIRECTORY >> 22) * 4], TEST_TABLE + 7
    in_ring3 mov eax, [ABSENT_DIRECTORY + SPARE]
    mov     dword [PAGE_DIRECTORY + (ABSENT_DIRECTORY >> 22) * 4], 0
    mov     eax, CR0_NORMAL & ~CR0_PG       ; paging off and on
    mov     cr0, eax
    mov     ebx, [TEST_FRAMES + SPARE]
    mov     eax, CR0_NORMAL
    mov     cr0, eax
    expect_fault mov eax, [ABSENT_DIRECTORY]
    jmp     [.return]
.return:
    dd      0

large_pages:
    pop     dword [.return]
    mov     eax, cr4
    or      eax, CR4_PSE
    mov     cr4, eax
    call    .set_user
    expect_fault mov dword [LARGE_DIRECTORY + 0x100], 0xCAFE
    mov     eax, [PAGE_DIRECTORY + (LARGE_DIRECTORY >> 22) * 4]
    in_ring3 mov eax, [LARGE_DIRECTORY + 0x100]
    in_ring3 mov [LARGE_DIRECTORY + 0x3FFFFC], eax
    mov     eax, [PAGE_DIRECTORY + (LARGE_DIRECTORY >> 22) * 4]
    mov     dword [PAGE_DIRECTORY + (LARGE_DIRECTORY >> 22) * 4], 0x00800085    ; read-only
    mov     eax, cr3
    mov     cr3, eax
    in_ring3 mov eax, [LARGE_DIRECTORY + 0x12345]
    in_ring3 mov [LARGE_DIRECTORY + 0x12345], eax
    mov     eax, [PAGE_DIRECTORY + (LARGE_DIRECTORY >> 22) * 4]
    mov     dword [PAGE_DIRECTORY + (LARGE_DIRECTORY >> 22) * 4], 0x00800083    ; supervisor
    invlpg  [LARGE_DIRECTORY]
    in_ring3 mov eax, [LARGE_DIRECTORY + 0x12345]
    expect_fault mov eax, [LARGE_DIRECTORY + 0x100]
    mov     eax, cr4                        ; without PSE bit 7 means nothing
    and     eax, ~CR4_PSE
    mov     cr4, eax
    mov     dword [PAGE_DIRECTORY + (LARGE_DIRECTORY >> 22) * 4], TEST_TABLE + 0x87
    mov     eax, cr3
    mov     cr3, eax
    expect_fault mov eax, [LARGE_DIRECTORY + SPARE]
    expect_fault mov eax, [LARGE_DIRECTORY + ABSENT]
    mov     dword [PAGE_DIRECTORY + (LARGE_DIRECTORY >> 22) * 4], 0
    jmp     [.return]
.set_user:
    mov     dword [PAGE_DIRECTORY + (LARGE_DIRECTORY >> 22) * 4], 0x00800087
    invlpg  [LARGE_DIRECTORY]
    ret
.return:
    dd      0

; Accesses of the processor itself are ring 0's: a GDT on a supervisor page serves ring 3.
implicit:
    pop     dword [.return]
    call    fresh
    mov     esi, gdt
    mov     edi, TEST_PAGES + SYSTEM_WRITE
    mov     ecx, (gdt_end - gdt) / 4
    rep movsd
    lgdt    [.supervisor]
    in_ring3 mov es, bx
    mov     dword [resume], .loaded
    call    enter_ring3
    mov     eax, FRESH_DATA3 | 3
    mov     es, ax
    mov     ebx, es
    int     0x20
.loaded:
    mov     eax, [TEST_PAGES + SYSTEM_WRITE + FRESH_DATA3 + 4]  ; accessed
    lgdt    [gdt_register]
    jmp     [.return]
align 4
    dw      0
.supervisor:
    dw      gdt_end - gdt - 1
    dd      TEST_PAGES + SYSTEM_WRITE
.return:
    dd      0

%include "include/end.inc"
