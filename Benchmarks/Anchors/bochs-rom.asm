; A ROM in place of the BIOS: enters flat 32-bit mode at once, copies the guest code to 10000h and runs it.
; Port E9h gets FEh when the loop begins and BL, which the loop leaves as F0h, when it has ended.
; nasm -f bin -I FOLDER/ bochs-rom.asm, where FOLDER holds loop.bin

        org 0
        bits 16
start:  cli
        lgdt [cs:table]
        mov eax, cr0
        or al, 1
        mov cr0, eax
        jmp dword 08h:0F0000h + flat

        bits 32
flat:   mov eax, 10h
        mov ds, eax
        mov es, eax
        mov ss, eax
        mov esi, 0F0000h + code
        mov edi, 10000h
        mov ecx, code_end - code
        cld
        rep movsb
        mov al, 0FEh
        out 0E9h, al
        xor eax, eax
        xor edx, edx
        mov ebx, 1
        jmp 08h:10000h

code:   incbin "loop.bin"
        mov al, bl
        out 0E9h, al
        cli
        hlt
code_end:

        align 8
gdt:    dq 0, 00CF9B000000FFFFh, 00CF93000000FFFFh
table:  dw 23
        dd 0F0000h + gdt

        times 0FFF0h - ($ - $$) db 0
        bits 16
        jmp 0F000h:start
        times 10000h - ($ - $$) db 0
