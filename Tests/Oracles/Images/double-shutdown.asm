; double-shutdown.asm - a fault whose handlers are all absent ends in shutdown.

ENDS_IN_SHUTDOWN    equ 1
%include "include/begin.inc"

main:
    and     byte [idt + 0x0D * 8 + 5], 0x7F
    and     byte [idt + 0x08 * 8 + 5], 0x7F
    mov     eax, OUTSIDE
    mov     ds, ax                          ; #GP, #NP: #DF, #NP
    finish

%include "include/end.inc"
