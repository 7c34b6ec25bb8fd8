; privileges.asm - what only ring 0 may do, what IOPL and the TSS's port bitmap decide,
; and which flags POPF and IRETD change in which ring.

%include "include/begin.inc"

main:
    call    ring0_only
    mov     dword [user_flags], EFLAGS_IOPL3 | EFLAGS_FIXED
    call    ring0_only                      ; IOPL opens none of them
    mov     dword [user_flags], EFLAGS_FIXED
    call    interrupt_flag
    call    ports
    call    flag_images
    finish

ring0_only:
    pop     dword [.return]
    in_ring3 hlt
    in_ring3 clts
    in_ring3 lgdt [gdt_register]
    in_ring3 lidt [idt_register]
    in_ring3 lldt ax
    in_ring3 ltr ax
    in_ring3 lmsw ax
    in_ring3 invlpg [SCRATCH]
    in_ring3 invd
    in_ring3 wbinvd
    in_ring3 mov eax, cr0
    in_ring3 mov eax, cr2
    in_ring3 mov eax, cr3
    in_ring3 mov eax, cr4
    in_ring3 mov cr0, eax
    in_ring3 mov cr2, eax
    in_ring3 mov cr3, eax
    in_ring3 mov cr4, eax
    in_ring3 mov eax, dr0
    in_ring3 mov eax, dr6
    in_ring3 mov dr3, eax
    in_ring3 mov dr7, eax
    in_ring3 rdmsr
    in_ring3 wrmsr
    in_ring3 sysexit
    in_ring3 sgdt [SCRATCH]                 ; these are open to everybody
    in_ring3 sidt [SCRATCH + 8]
    in_ring3 sldt eax
    in_ring3 str eax
    in_ring3 smsw eax
    in_ring3 cpuid
    jmp     [.return]
.return:
    dd      0

; CLI and STI with each IOPL in each ring.
%macro with_iopl 1
    mov     dword [user_flags], ((%1) << 12) | EFLAGS_FIXED
    in_ring3 cli
    in_ring3 sti
    in_ring3 in al, dx
    mov     dword [user_flags], ((%1) << 12) | EFLAGS_IF | EFLAGS_FIXED
    in_ring3 cli
    mov     dword [resume], %%ring1
    push    DATA1 | 1
    push    RING1_STACK_TOP
    push    ((%1) << 12) | EFLAGS_FIXED
    push    CODE1 | 1
    push    %%in_ring1
    iretd
%%in_ring1:
    sti
    nop
    pushfd
    pop     ebx
    cli
    int     0x20
%%ring1:
%endmacro

interrupt_flag:
    pop     dword [.return]
    mov     edx, 0x58
    with_iopl 0
    with_iopl 1
    with_iopl 2
    with_iopl 3
    mov     dword [user_flags], EFLAGS_FIXED
    jmp     [.return]
.return:
    dd      0

; The bitmap opens ports 50h and 54h to 57h.
ports:
    pop     dword [.return]
    mov     eax, 0x11223344
    mov     dword [user_flags], EFLAGS_FIXED
    in_ring3 in al, 0x50
    in_ring3 in al, 0x51
    in_ring3 in al, 0x53
    in_ring3 in al, 0x54
    in_ring3 in ax, 0x54
    in_ring3 in eax, 0x54
    in_ring3 in ax, 0x53
    in_ring3 in ax, 0x57
    in_ring3 in eax, 0x55
    in_ring3 out 0x50, al
    in_ring3 out 0x51, al
    in_ring3 out 0x54, eax
    in_ring3 out 0x56, ax
    in_ring3 in al, 0x80
    mov     edx, 0x88                       ; beyond the bitmap
    in_ring3 in al, dx
    mov     edx, 0xFFFF
    in_ring3 in al, dx
    mov     edx, 0x54
    in_ring3 in eax, dx
    in_ring3 out dx, al
    mov     edi, SCRATCH
    in_ring3 insd
    mov     edi, SCRATCH
    mov     ecx, 2
    in_ring3 rep insb
    mov     esi, SCRATCH
    in_ring3 outsb
    mov     edx, 0x51
    mov     edi, SCRATCH
    mov     ecx, 2
    in_ring3 rep insb
    in_ring3 outsd
    mov     word [tss + 0x66], 0xFFFF       ; no bitmap at all
    in_ring3 in al, 0x54
    mov     word [tss + 0x66], tss_end - tss
    in_ring3 in al, 0
    mov     word [tss + 0x66], tss_end - tss - 1
    in_ring3 in al, 0
    mov     word [tss + 0x66], tss_ports - tss
    mov     dword [user_flags], EFLAGS_IOPL3 | EFLAGS_FIXED
    in_ring3 in al, 0x51
    in_ring3 out 0x51, al
    mov     dword [user_flags], EFLAGS_FIXED
    jmp     [.return]
.return:
    dd      0

; POPFD and POPF of all ones and of all zeros, in each ring with each IOPL.
%macro images 0
    push    0x003C7FD7 & ~(EFLAGS_TF | 0x20000 | 0x180000)
    popfd
    pushfd
    pop     ebx
    push    0
    popfd
    pushfd
    pop     ebx
    push    0xFFFFFEFF & ~0x1A0000
    popfd
    pushfd
    pop     ebx
    push    0
    popf
    db      0x66
    pushf
    db      0x66
    popf
    pushfd
    pop     ebx
    push    word 0xFEFF
    db      0x66
    popf
    pushfd
    pop     ebx
    push    word 0
    db      0x66
    popf
    pushfd
    pop     ebx
%endmacro

flag_images:
    pop     dword [.return]
    images
    push    EFLAGS_FIXED
    popfd
%assign level 0
%rep 4
    mov     dword [user_flags], (level << 12) | EFLAGS_FIXED
    call    .in_ring3
%assign level level + 1
%endrep
    mov     dword [user_flags], EFLAGS_FIXED
    jmp     [.return]
.in_ring3:
    pop     dword [.back]
    mov     dword [resume], .resumed
    call    enter_ring3
    images
    push    0x003C7FD7 & ~(EFLAGS_TF | EFLAGS_NT | 0x1A0000)
    push    CODE3 | 3
    push    .returned
    iretd
.returned:
    pushfd
    pop     ebx
    push    word 0x3FD7 & ~EFLAGS_TF
    push    word CODE3 | 3
    push    word 0
    mov     eax, 0
    int     0x20
.resumed:
    jmp     [.back]
.back:
    dd      0
.return:
    dd      0

%include "include/end.inc"
