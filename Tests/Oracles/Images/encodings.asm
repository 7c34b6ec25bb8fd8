; encodings.asm - LOCK where it is allowed, instructions of 15 and 16 bytes,
; redundant prefixes, 16-bit operands and addresses, 16-bit code segments and stacks.

%include "include/begin.inc"

main:
    call    locked
    call    lengths
    call    operands16
    call    addresses16
    call    code16
    call    stack16
    finish

locked:
    mov     ebx, SCRATCH
    mov     eax, 0x01234567
    mov     ecx, 0x89ABCDEF
    lock add [ebx], eax
    lock inc dword [ebx]
    lock neg dword [ebx]
    lock not dword [ebx]
    lock xchg [ebx], ecx
    lock xadd [ebx], ecx
    lock cmpxchg [ebx], ecx
    lock cmpxchg8b [ebx]
    lock bts dword [ebx], 5
    lock btr dword [ebx], 3
    lock sbb byte [ebx], 3
    mov     ecx, [SCRATCH]
    mov     edx, [SCRATCH + 4]
    ret

lengths:
    pop     dword [.return]
    mov     ebx, SCRATCH
    db      0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x8B, 0x03
    expect_fault db 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x8B, 0x03
    db      0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x90
    expect_fault db 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x90
    db      0x26, 0x2E, 0x36, 0x3E, 0x8B, 0x03      ; the last segment prefix counts
    db      0x66, 0x66, 0xB8, 0x34, 0x12
    db      0x67, 0x66, 0x67, 0x66, 0x8D, 0x07      ; LEA AX, [BX]
    db      0x64, 0xEB, 0x00                        ; a prefix that means nothing here
    db      0xF3, 0x8B, 0x03
    db      0xF2, 0xF3, 0x40                        ; INC EAX
    mov     esi, SCRATCH
    mov     edi, SCRATCH + 64
    mov     ecx, 2
    db      0xF2, 0xF3, 0xA4                        ; the last repeat prefix counts
    jmp     [.return]
.return:
    dd      0

operands16:
    mov     eax, 0x12345678
    mov     ebx, 0x9ABCDEF0
    add     ax, bx
    adc     bx, 0x7FFF
    sub     ax, -1
    neg     ax
    mov     cx, ax
    imul    cx, bx, 3
    xchg    ax, bx
    movzx   dx, cl
    movsx   dx, bl
    cwd
    cbw
    cwde
    cdq
    push    ax
    push    word 0x1234
    pop     bx
    pop     cx
    pusha
    popa
    db      0x66
    pusha
    db      0x66
    popa
    db      0x66
    pushf
    db      0x66
    popf
    shld    ax, bx, 4
    lea     si, [eax + ebx]
    bswap   eax
    mov     ebp, esp                        ; ENTER replaces BP only, LEAVE takes all of EBP
    db      0x66
    enter 8, 0
    db      0x66
    leave
    mov     ebp, 0
    ret

addresses16:
    mov     eax, BASED3 | 3
    mov     ds, ax
    mov     eax, 0x11223344
    mov     ebx, 0xAAAA0010
    mov     esi, 0xBBBB0020
    mov     edi, 0xCCCCFFF8
    mov     ebp, 0xDDDD0040
    mov     [bx + si], eax
    mov     ecx, [bx + si]
    mov     [ds:bp + 4], eax
    mov     ecx, [ds:bp + 4]
    mov     [bx + di + 2], ax               ; wraps within 64 KiB
    mov     cx, [bx + di + 2]
    mov     [di - 8], al
    lea     ecx, [bx + si + 0x1234]
    lea     cx, [bx + di]
    a16 mov eax, [0x30]
    mov     ecx, [si]
    mov     ecx, [bx]
    mov     ecx, [ds:bp + di + 0x10]
    mov     ecx, 0xFFFF0001
    a16 loop .once
.once:
    mov     ecx, 0xFFFF0000
    jcxz    .zero
    nop
.zero:
    mov     ebx, 0xAAAA0010
    a16 xlatb
    mov     eax, DATA3 | 3
    mov     ds, ax
    mov     ebp, 0
    ret

; A 16-bit code segment whose base is that of the image: the code lies in its first 64 KiB.
code16:
    pop     dword [.return]
    mov     eax, [gdt + CODE16_0 + 4]
    mov     dword [gdt + CODE16_0], 0x0000FFFF
    mov     dword [gdt + CODE16_0 + 4], 0x00009B10
    mov     eax, 0x12345678
    mov     ebx, 0x00000020
    jmp     CODE16_0:.narrow - IMAGE_BASE
.narrow:
    db      0xB8, 0x34, 0x12                ; MOV AX, 1234h
    db      0x66, 0xB9, 0x78, 0x56, 0x34, 0x12      ; MOV ECX, 12345678h
    db      0x01, 0xC8                      ; ADD AX, CX
    db      0x50                            ; PUSH AX
    db      0x5A                            ; POP DX
    db      0x66, 0x50                      ; PUSH EAX
    db      0x66, 0x5A                      ; POP EDX
    db      0x9C                            ; PUSHF
    db      0x5A                            ; POP DX
    db      0xE8, 0x02, 0x00                ; CALL .routine
    db      0xEB, 0x01                      ; JMP .behind
    db      0xC3                            ; .routine: RET
    db      0x67, 0x8B, 0x05                ; .behind: MOV AX, [records]
    dd      records
    db      0xCD, 0x23                      ; INT 23h: a 32-bit gate, and IRETD comes back
    db      0x90
    db      0x66, 0xEA                      ; JMP CODE0:.wide
    dd      .wide
    dw      CODE0
.wide:
    mov     ebx, cs
    expect_fault jmp CODE16_0:.faulting - IMAGE_BASE
    jmp     [.return]
.faulting:
    db      0x0F, 0x0B                      ; UD2
.return:
    dd      0

; A 16-bit stack: SP counts, the upper half of ESP stays.
stack16:
    pop     dword [.return]
    mov     dword [gdt + DATA16_3], 0x0000FFFF
    mov     dword [gdt + DATA16_3 + 4], 0x0000F324  ; base 240000h = SCRATCH
    mov     dword [resume], .end
    call    enter_ring3
    mov     eax, DATA16_3 | 3
    mov     ss, ax
    mov     esp, 0x77771000
    push    eax
    push    word 0x1234
    pop     cx
    pop     edx
    pushad
    popad
    enter   16, 0
    leave
    enter   4, 3
    leave
    call    .routine
    mov     sp, 0
    push    dword 0x55667788                ; SP wraps
    mov     ebx, esp
    pop     eax
    mov     esp, 0x77771000
    push    DATA16_3 | 3
    pushfd
    push    CODE3 | 3
    push    .returned
    add     esp, 0
    iretd
.returned:
    mov     ebx, esp
    int     0x20
.end:
    jmp     [.return]
.routine:
    ret     0
.return:
    dd      0

%include "include/end.inc"
