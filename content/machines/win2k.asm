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

NT_MINOR_VERSION        equ 0               ; 5.0

NT_TEXT                 equ 0x80400000      ; image bases [M], the rest [own]
NT_DATA                 equ 0x80470000
NT_INIT                 equ 0x80480000
WIN32K_TEXT             equ 0xA0001000
NTDLL_TEXT              equ 0x77F81000
USER32_TEXT             equ 0x77E11000
GDI32_TEXT              equ 0x77F41000

%include "include/processor.inc"
%include "include/structures.inc"
%include "include/win2k-structures.inc"
%include "include/status.inc"
%include "include/memory.inc"
%include "include/win2k-services.inc"
%include "include/descriptors.inc"
%include "include/boot.inc"
%include "include/thread.inc"
%include "include/startup.inc"

; Nothing to choose, so nothing is asked: gate 2Eh is in the IDT, and the exit is
; always IRETD.
section nt.init
nt@KiChooseSystemCall:
    mov     dword [nt@BootSystemCallReason], only_way_text
    ret

section nt.data
only_way_text:
    db      "Windows 2000 knows no other way", 0

%include "include/service-entry.inc"
%include "include/service-dispatch.inc"
%include "include/service-exit.inc"
%include "include/boot-record.inc"
%include "include/kernel.inc"

; --- The user's side ---------------------------------------------------------------
; A stub: the service's number, the address of its arguments, the gate.
%macro stub_entry 1
    mov     eax, %1
    lea     edx, [esp + 4]                  ; one return address lies above argument 1
    int     0x2E
%endmacro

%include "include/stubs.inc"

%macro machine_greeting 0
    dw      "H", "e", "l", "l", "o", " ", "f", "r", "o", "m", " ", "r", "i", "n", "g", " ", "3", " "
    dw      "o", "f", " ", "W", "i", "n", "d", "o", "w", "s", " ", "2", "0", "0", "0", 10
%endmacro
%include "include/program.inc"
%include "include/end.inc"
