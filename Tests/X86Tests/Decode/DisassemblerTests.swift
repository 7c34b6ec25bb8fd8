import Testing
import X86

/// Instructions as text.
struct DisassemblerTests {
    @Test(
        "A number that begins with a letter cannot be read as a register",
        arguments: [
            ([0xB0, 0x0A], "mov al, 0ah"), ([0xC1, 0xE8, 0x0C], "shr eax, 0ch"),
            ([0x8B, 0x5F, 0x0C], "mov ebx, [edi+0ch]"),
            ([0x8B, 0x45, 0xF8], "mov eax, [ebp-8h]"), ([0xB8, 0x19, 0, 0, 0], "mov eax, 19h"),
        ] as [([UInt8], String)])
    func masm(bytes: [UInt8], text: String) {
        #expect(Disassembler(.masm).disassemble(bytes, at: 0x1000).text == text)
    }

    @Test("A table's address is written as an address, not as a negative distance")
    func tableAddress() {
        let bytes: [UInt8] = [0x8A, 0x80, 0xBC, 0x02, 0x55, 0x80]
        #expect(Disassembler(.masm).disassemble(bytes, at: 0).text == "mov al, [eax+805502bch]")
        #expect(Disassembler(.intel).disassemble(bytes, at: 0).text == "mov al, [eax+0x805502bc]")
    }

    @Test("A jump names its target")
    func target() {
        let jump = Disassembler(.intel).disassemble([0xEB, 0xFE], at: 0x40_0000)
        #expect(jump.target == 0x40_0000)
        #expect(jump.length == 2)
    }

    @Test("Bytes that are no instruction are one byte long and say so")
    func invalid() {
        let code = Disassembler(.intel).disassemble([0xF0, 0x01, 0xC0], at: 0)  // LOCK ADD EAX, EAX
        #expect(code.length == 1)
        #expect(Disassembler(.intel).disassemble([], at: 0).isValid == false)
    }
}
