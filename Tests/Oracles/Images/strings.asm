; strings.asm - string instructions: counts, directions, and faults in the middle of REP
; that leave the registers where the faulting round found them.

%include "include/begin.inc"

SOURCE              equ SCRATCH
DESTINATION         equ SCRATCH + 0x1000

main:
    call    fill
    cld
    call    all_strings
    std
    call    all_strings
    cld
    call    faults
    call    narrow
    finish

fill:
    mov     edi, SOURCE
    mov     ecx, 64
    mov     eax, 0x01020304
.dword:
    mov     [edi], eax
    add     eax, 0x11111111
    add     edi, 4
    dec     ecx
    jnz     .dword
    ret

%macro with_count 2+
    mov     esi, SOURCE + 64
    mov     edi, DESTINATION + 64
    mov     ecx, %1
    %2
%endmacro

all_strings:
    mov     eax, 0x01020304
%assign count 0
%rep 4
    with_count count, rep movsb
    with_count count, rep movsw
    with_count count, rep movsd
    with_count count, rep stosb
    with_count count, rep stosw
    with_count count, rep stosd
    with_count count, rep lodsb
    with_count count, rep lodsw
    with_count count, rep lodsd
    with_count count, repe cmpsb
    with_count count, repne cmpsb
    with_count count, repe cmpsd
    with_count count, repne cmpsw
    with_count count, repe scasb
    with_count count, repne scasb
    with_count count, repe scasd
    with_count count, repne scasw
%assign count count + 1
%endrep
    with_count 0, movsb
    with_count 0, movsw
    with_count 0, movsd
    with_count 0, stosb
    with_count 0, lodsw
    with_count 0, cmpsd
    with_count 0, scasd
    mov     esi, DESTINATION
    mov     eax, [esi]
    mov     ebx, [esi + 64]
    mov     ecx, [esi + 56]
    ret

; A fault at the first byte of an absent or read-only page.
faults:
    pop     dword [.return]
    mov     esi, SOURCE
    mov     edi, TEST_PAGES + USER_WRITE_2 + 0xFF4
    mov     ecx, 8
    expect_fault rep movsd
    mov     eax, [TEST_PAGES + USER_WRITE_2 + 0xFF8]
    mov     esi, SOURCE
    mov     edi, TEST_PAGES + USER_WRITE_2 + 0xFF6
    mov     ecx, 8
    expect_fault rep movsd                  ; the third dword crosses the boundary
    mov     esi, TEST_PAGES + USER_WRITE_2 + 0xFFD
    mov     edi, SOURCE
    mov     ecx, 8
    expect_fault rep movsb
    mov     edi, TEST_PAGES + USER_WRITE_2 + 0xFFC
    mov     ecx, 8
    expect_fault rep stosw
    mov     esi, TEST_PAGES + USER_WRITE_2 + 0xFFC
    mov     ecx, 3
    expect_fault rep lodsd
    mov     edi, TEST_PAGES + USER_WRITE_2 + 0xFFE
    mov     al, 0x77
    mov     ecx, 8
    expect_fault repne scasb
    mov     esi, SOURCE
    mov     edi, TEST_PAGES + USER_WRITE_2 + 0xFFE
    mov     ecx, 8
    expect_fault repne cmpsb
    std
    mov     esi, SOURCE + 64                ; downwards, into the absent page below
    mov     edi, TEST_PAGES + USER_WRITE_2 + 4
    mov     ecx, 8
    expect_fault rep movsd
    cld
    mov     dword [resume], .read_only
    call    enter_ring3
    mov     esi, SOURCE
    mov     edi, TEST_PAGES + USER_WRITE_3 + 0xFF8
    mov     ecx, 4
    rep movsd
    int     0x20
.read_only:
    mov     edi, TEST_PAGES + ABSENT        ; no rounds, no fault
    mov     ecx, 0
    rep stosd
    mov     edi, TEST_PAGES + ABSENT
    expect_fault stosd
    mov     esi, TEST_PAGES + ABSENT        ; the read comes first
    mov     edi, TEST_PAGES + ABSENT_2
    expect_fault movsd
    jmp     [.return]
.return:
    dd      0

; 16-bit addresses: SI, DI and CX, the upper halves stay. BASED3 moves offset 0 to SCRATCH.
narrow:
    mov     eax, BASED3 | 3
    mov     ds, ax
    mov     es, ax
    mov     eax, 0x01020304
    mov     esi, 0xAAAAFFFE
    mov     edi, 0xBBBB1000
    mov     ecx, 0xCCCC0004
    a16 rep movsb                           ; SI wraps
    mov     esi, 0xAAAA0010
    mov     edi, 0xBBBBFFFE
    mov     ecx, 0xCCCC0004
    a16 rep stosb
    mov     ecx, 0xCCCC0000
    a16 rep stosd
    mov     ecx, 0xCCCC0002
    mov     esi, 0xAAAA0000
    a16 rep lodsd
    mov     esi, 0xAAAA0000
    mov     edi, 0xBBBB0000
    mov     ecx, 0xCCCC0003
    a16 repe cmpsb
    a16 movsd
    a16 stosw
    mov     eax, DATA3 | 3
    mov     ds, ax
    mov     es, ax
    ret

%include "include/end.inc"
