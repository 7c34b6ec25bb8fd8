import Testing
import X86

private typealias Place = TestMachine.Place

@Suite("External interrupts (SDM vol. 3, 6.3 and 6.7)")
struct ExternalInterruptTests {
    @Test("With IF set it is taken before the next instruction, whose address is saved")
    func taken() throws {
        let machine = try TestMachine("inc eax", ring: 3)
        machine.eflags = Flags.interrupt
        machine.requestInterrupt(0x21)
        #expect(machine.step() == .interrupt(vector: 0x21))
        #expect(machine.eip == TestMachine.handler(0x21))
        #expect(machine[.eax] == 0)
        #expect(machine.stack(5) == [Place.code, 0x1B, 0x202, Place.userStack, 0x23])
        #expect(machine.eflags & Flags.interrupt == 0)
        #expect(machine.effects.first == .interrupt(vector: 0x21))
    }

    @Test("With IF clear it waits, and comes when POPF sets IF: POPF has no shadow")
    func held() throws {
        let machine = try TestMachine("nop\npush 0x202\npopfd\nnop")
        machine.requestInterrupt(0x21)
        for _ in 0..<3 { #expect(machine.step() == .executed) }
        #expect(machine.step() == .interrupt(vector: 0x21))
    }

    @Test("It is taken once, and the gate's DPL does not matter")
    func once() throws {
        let machine = try TestMachine("nop\nnop", ring: 3)
        machine.load(try TestMachine.assemble("iretd", at: 0), at: TestMachine.handler(0x21))
        machine.eflags = Flags.interrupt
        machine.requestInterrupt(0x21)
        #expect(machine.step() == .interrupt(vector: 0x21))
        for _ in 0..<3 { #expect(machine.step() == .executed) }
    }

    @Test("Of several vectors the highest comes first")
    func priority() throws {
        let machine = try TestMachine("nop")
        for vector in [UInt8(0x2D), 0x2E, 0x21] { machine.requestInterrupt(vector) }
        machine.eflags = Flags.interrupt
        #expect(machine.step() == .interrupt(vector: 0x2E))
        machine.eflags = Flags.interrupt
        #expect(machine.step() == .interrupt(vector: 0x2D))
    }

    @Test("It wakes HLT if IF is set; the saved EIP is behind HLT")
    func wakes() throws {
        let machine = try TestMachine("hlt\nnop")
        machine.eflags = Flags.interrupt
        machine.step()
        #expect(machine.step() == .halted)
        #expect(machine.awaitsInterrupt)
        machine.requestInterrupt(0x21)
        #expect(machine.step() == .interrupt(vector: 0x21))
        #expect(machine.stack(1) == [Place.code + 1])
        #expect(!machine.isHalted)
    }

    @Test("With IF clear only NMI wakes HLT")
    func sleeps() throws {
        let machine = try TestMachine("hlt")
        machine.step()
        machine.requestInterrupt(0x21)
        #expect(machine.step() == .halted)
        #expect(!machine.awaitsInterrupt)
        machine.requestNMI()
        #expect(machine.step() == .interrupt(vector: 2))
    }

    @Test("Between the rounds of a string instruction it is taken with RF saved, and the instruction goes on after it")
    func rounds() throws {
        let machine = try TestMachine("rep stosb\nnop")
        machine.load(try TestMachine.assemble("iretd", at: 0), at: TestMachine.handler(0x21))
        machine[.ecx] = 3
        machine[.edi] = Place.data
        machine.eflags = Flags.interrupt
        machine.step()
        machine.requestInterrupt(0x21)
        #expect(machine.step() == .interrupt(vector: 0x21))
        #expect(machine.stack(3) == [Place.code, 0x08, 0x1_0202])
        for _ in 0..<3 { #expect(machine.step() == .executed) }
        #expect(machine[.ecx] == 0)
        #expect(machine.eip == Place.code + 2)
    }

    @Test("A fault on the way to the handler has EXT set in its error code")
    func external() throws {
        let machine = try TestMachine("nop")
        machine.eflags = Flags.interrupt
        machine.requestInterrupt(0x22)
        let fault = try #require(machine.step().exception)
        #expect(fault.vector == .segmentNotPresent)
        #expect(fault.errorCode == UInt32(0x22 * 8 + 2 + 1))
        let beyond = try TestMachine("nop")
        beyond.eflags = Flags.interrupt
        beyond.requestInterrupt(0xFF)
        #expect(beyond.step().exception?.errorCode == UInt32(0xFF * 8 + 2 + 1))
    }

    @Test("NMI ignores IF, comes before INTR, and is blocked until IRET")
    func nonmaskable() throws {
        let machine = try TestMachine("nop")
        machine.load(try TestMachine.assemble("nop\niretd", at: 0), at: TestMachine.handler(2))
        machine.requestInterrupt(0x21)
        machine.requestNMI()
        #expect(machine.step() == .interrupt(vector: 2))
        machine.requestNMI()
        for _ in 0..<2 { #expect(machine.step() == .executed) }
        #expect(machine.eip == Place.code)
        #expect(machine.step() == .interrupt(vector: 2))
    }

    @Test("Even an IRET that faults unblocks NMI")
    func faultingReturn() throws {
        let machine = try TestMachine("nop")
        machine.load(try TestMachine.assemble("mov dword [esp+4], 0\niretd", at: 0), at: TestMachine.handler(2))
        machine.requestNMI()
        machine.step()
        machine.requestNMI()
        #expect(machine.step() == .executed)
        #expect(machine.step().exception?.vector == .generalProtection)
        #expect(machine.step() == .interrupt(vector: 2))
    }

    @Test("The single-step trap of the instruction before comes first (table 6-2)")
    func afterTrap() throws {
        let machine = try TestMachine("nop\nnop")
        machine.setGate(1, dpl: 0, isTrap: true)  // leaves IF alone
        machine.eflags = Flags.trap
        machine.load(try TestMachine.assemble("sti", at: 0), at: Place.code)
        machine.requestInterrupt(0x21)
        #expect(machine.step().debugCheck == .singleStep)
        #expect(machine.eflags & Flags.interrupt != 0)
        #expect(machine.step() == .interrupt(vector: 0x21))
        #expect(machine.stack(1) == [TestMachine.handler(1)])
    }

    @Test("It comes before an instruction breakpoint on the next instruction (table 6-2)")
    func beforeBreakpoint() throws {
        let setup = TestMachine.arming(Place.code, TestMachine.Debug.local0)
        let machine = try TestMachine("nop", setup: setup)
        machine.load(try TestMachine.assemble("iretd", at: 0), at: TestMachine.handler(0x21))
        machine.eflags = Flags.interrupt
        machine.requestInterrupt(0x21)
        #expect(machine.step() == .interrupt(vector: 0x21))
        #expect(machine.stack(3)[2] & Flags.resume == 0)
        #expect(machine.step() == .executed)
        #expect(machine.step().debugCheck == .instructionBreakpoint)
    }
}
