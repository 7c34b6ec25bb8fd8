import X86

/// What stands in Bochs' place for a BIOS and a Multiboot loader: 64 KiB below 4 GiB whose reset vector leads, by way of
/// flat protected mode, to a Multiboot image's entry. The image itself is in memory already; Bochs loads it.
///
/// The registers at the entry are those of ``entryState``.
struct BochsROM {
    let bytes: [UInt8]

    init(entry: UInt32) throws {
        bytes = try Assembler(file: "rom.asm", source: Self.source, symbols: ["ENTRY": entry]).assemble().bytes
    }

    /// The general registers and flags with which the ROM enters an image.
    static var entryState: RegisterState {
        var state = RegisterState()
        state[.eax] = 0x2BAD_B002
        return state
    }

    /// Our assembler knows 32-bit code only, so that what the processor executes in real mode is written in bytes where
    /// the two differ.
    private static let source = """
        bits 32
        org 0xF0000
        reset:
            cli
            db 0x66, 0x2E, 0x0F, 0x01, 0x16     ; o32 lgdt [cs:table]
            dw table - 0xF0000
            db 0x66                             ; o32
            mov eax, 0x11                       ; PE and ET; neither CD nor NW
            mov cr0, eax
            db 0x66, 0xEA                       ; jmp dword 8:flat
            dd flat
            dw 8
        align 4
        table:
            dw 23
            dd descriptors
        align 8
        descriptors:
            dq 0, 0x00CF9A000000FFFF, 0x00CF92000000FFFF
        flat:
            mov eax, 0x10
            mov ds, eax
            mov es, eax
            mov ss, eax
            mov fs, eax
            mov gs, eax
            mov al, 0xFF                        ; mask both interrupt controllers
            out 0x21, al
            out 0xA1, al
            mov esp, 0x7C00
            push 2
            popfd
            mov edx, 0                          ; reset left the processor's signature there
            mov esp, 0
            mov eax, 0x2BADB002
            db 0xEA                             ; jmp 8:ENTRY
            dd ENTRY
            dw 8
            times 0xFFF0 - ($ - $$) db 0
            db 0xEA                             ; jmp 0F000h:0
            dw 0, 0xF000
            times 0x10000 - ($ - $$) db 0
        """
}
