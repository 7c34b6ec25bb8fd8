; control.asm - control, debug and model-specific registers, table registers, CR0.TS,
; the time-stamp counter's privilege, and code that changes itself.

%include "include/begin.inc"

main:
    call    control_registers
    call    debug_registers
    call    tables
    call    model_specific
    call    self_modifying
    finish

control_registers:
    pop     dword [.return]
    mov     eax, cr0
    mov     ebx, 0x12345678
    mov     cr2, ebx
    mov     ecx, cr2
    mov     eax, CR0_PG | CR0_NE | CR0_ET | CR0_PE | CR0_WP | CR0_AM | CR0_MP | CR0_TS
    mov     cr0, eax
    mov     ebx, cr0
    smsw    ecx
    clts
    mov     ebx, cr0
    mov     ax, 0x000E
    lmsw    ax                              ; cannot clear PE
    mov     ebx, cr0
    mov     ax, 1
    lmsw    ax
    mov     ebx, cr0
    smsw    [SCRATCH]
    mov     ecx, [SCRATCH]
    mov     eax, CR0_NORMAL
    mov     cr0, eax
    mov     eax, cr4
    mov     eax, CR4_TSD | CR4_DE | CR4_PSE
    mov     cr4, eax
    mov     ebx, cr4
    in_ring3 rdtsc
    mov     eax, 0
    mov     cr4, eax
    expect_fault db 0x0F, 0x20, 0xC8        ; CR1
    expect_fault db 0x0F, 0x22, 0xC8
    expect_fault db 0x0F, 0x20, 0xE8        ; CR5
    expect_fault db 0x0F, 0x20, 0xF8        ; CR7
    jmp     [.return]
.return:
    dd      0

debug_registers:
    pop     dword [.return]
    mov     eax, 0x00105678
    mov     dr0, eax
    mov     dr1, eax
    mov     dr2, eax
    mov     dr3, eax
    mov     ebx, dr0
    mov     ecx, dr1
    mov     edx, dr2
    mov     esi, dr3
    mov     ebx, dr6
    mov     ebx, dr7
    mov     eax, 0
    mov     dr7, eax
    mov     ebx, dr7                        ; bit 10 is always set
    mov     eax, CR4_DE
    mov     cr4, eax
    expect_fault db 0x0F, 0x21, 0xE0        ; MOV EAX, DR4
    expect_fault db 0x0F, 0x21, 0xE8        ; MOV EAX, DR5
    expect_fault db 0x0F, 0x23, 0xE0
    mov     eax, 0
    mov     cr4, eax
    db      0x0F, 0x21, 0xE0                ; the old names of DR6 and DR7
    db      0x0F, 0x21, 0xE8
    mov     eax, 0
    mov     dr0, eax
    mov     dr1, eax
    mov     dr2, eax
    mov     dr3, eax
    jmp     [.return]
.return:
    dd      0

tables:
    mov     ecx, 0
    mov     [SCRATCH], ecx
    mov     [SCRATCH + 4], ecx
    sgdt    [SCRATCH]
    mov     eax, [SCRATCH]
    mov     ebx, [SCRATCH + 4]
    sidt    [SCRATCH]
    mov     eax, [SCRATCH]
    mov     ebx, [SCRATCH + 4]
    lidt    [SCRATCH]
    sldt    eax
    str     eax
    ret

model_specific:
    pop     dword [.return]
    write_msr SYSENTER_CS, 0, 0x1234
    rdmsr
    write_msr SYSENTER_ESP, 0, 0xFEDCBA98
    rdmsr
    write_msr SYSENTER_EIP, 0, 0x87654321
    rdmsr
    write_msr STAR, 0x33334444, 0x11112222
    mov     eax, 0
    mov     edx, 0
    rdmsr
    write_msr EFER, 0, 0
    rdmsr
    expect_fault syscall                    ; EFER.SCE is clear
    in_ring3 syscall
    expect_fault sysret
    in_ring3 sysret
    write_msr SYSENTER_CS, 0, 0
    in_ring3 sysenter                       ; MSR 174h is null
    expect_fault sysenter
    expect_fault sysexit
    in_ring3 sysexit
    write_msr SYSENTER_CS, 0, CODE0
    in_ring3 sysexit
    write_msr EFER, 0, 1
    in_ring3 sysret
    write_msr EFER, 0, 0
    jmp     [.return]
.return:
    dd      0

; Writes to the instruction ahead, to the one being executed, and to another page's.
self_modifying:
    pop     dword [.return]
    mov     ecx, 3
.round:
    mov     byte [.changed + 1], cl
    jmp     .changed                        ; these processors need no jump; all permit it
.changed:
    mov     al, 0
    dec     ecx
    jnz     .round
    mov     byte [.nop], 0x43               ; INC EBX
    jmp     .nop
.nop:
    nop
    mov     dword [TEST_PAGES + USER_WRITE + 0x10], 0x00C307B0     ; MOV AL, 7; RET
    call    TEST_PAGES + USER_WRITE + 0x10
    mov     byte [TEST_FRAMES + 0x11], 9                            ; through its other address
    call    TEST_PAGES + USER_WRITE + 0x10
    mov     dword [TEST_PAGES + USER_WRITE_3 + 0xFFE], 0xC307B0     ; across two pages
    call    TEST_PAGES + USER_WRITE_3 + 0xFFE
    mov     byte [TEST_FRAMES + USER_READ_2], 0xC3
    call    TEST_PAGES + USER_WRITE_3 + 0xFFE
    mov     edi, .filled                    ; a string instruction writes what comes behind it
    mov     al, 0x43
    mov     ecx, 3
    rep stosb
    jmp     .filled
.filled:
    nop
    nop
    nop
    jmp     [.return]
align 4
.return:
    dd      0

%include "include/end.inc"
