; seed.asm - The listing of 2 September 2004, word for word.
;
;     nasm -f bin -o seed.elf seed.asm                (in this directory)
;     qemu-system-x86_64 -cpu pentium2 -m 16 -kernel seed.elf -debugcon stdio -display none
;
; Brian Catlin's answer to "How to get past SYSENTER?", as an exhibit: his stub and
; his three codes, on a kernel of XP before SP2. His INT 2Eh code says [ESP+4], which
; belongs to Windows 2000, where the stub holds it; behind his CALL EDX it finds a
; return address instead of the first argument. Watch it happen. See docs/guest.md.
;
;@ title: The listing of 2 September 2004, word for word
;@ cpu: pentium2

bits 32

%define SHARED_PAGE_HOLDS_CODE              ; at 7FFE0300h
%define EXIT_BRANCH                         ; patched at boot
%define SYSCALL_ENTRY
%define KERNEL_COUNTS_CALLS                 ; in KPRCB.KeSystemCalls

NT_MINOR_VERSION        equ 1               ; 5.1

NT_TEXT                 equ 0x804D7000      ; as in xp.asm
NT_DATA                 equ 0x80550000
NT_INIT                 equ 0x80690000
WIN32K_TEXT             equ 0xBF801000
NTDLL_TEXT              equ 0x77F51000
USER32_TEXT             equ 0x77D41000
GDI32_TEXT              equ 0x77C71000

%include "include/processor.inc"
%include "include/structures.inc"
%include "include/xp-structures.inc"
%include "include/status.inc"
%include "include/memory.inc"
%include "include/xp-services.inc"
%include "include/descriptors.inc"
%include "include/boot.inc"
%include "include/thread.inc"
%include "include/startup.inc"

; "Win2K and earlier".
%macro interrupt_code 0
    LEA     EDX, [ESP+4]
    INT     0x2E                            ; "Ends up calling KiSystemService"
    RET
%endmacro

; "... KiFastCallEntry, which then calls KiSystemService": it falls into it.
%include "include/fast-call.inc"
%include "include/service-entry.inc"
%include "include/service-dispatch.inc"
%include "include/service-exit.inc"
%include "include/boot-record.inc"
%include "include/identify.inc"

; "... depends upon whether the CPU is Intel, AMD or Pentium2 and earlier". Nothing
; else is asked; a Pentium II is family 6 up to model 6 (Celeron), and "AMD K6 and
; later" is whatever AMD's processor has SYSCALL.
section nt.init
nt@KiChooseSystemCall:
    call    nt@BootIdentifyProcessor
    mov     esi, no_cpuid_text
    cmp     dword [nt@BootHasCpuid], 0
    je      nt@KiUseInterrupt
    cmp     dword [nt@BootVendor], "Auth"
    jne     nt@KiChooseForIntel
    cmp     dword [nt@BootVendor + 4], "enti"
    jne     nt@KiChooseForIntel
    cmp     dword [nt@BootVendor + 8], "cAMD"
    jne     nt@KiChooseForIntel
    mov     esi, amd_text
    test    dword [nt@BootExtendedFeatures], CPUID_SYSCALL
    jnz     nt@KiUseSyscall
    mov     esi, no_syscall_text
    jmp     nt@KiUseInterrupt

nt@KiChooseForIntel:
    mov     esi, early_text
    mov     eax, [nt@BootSignature]
    and     eax, 0xFF0                      ; family and model
    cmp     eax, 0x670
    jb      nt@KiUseInterrupt
    mov     esi, intel_text
    jmp     nt@KiUseSysenter

section nt.data
no_cpuid_text:
    db      "there is no CPUID instruction", 0
early_text:
    db      "Pentium2 and earlier", 0
intel_text:
    db      "Intel, later than Pentium2", 0
amd_text:
    db      "AMD, and leaf 80000001h EDX bit 11 (SYSCALL) is 1", 0
no_syscall_text:
    db      "AMD, and leaf 80000001h EDX bit 11 (SYSCALL) is 0", 0

%include "include/sysenter-registers.inc"
%include "include/code-page.inc"
%include "include/kernel.inc"

; --- The user's side ---------------------------------------------------------------
MM_SHARED_USER_DATA_VA  equ 0x7FFE0000
UsSystemCall            equ 0x300

%macro stub_entry 1
    MOV     EAX, %1                         ; "Service Number"
    MOV     EDX, MM_SHARED_USER_DATA_VA + UsSystemCall
    CALL    EDX
%endmacro

%include "include/stubs.inc"

%macro machine_greeting 0
    dw      "H", "e", "l", "l", "o", " ", "f", "r", "o", "m", " ", "t", "h", "e", " ", "s", "e", "e"
    dw      "d", 10
%endmacro
%include "include/program.inc"
%include "include/end.inc"
