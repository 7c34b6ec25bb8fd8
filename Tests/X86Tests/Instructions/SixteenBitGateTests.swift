import Testing
import X86

@Suite("16-bit interrupt and trap gates, and stacks of a 16-bit TSS (SDM vol. 2, INT n)")
struct SixteenBitGateTests {
    private static let handler = TestMachine.handler(0x40)
    private static let top = TestMachine.Place.kernelStack
    /// SP0 and SS0 of the 16-bit TSS of selector 30h.
    private static let narrowTask = "mov dword [DATA+2], 0x00106800\nmov eax, 0x30\nltr ax"

    @Test("From ring 3 the frame is five words; an interrupt gate clears IF, a trap gate keeps it", arguments: [6, 7])
    func frame(type: UInt32) throws {
        let machine = try TestMachine("int 0x30", ring: 3)
        machine.setGate(0x30, type: type, to: 0x08, 0xABCD_0000 | Self.handler)
        machine.eflags = 0x1_0202 & ~0x1_0000
        #expect(machine.step() == .executed)
        #expect(machine.eip == Self.handler)
        #expect(machine.cpl == 0)
        #expect(machine[.esp] == Self.top - 10)
        let words = (0..<5).map { machine.half(at: Self.top - 10 + 2 * $0) }
        #expect(words == [2, 0x1B, 0x202, 0, 0x23])
        #expect(machine.eflags == (type == 6 ? 2 : 0x202))
        #expect(machine.effects.reads == [.interruptGate, .descriptor, .taskState, .taskState, .descriptor])
        #expect(machine.effects.writes == (1...5).map { Self.top - 2 * $0 })
    }

    @Test("IRETW goes back within the lower 64 KiB")
    func roundTrip() throws {
        let machine = try TestMachine("mov word [TABLE], 0\nint 0x30")
        machine.setGate(0x30, type: 6, to: 0x08, Self.handler)
        machine.load(try TestMachine.assemble("iretw", at: Self.handler), at: Self.handler)
        machine.step()
        machine.step()
        #expect(machine[.esp] == Self.top - 6)
        #expect(machine.step() == .executed)
        #expect(machine.eip == (TestMachine.Place.code + 11) & 0xFFFF)
        #expect(machine[.esp] == Self.top)
    }

    @Test("The error code of an exception is a word as well")
    func errorCode() throws {
        let machine = try TestMachine("mov ax, 0x50\nmov ds, ax")
        machine.setGate(13, type: 6, dpl: 0, to: 0x08, Self.handler)
        #expect(machine.run().exception?.vector == .generalProtection)
        #expect(machine[.esp] == Self.top - 8)
        #expect((0..<4).map { machine.half(at: Self.top - 8 + 2 * $0) } == [0x50, 0x0004, 0x08, 0x0002])
    }

    @Test("LTR takes a 16-bit TSS, and gates find SP0 and SS0 in it", arguments: [6, 14] as [UInt32])
    func narrowTaskState(type: UInt32) throws {
        let machine = try TestMachine("int 0x30", ring: 3)
        try prepare(machine, limit: 0x2B)
        machine.setGate(0x30, type: type, to: 0x08, Self.handler)
        #expect(machine.step() == .executed)
        #expect(machine[.esp] == 0x6800 - (type == 6 ? 10 : 20))
        #expect(machine.selector(.ss) == 0x10)
    }

    @Test("A 16-bit TSS of five bytes has no room for SS0: #TS with its selector")
    func shortTaskState() throws {
        let machine = try TestMachine("int 0x30", ring: 3)
        try prepare(machine, limit: 4)
        machine.setGate(0x30, type: 14, to: 0x08, Self.handler)
        machine.step()
        #expect(machine.firstRefusal?.vector == .invalidTSS)
        #expect(machine.firstRefusal?.errorCode == 0x30)
        #expect(machine.firstRefusal?.check == .taskStateLimit)
    }

    /// Makes selector 30h the task register's, by way of ring 0.
    private func prepare(_ machine: TestMachine, limit: UInt64) throws {
        machine.setDescriptor(0x30, 0x81 << 40 | UInt64(TestMachine.Place.data) << 16 | limit)
        machine.load(try TestMachine.assemble(Self.narrowTask + "\niretd", at: Self.handler), at: Self.handler)
        machine.setGate(0x2E, type: 14, to: 0x08, Self.handler)
        let code = machine.bytes(at: TestMachine.Place.code, count: 2)
        machine.load([0xCD, 0x2E], at: TestMachine.Place.code)
        for _ in 0..<5 { #expect(machine.step() == .executed) }
        #expect(machine.taskRegister.selector == 0x30)
        machine.load(code, at: TestMachine.Place.code)
        machine.eip = TestMachine.Place.code
    }
}
