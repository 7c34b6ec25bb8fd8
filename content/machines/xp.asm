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

; KTHREAD of this release [V].
KTHREAD.InitialStack    equ 0x18
KTHREAD.ServiceTable    equ 0xE0
KTHREAD.TrapFrame       equ 0x134
KTHREAD.PreviousMode    equ 0x140
KTHREAD.Length          equ 0x1C0           ; [M]

%define KPCR.KeSystemCalls 0x638            ; counts the calls [V]
%define FAST_SYSTEM_CALLS                   ; SYSENTER and SYSCALL, if the CPU has them

SERVICE_LIMIT           equ 284             ; native services [V]
NT_MINOR_VERSION        equ 1               ; 5.1

NT_TEXT                 equ 0x804D7000      ; image bases [M], the rest [own]
NT_DATA                 equ 0x80550000
NT_INIT                 equ 0x80690000
NTDLL_TEXT              equ 0x77F51000

%include "include/processor.inc"
%include "include/structures.inc"
%include "include/memory.inc"
%include "include/xp-services.inc"
%include "include/descriptors.inc"
%include "include/boot.inc"
%include "include/thread.inc"
%include "include/startup.inc"
%include "include/fast-call.inc"
%include "include/system-service.inc"
%include "include/service-exit.inc"
%include "include/detect.inc"
%include "include/services.inc"
%include "include/service-table.inc"
%include "include/traps.inc"
%include "include/exceptions.inc"
%include "include/display.inc"

; --- ntdll -----------------------------------------------------------------------
; One stub for each service: its number, and a call of the code in the shared page.
%macro stub 4                               ; number, name, argument bytes, body
align 16
ntdll@%2:
    mov     eax, %1
    mov     edx, SharedUserData@SystemCall  ; BA 00 03 FE 7F
    call    edx                             ; FF D2: the page is code, not a pointer
%if %3
    ret     %3                              ; the stub pops its caller's arguments
%else
    ret
%endif
%endmacro

section ntdll.text
    each_service stub

%macro machine_greeting 0
    dw      "H", "e", "l", "l", "o", " ", "f", "r", "o", "m", " ", "r", "i", "n", "g", " ", "3", " "
    dw      "o", "f", " ", "W", "i", "n", "d", "o", "w", "s", " ", "X", "P", 10
%endmacro
%include "include/program.inc"
%include "include/end.inc"
