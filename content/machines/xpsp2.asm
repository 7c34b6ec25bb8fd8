; xpsp2.asm - Windows XP Service Pack 2.
;
;     nasm -f bin -o xpsp2.elf xpsp2.asm                (in this directory)
;     qemu-system-x86_64 -cpu pentium3 -m 16 -kernel xpsp2.elf -debugcon stdio -display none
;
; The release whose shared page holds *pointers*: at 7FFE0300h the way into the
; kernel, at 7FFE0304h the way back, both in ntdll. See docs/guest.md.
;
;@ title: Windows XP Service Pack 2
;@ cpu: pentium3

bits 32

%define SHARED_PAGE_HOLDS_POINTERS          ; at 7FFE0300h and 7FFE0304h
%define EXIT_BRANCH                         ; patched at boot
%define KERNEL_COUNTS_CALLS                 ; in KPRCB.KeSystemCalls

NT_MINOR_VERSION        equ 1               ; 5.1

NT_TEXT                 equ 0x804D7000      ; image bases [M], the rest [own]
NT_DATA                 equ 0x80550000
NT_INIT                 equ 0x80690000
WIN32K_TEXT             equ 0xBF801000
NTDLL_TEXT              equ 0x7C901000
USER32_TEXT             equ 0x77D41000
GDI32_TEXT              equ 0x77F11000

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

; KiSystemService jumps into the middle of KiFastCallEntry: the order of these
; files matters.
%include "include/service-entry.inc"
    jmp     dispatch_service
%include "include/fast-call-sp2.inc"
%include "include/service-dispatch.inc"
%include "include/service-exit.inc"
%include "include/boot-record.inc"
%include "include/identify.inc"
%include "include/detect.inc"
%include "include/sysenter-registers.inc"
%include "include/code-pointers.inc"
%include "include/kernel.inc"

; --- The user's side ---------------------------------------------------------------
; A stub: the service's number, and a call through the pointer in the shared page.
%macro stub_entry 1
    mov     eax, %1
    mov     edx, SharedUserData@SystemCall  ; BA 00 03 FE 7F
    call    [edx]                           ; FF 12: a pointer; the page is not executed
%endmacro

%include "include/stubs.inc"

%macro machine_greeting 0
    dw      "H", "e", "l", "l", "o", " ", "f", "r", "o", "m", " ", "r", "i", "n", "g", " ", "3", " "
    dw      "o", "f", " ", "W", "i", "n", "d", "o", "w", "s", " ", "X", "P", " ", "S", "P", "2", 10
%endmacro
%include "include/program.inc"
%include "include/end.inc"
