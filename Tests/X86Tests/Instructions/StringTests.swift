import Testing
import X86

@Suite("String instructions")
struct StringTests {
    @Test("REP is one round a step, and EIP moves on with the last")
    func rounds() throws {
        let machine = try TestMachine("rep movsd")
        machine.load(Array(1...8), at: TestMachine.Place.data)
        machine[.esi] = TestMachine.Place.data
        machine[.edi] = TestMachine.Place.data + 0x100
        machine[.ecx] = 2
        machine.step()
        #expect(machine[.ecx] == 1)
        #expect(machine.eip == TestMachine.Place.code)
        machine.step()
        #expect(machine[.ecx] == 0)
        #expect(machine.eip == TestMachine.Place.code + 2)
        #expect(machine[.esi] == TestMachine.Place.data + 8)
        #expect(machine.bytes(at: TestMachine.Place.data + 0x100, count: 8) == Array(1...8))
    }

    @Test("With ECX zero REP does nothing")
    func noRounds() throws {
        let machine = try TestMachine("rep movsd")
        machine.step()
        #expect(machine.effects.isEmpty)
        #expect(machine.eip == TestMachine.Place.code + 2)
    }

    @Test("DF counts down")
    func down() throws {
        let machine = try TestMachine("std\nstosw")
        machine[.edi] = TestMachine.Place.data
        machine[.eax] = 0x1234
        machine.step()
        machine.step()
        #expect(machine[.edi] == TestMachine.Place.data - 2)
        #expect(machine.word(at: TestMachine.Place.data) == 0x1234)
    }

    @Test(
        "REPE stops at the first difference, REPNE at the first match",
        arguments: [
            ("repe cmpsb", 2), ("repne scasb", 3),
        ] as [(String, UInt32)])
    func compare(code: String, rounds: UInt32) throws {
        let machine = try TestMachine(code)
        machine.load(Array("abcd".utf8), at: TestMachine.Place.data)
        machine.load(Array("axcd".utf8), at: TestMachine.Place.data + 0x10)
        machine[.esi] = TestMachine.Place.data
        machine[.edi] = TestMachine.Place.data + 0x10
        machine[.eax] = UInt32(UInt8(ascii: "c"))
        machine[.ecx] = 4
        while machine.eip == TestMachine.Place.code { machine.step() }
        #expect(machine[.ecx] == 4 - rounds)
        #expect(machine[.edi] == TestMachine.Place.data + 0x10 + rounds)
    }

    @Test("A fault in a round keeps the rounds before it")
    func fault() throws {
        let machine = try TestMachine("rep stosd", ring: 3, paging: true)
        machine.setPage(TestMachine.Place.data + 0x1000, 0)
        machine[.edi] = TestMachine.Place.data + 0xFF8
        machine[.ecx] = 4
        machine.step()
        machine.step()
        #expect(machine.step().exception?.address == TestMachine.Place.data + 0x1000)
        #expect(machine[.ecx] == 2)
        #expect(machine[.edi] == TestMachine.Place.data + 0x1000)
        #expect(machine.stack(2)[1] == TestMachine.Place.code)
    }

    @Test("A segment prefix moves the source, never the destination")
    func override() throws {
        let machine = try TestMachine("mov fs, bx\nfs movsb")
        machine.setDescriptor(0x30, 0x00CF_9302_0000_FFFF)  // base 20000h
        machine[.ebx] = 0x30
        machine[.esi] = 0x10
        machine[.edi] = TestMachine.Place.data + 0x20
        machine.load([0x5A], at: TestMachine.Place.data + 0x10)
        machine.step()
        machine.step()
        #expect(machine.bytes(at: TestMachine.Place.data + 0x20, count: 1) == [0x5A])
    }
}
