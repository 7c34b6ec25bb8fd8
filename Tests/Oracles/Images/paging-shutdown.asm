; paging-shutdown.asm - a page fault that cannot push its frame ends in shutdown.

ENDS_IN_SHUTDOWN    equ 1
%include "include/begin.inc"

main:
    mov     esp, TEST_PAGES + ABSENT + 64
    push    eax
    finish

%include "include/end.inc"
