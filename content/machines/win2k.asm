; win2k.asm - Windows 2000.
;
;     nasm -f bin -o win2k.elf win2k.asm                (in this directory)
;     qemu-system-x86_64 -cpu pentium2 -m 16 -kernel win2k.elf -debugcon stdio -display none
;
; The release that always uses INT 2Eh, whatever the processor: each stub holds the
; instruction itself, and nothing is chosen at boot. See docs/guest.md.
;
;@ title: Windows 2000
;@ cpu: pentium2

bits 32

; KTHREAD of this release [V].
KTHREAD.InitialStack    equ 0x18
KTHREAD.ServiceTable    equ 0xDC
KTHREAD.TrapFrame       equ 0x128
KTHREAD.PreviousMode    equ 0x134
KTHREAD.Length          equ 0x1B0           ; [M]

SERVICE_LIMIT           equ 248             ; native services [V]
NT_MINOR_VERSION        equ 0               ; 5.0

NT_TEXT                 equ 0x80400000      ; image bases [M], the rest [own]
NT_DATA                 equ 0x80470000
NT_INIT                 equ 0x80480000
NTDLL_TEXT              equ 0x77F81000

%include "include/processor.inc"
%include "include/structures.inc"
%include "include/memory.inc"
%include "include/win2k-services.inc"
%include "include/descriptors.inc"
%include "include/boot.inc"
%include "include/thread.inc"
%include "include/startup.inc"

; Nothing to detect: gate 2Eh is in the IDT, and the exit is always IRETD.
section nt.init
nt@KiChooseSystemCall:
    ret

%include "include/system-service.inc"
%include "include/service-exit.inc"
%include "include/services.inc"
%include "include/service-table.inc"
%include "include/traps.inc"
%include "include/exceptions.inc"
%include "include/display.inc"

; --- ntdll -----------------------------------------------------------------------
; One stub for each service: its number, the address of its arguments, the gate.
%macro stub 4                               ; number, name, argument bytes, body
align 16
ntdll@%2:
    mov     eax, %1
    lea     edx, [esp + 4]                  ; one return address lies above argument 1
    int     0x2E
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
    dw      "o", "f", " ", "W", "i", "n", "d", "o", "w", "s", " ", "2", "0", "0", "0", 10
%endmacro
%include "include/program.inc"
%include "include/end.inc"
