@testable import ntlearn

/// A machine of a page and a half, so that what is shown of it changes only when showing changes.
enum TinyMachine {
    /// Runs the program on a copy, `tiny.asm`.
    static func run(_ arguments: String..., source: String = TinyMachine.source) throws -> ProgramResult {
        let folder = try TemporaryFolder()
        let file = try folder.write("tiny.asm", source)
        return try GuestContent.run(arguments.map { $0 == "tiny" ? file : $0 })
    }

    static let source = """
        ;@ title: A tiny machine
        ;@ cpu: pentium2
        bits 32
        BASE equ 0x100000

        struc _TINY_FRAME
        .Eip:   resd 1                  ; Uint4B
        .Cs:    resd 1                  ; Uint4B
        .Next:  resd 1                  ; Ptr32 _TINY_FRAME
        endstruc

        section boot vstart=BASE align=4096
        begin:
            db 0x7F, "ELF", 1, 1, 1, 0
            times 8 db 0
            dw 2, 3
            dd 1, boot@Start, 52, 0, 0
            dw 52, 32, 1, 0, 0, 0
            dd 1, 0, BASE, BASE, section.program.start + 4096, 0x200000, 7, 4096
            dd 0x1BADB002, 0, -0x1BADB002
        boot@Start:
            lgdt [gdt_register]
            lidt [idt_register]
            jmp 8:boot@Flat
        boot@Flat:
            mov eax, 0x10
            mov ss, ax
            mov esp, 0x180000
            mov eax, 0x23
            mov ds, ax
            mov es, ax
            mov eax, 0x28
            ltr ax
            mov dword [0x190000], 0x87  ; 4 MiB, for ring 3, writable
            mov eax, 0x10               ; PSE
            mov cr4, eax
            mov eax, 0x190000
            mov cr3, eax
            mov eax, 0x80000011
            mov cr0, eax
        nt@Choose:
            mov eax, 1
            cpuid
            test edx, 0x800
            jz nt@Leave
            mov ecx, 0x174
            mov eax, 8
            mov edx, 0
            wrmsr
        nt@Leave:
            push 0x23
            push 0x17F000
            push 2
            push 0x1B
            push program@main
            iretd
        nt@Service:
            mov eax, [table + eax * 4]
            call eax
            iretd
        nt@NtOne:
            mov eax, 1
            ret
        nt@Service1:
            mov eax, 0xC0000002
            ret
        ntdll@NtOne:
            mov eax, 0
            int 0x2E
            ret
        align 4
        table:
            dd nt@NtOne, nt@Service1
        bytes:
            db 0, 4
        align 4
        nt@KeServiceDescriptorTable:
            dd table, 0, 2, bytes
            times 12 dd 0
        gdt:
            dq 0, 0x00CF9B000000FFFF, 0x00CF93000000FFFF, 0x00CFFB000000FFFF, 0x00CFF3000000FFFF
            dw 0x67, TASK & 0xFFFF, 0x8900 | TASK >> 16, 0
        gdt_register:
            dw gdt_register - gdt - 1
            dd gdt
        idt:
            times 0x2E dq 0
            dw GATE & 0xFFFF, 8, 0xEE00, GATE >> 16
        idt_register:
            dw idt_register - idt - 1
            dd idt
        task:
            dd 0, 0x17E000, 0x10
            times 0x68 - ($ - task) db 0
        TASK equ task - begin + BASE
        GATE equ nt@Service - begin + BASE

        section program vstart=BASE+0x1000 align=4096
        program@main:
            call ntdll@NtOne
            jmp $
            times 4096 - ($ - program@main) db 0

        """
}
