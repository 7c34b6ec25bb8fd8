; instruction-sets.asm - instructions that some processors have and others lack, each once, in ring 0.
;
; A fault leads to `undefined` (#UD), `unavailable` (#NM) or `refused` (all others) with the instruction's number in ESI.
; It goes on behind the instruction, which `next` holds. A number is where the instruction stands in the list.

%include "include/begin.inc"

; point VECTOR, HANDLER
%macro point 2
    mov     eax, %2
    mov     edx, %2
    and     eax, 0xFFFF
    or      eax, CODE0 << 16
    and     edx, 0xFFFF0000
    or      edx, INTERRUPT_GATE0 << 8
    mov     [idt + %1 * 8], eax
    mov     [idt + %1 * 8 + 4], edx
%endmacro

%assign number_of_test 0
; try BYTES - every register but ESI and ESP may change
%macro try 1+
    mov     esi, number_of_test
    mov     dword [next], %%behind
    mov     eax, 0
    mov     ebx, SCRATCH
    mov     ecx, 0
    mov     edx, 0
    db      %1
%%behind:
%assign number_of_test number_of_test + 1
%endmacro

main:
    point   6, undefined
    point   7, unavailable
    point   10, refused
    point   13, refused
    point   14, refused
    mov     eax, CR0_NORMAL | CR0_EM        ; as NT runs without an x87 unit
    mov     cr0, eax
    try     0x0F, 0x34                      ; 0 SYSENTER, MSR 174h being zero
    try     0x0F, 0x35                      ; 1 SYSEXIT
    try     0x0F, 0x05                      ; 2 SYSCALL, SCE being clear
    try     0x0F, 0x07                      ; 3 SYSRET
    try     0x0F, 0x44, 0xC0                ; 4 CMOVE EAX, EAX
    try     0x0F, 0x4F, 0x03                ; 5 CMOVG EAX, [EBX]
    try     0x0F, 0xA2                      ; 6 CPUID
    try     0x0F, 0x31                      ; 7 RDTSC
    try     0x0F, 0x33                      ; 8 RDPMC
    try     0x0F, 0xC7, 0x0B                ; 9 CMPXCHG8B [EBX]
    try     0x0F, 0xC7, 0xC8                ; 10 CMPXCHG8B with a register
    try     0x0F, 0xB1, 0x0B                ; 11 CMPXCHG [EBX], ECX
    try     0x0F, 0xC1, 0x0B                ; 12 XADD [EBX], ECX
    try     0x0F, 0xC8                      ; 13 BSWAP EAX
    try     0x0F, 0x01, 0x3B                ; 14 INVLPG [EBX]
    try     0x0F, 0x08                      ; 15 INVD
    try     0x0F, 0x09                      ; 16 WBINVD
    try     0xB9, 0x10, 0, 0, 0, 0x0F, 0x32 ; 17 RDMSR of the time-stamp counter
    try     0xB9, 0x74, 1, 0, 0, 0x0F, 0x32 ; 18 RDMSR 174h
    try     0xB9, 0x81, 0, 0, 0xC0, 0x0F, 0x32 ; 19 RDMSR of STAR
    try     0xB9, 0x80, 0, 0, 0xC0, 0x0F, 0x32 ; 20 RDMSR of EFER
    try     0xB9, 0x34, 0x12, 0, 0, 0x0F, 0x32 ; 21 RDMSR of a number that nobody has
    try     0x0F, 0x0B                      ; 22 UD2
    try     0x0F, 0xB9, 0xC0                ; 23 UD1
    try     0x0F, 0xFF, 0xC0                ; 24 UD0
    try     0x0F, 0xAA                      ; 25 RSM outside of system management mode
    try     0xD9, 0xC0                      ; 26 FLD, with EM
    try     0xDA, 0xC1                      ; 27 FCMOVB, with EM
    try     0x9B                            ; 28 FWAIT, with EM
    try     0x0F, 0x77                      ; 29 EMMS, with EM
    try     0x0F, 0x6F, 0xC0                ; 30 MOVQ MM0, MM0, with EM
    try     0x0F, 0x10, 0xC0                ; 31 MOVUPS XMM0, XMM0, with EM
    try     0x0F, 0x0E                      ; 32 FEMMS, with EM
    try     0x0F, 0xA6, 0xC0                ; 33
    try     0x0F, 0x24, 0xC0                ; 34 MOV EAX, TR0
    try     0x0F, 0x20, 0xC8                ; 35 MOV EAX, CR1
    try     0x0F, 0x20, 0xE0                ; 36 MOV EAX, CR4
    try     0x0F, 0x20, 0xE8                ; 37 MOV EAX, CR5
    try     0x0F, 0x21, 0xE0                ; 38 MOV EAX, DR4
    try     0x8C, 0xF0                      ; 39 MOV EAX, no such segment register
    try     0x8E, 0xC8                      ; 40 MOV CS, AX
    try     0xF0, 0x90                      ; 41 LOCK NOP
    try     0xF0, 0x01, 0xC0                ; 42 LOCK ADD EAX, EAX
    try     0xF0, 0x01, 0x03                ; 43 LOCK ADD [EBX], EAX
    try     0xF0, 0x8B, 0x03                ; 44 LOCK MOV
    try     0xF0, 0x0F, 0xA3, 0x03          ; 45 LOCK BT
    try     0xF0, 0x0F, 0xAB, 0x03          ; 46 LOCK BTS
    try     0x8D, 0xC0                      ; 47 LEA with a register
    try     0x62, 0xC0                      ; 48 BOUND with a register
    try     0xC5, 0xC0                      ; 49 LDS with a register
    try     0xFE, 0xD0                      ; 50 FE /2
    try     0xFF, 0xF8                      ; 51 FF /7
    try     0xFF, 0xD8                      ; 52 CALL FAR with a register
    try     0x8F, 0xC8                      ; 53 8F /1
    try     0xC6, 0xC8, 0                   ; 54 C6 /1
    try     0x0F, 0xBA, 0xC0, 0             ; 55 0F BA /0
    try     0x82, 0xC0, 0                   ; 56 ADD AL, 0 by its alias
    try     0xF6, 0xC8, 0                   ; 57 TEST AL, 0 by its alias
    try     0xD0, 0xF0                      ; 58 SHL AL, 1 by its alias
    try     0xD6                            ; 59 SALC
    try     0xF3, 0x90                      ; 60 PAUSE, a NOP before the Pentium 4
    try     0x0F, 0x01, 0xC1                ; 61 0F 01 /0 with a register
    try     0x0F, 0x01, 0xE8                ; 62 0F 01 /5
    try     0x0F, 0x00, 0xF0                ; 63 0F 00 /6
    finish

undefined:
    mov     esp, TEST_STACK_TOP
    jmp     [next]
unavailable:
    mov     esp, TEST_STACK_TOP
    jmp     [next]
refused:
    mov     esp, TEST_STACK_TOP
    jmp     [next]
next:
    dd      0

%include "include/end.inc"
