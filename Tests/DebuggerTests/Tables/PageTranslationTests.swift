import Debugger
import Testing
import X86

@Suite("Page tables and descriptor tables are read from memory")
struct PageTranslationTests {
    /// Maps 0x400000 on to page 0x300000 and turns paging on; the first 4 MiB stay where they are.
    private let paging = """
        mov eax, 0x200000
        mov dword [eax], 0x201067
        mov dword [eax + 4], 0x202027
        mov dword [0x202000], 0x300025
        mov edi, 0x201000
        mov eax, 0x67
        mov ecx, 1024
        boot@Fill: stosd
        add eax, 0x1000
        loop boot@Fill
        mov eax, 0x200000
        mov cr3, eax
        mov eax, 0x80000011
        mov cr0, eax
        hlt
        """

    @Test("An address leads through both entries, or to the one that is absent")
    func walk() throws {
        let machine = try tinyMachine(paging)
        #expect(PageTranslation(of: 0x40_0000, on: machine) == nil)
        machine.run(to: nil)
        let mapping = try #require(PageTranslation(of: 0x40_0123, on: machine))
        #expect(mapping.directory.physicalAddress == 0x20_0004 && mapping.directory.value == 0x20_2027)
        #expect(mapping.table?.physicalAddress == 0x20_2000 && mapping.table?.value == 0x30_0025)
        #expect(mapping.table?.frame == 0x300)
        #expect(PageTranslation(of: 0x40_1000, on: machine)?.table?.isPresent == false)
        #expect(PageTranslation(of: 0x80_0000, on: machine)?.table == nil)
    }

    @Test("A patch of a page table counts at once")
    func patch() throws {
        let machine = try tinyMachine(paging)
        machine.run(to: nil)
        #expect(machine.doubleword(at: 0x40_0000) == 0)
        var log = EditLog()
        try log.apply(.memory(address: 0x30_0000, [0x78, 0x56, 0x34, 0x12]), to: machine)
        #expect(machine.doubleword(at: 0x40_0000) == 0x1234_5678)
        try log.apply(.memory(address: 0x20_2000, [0x24]), to: machine)
        #expect(machine.doubleword(at: 0x40_0000) == nil)
        #expect(throws: EditError.self) { try log.apply(.memory(address: 0x3F_FFFF, [1, 2]), to: machine) }
    }

    @Test("Descriptors and gates are those of the tables, and nothing beyond their limits")
    func descriptors() throws {
        let machine = try tinyMachine(
            """
            lgdt [gdt]
            lidt [idt]
            hlt
            gdt: dw 15
            dd table
            idt: dw 7
            dd gate
            table: dd 0, 0, 0x0000FFFF, 0x00CF9300
            gate: dd 0x00081234, 0x8000EE00
            """)
        machine.run(to: nil)
        let data = try #require(machine.descriptor(8))
        #expect(data.limit == .max && data.base == 0 && data.dpl == 0 && data.system == nil)
        #expect(machine.descriptor(16) == nil)
        #expect(machine.descriptor(12) == nil)
        let gate = try #require(machine.gate(0))
        #expect(gate.gateOffset == 0x8000_1234 && gate.dpl == 3 && gate.system == .interruptGate32)
        #expect(machine.gate(1) == nil)
    }
}
