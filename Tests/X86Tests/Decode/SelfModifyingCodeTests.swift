import Testing
import X86

@Suite("Self-modifying code")
struct SelfModifyingCodeTests {
    @Test("A store into the next instruction is executed, however often that ran before")
    func nextInstruction() throws {
        let machine = try TestMachine(
            """
            again: mov byte [patched + 1], bl
            patched: mov al, 0
            inc bl
            cmp bl, 3
            jne again
            """)
        #expect(machine.run(budget: 3 * 5) == .executed)
        #expect(machine[.eax] == 2)
    }

    @Test("A write into the last byte of a long instruction is seen as well")
    func lastByte() throws {
        let machine = try TestMachine("mov dword [DATA], 0x11223344")
        machine.step()
        machine.eip = TestMachine.Place.code
        machine.load([0x99], at: TestMachine.Place.code + 9)
        machine.step()
        #expect(machine.word(at: TestMachine.Place.data) == 0x9922_3344)
    }

    @Test("A write through another linear address of the page is seen")
    func alias() throws {
        let machine = try TestMachine("again: mov al, 1\nmov byte [DATA + 1], 2\njmp again", paging: true)
        machine.store(TestMachine.Place.code | 7, at: TestMachine.Place.table + (TestMachine.Place.data >> 12) * 4)
        for _ in 0..<4 { machine.step() }
        #expect(machine[.eax] == 2)
    }

    @Test("Code that a loader puts in place of executed code is executed")
    func reloaded() throws {
        let machine = try TestMachine("again: mov al, 1\njmp again")
        for _ in 0..<4 { machine.step() }
        machine.load(try TestMachine.assemble("again: mov al, 2\njmp again", at: 0), at: TestMachine.Place.code)
        for _ in 0..<2 { machine.step() }
        #expect(machine[.eax] == 2)
    }

    @Test("A code page that is mapped elsewhere is fetched from its new place after INVLPG, not before")
    func remapped() throws {
        let machine = try TestMachine(
            "nop\nmov dword [TABLE + 0x10 * 4], DATA + 7\nmov al, 1\ninvlpg [CODE]\nmov al, 1", paging: true)
        let other = try TestMachine.assemble(
            "nop\nmov dword [TABLE + 0x10 * 4], DATA + 7\nmov al, 2\ninvlpg [CODE]\nmov al, 2", at: 0)
        machine.load(other, at: TestMachine.Place.data)
        for _ in 0..<3 { machine.step() }
        #expect(machine[.eax] == 1)
        for _ in 0..<2 { machine.step() }
        #expect(machine[.eax] == 2)
    }

    @Test("Code in a 16-bit segment is not taken for the 32-bit code of the same bytes")
    func codeWidth() throws {
        let machine = try TestMachine("mov eax, 0x90909090\nnop")
        machine.step()
        #expect(machine.eip == TestMachine.Place.code + 5)
        let narrow = try TestMachine("jmp 0x30:0")
        narrow.setDescriptor(0x30, 0x0000_9B01_1000_FFFF)  // base 11000h, 16 bits
        narrow.load([0xB8, 0x34, 0x12, 0x90], at: 0x1_1000)
        narrow.load(try TestMachine.assemble("jmp 0x30:0", at: TestMachine.Place.code), at: TestMachine.Place.code)
        narrow.step()
        narrow.step()
        #expect(narrow[.eax] == 0x1234)
        #expect(narrow.eip == 3)
    }
}
