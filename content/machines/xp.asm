; xp.asm - Windows XP before Service Pack 2.
;
;     nasm -f bin -o xp.elf xp.asm                (in this directory)
;     qemu-system-x86_64 -cpu pentium3 -m 16 -kernel xp.elf -debugcon stdio -display none
;
; The release whose shared page holds *code*: 32 bytes at 7FFE0300h, written at
; boot to suit the processor. See docs/guest.md.
;
;@ title: Windows XP before Service Pack 2
;@ cpu: pentium3

bits 32

%define SHARED_PAGE_HOLDS_CODE              ; at 7FFE0300h
%define EXIT_BRANCH                         ; patched at boot
%define SYSCALL_ENTRY                       ; as claimed in 2004
%define KERNEL_COUNTS_CALLS                 ; in KPRCB.KeSystemCalls

NT_MINOR_VERSION        equ 1               ; 5.1

NT_TEXT                 equ 0x804D7000      ; image bases [M], the rest [own]
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

; What the shared page gets on a processor that has only INT: the code before gate 2Eh.
%macro interrupt_code 0
    lea     edx, [esp + 8]                  ; two return addresses lie above argument 1
    int     0x2E
    ret
%endmacro

; KiFastCallEntry falls into KiSystemService: the order of these four matters.
%include "include/fast-call.inc"
%include "include/service-entry.inc"
%include "include/service-dispatch.inc"
%include "include/service-exit.inc"
%include "include/boot-record.inc"
%include "include/identify.inc"
%include "include/detect.inc"
%include "include/sysenter-registers.inc"
%include "include/code-page.inc"
%include "include/kernel.inc"

; --- The user's side ---------------------------------------------------------------
; A stub: the service's number, and a call of the code in the shared page.
%macro stub_entry 1
    mov     eax, %1
    mov     edx, SharedUserData@SystemCall  ; BA 00 03 FE 7F
    call    edx                             ; FF D2: the page is code, not a pointer
%endmacro

%include "include/stubs.inc"

%macro machine_greeting 0
    dw      "H", "e", "l", "l", "o", " ", "f", "r", "o", "m", " ", "r", "i", "n", "g", " ", "3", " "
    dw      "o", "f", " ", "W", "i", "n", "d", "o", "w", "s", " ", "X", "P", 10
%endmacro
%include "include/program.inc"
%include "include/end.inc"
