import Testing
import X86

@Suite("IRET and RETF (SDM vol. 2)")
struct InterruptReturnTests {
    private static func frame(cs: Int = 0x1B, flags: Int = 0x202, esp: Int = 0x2F000, ss: Int = 0x23) -> String {
        "push \(ss)\npush \(esp)\npush \(flags)\npush \(cs)\npush DATA\niretd"
    }

    @Test("IRETD to ring 3 reads seven times: five dwords and two descriptors")
    func microOperations() throws {
        let machine = try machineBeforeReturn(Self.frame())
        #expect(machine.step() == .executed)
        #expect(machine.effects.reads.count == 7)
        #expect(machine.effects.reads.filter { $0 == .descriptor }.count == 2)
        #expect(machine.effects.writes.isEmpty)
    }

    @Test("IRETD to ring 3 loads EIP, CS, EFLAGS, ESP and SS, and makes ring 0's data segments null")
    func outerRing() throws {
        let machine = try machineBeforeReturn("mov ax, 0x23\nmov fs, ax\n" + Self.frame(flags: 0x4ED7))
        #expect(machine.step() == .executed)
        #expect(machine.eip == TestMachine.Place.data)
        #expect(machine.eflags == 0x4ED7)
        #expect(machine[.esp] == 0x2F000)
        #expect(machine.cpl == 3)
        #expect(machine.selector(.ss) == 0x23)
        #expect(machine.selector(.ds) == 0)
        #expect(machine.selector(.fs) == 0x23)
    }

    @Test("IRETD in ring 3 changes neither IF nor IOPL")
    func flagsOfRing3() throws {
        let machine = try TestMachine("push 0x3202\npush 0x1B\npush DATA\niretd", ring: 3)
        for _ in 0..<4 { #expect(machine.step() == .executed) }
        #expect(machine.eflags == 2)
        #expect(machine[.esp] == TestMachine.Place.userStack)
        #expect(machine.effects.reads.count == 4)
    }

    @Test("IRETD within a ring leaves data segments alone")
    func sameRingKeepsSegments() throws {
        let setup = "mov ecx, 0x174\nmov eax, 8\nmov edx, 0\nwrmsr"
        let code = "mov edx, next\nmov ecx, STACK\nsysexit\nnext: push 2\npush 0x1B\npush DATA\niretd"
        let machine = try TestMachine(code, setup: setup)
        for _ in 0..<7 { #expect(machine.step() == .executed) }
        #expect(machine.eip == TestMachine.Place.data)
        #expect(machine.selector(.ds) == 0x10, "SYSEXIT left ring 0's segment, and so does IRETD")
    }

    @Test(
        "A frame that a check refuses leaves everything as it was",
        arguments: [
            (Self.frame(cs: 0), .generalProtection, 0), (Self.frame(cs: 0x103), .generalProtection, 0x100),
            (Self.frame(cs: 0x23), .generalProtection, 0x20), (Self.frame(cs: 0x0B), .generalProtection, 0x08),
            (Self.frame(ss: 0), .generalProtection, 0), (Self.frame(ss: 0x20), .generalProtection, 0x20),
            (Self.frame(ss: 0x1B), .generalProtection, 0x18), (Self.frame(ss: 0x33), .stackFault, 0x30),
            (Self.frame(cs: 0x3B), .segmentNotPresent, 0x38), (Self.frame(cs: 0x43), .generalProtection, 0),
        ] as [(String, Exception.Vector, UInt32)])
    func refused(code: String, vector: Exception.Vector, errorCode: UInt32) throws {
        let machine = try machineBeforeReturn(code)
        machine.setDescriptor(0x30, 0x00CF_7300_0000_FFFF)  // data, DPL 3, not present
        machine.setDescriptor(0x38, 0x00CF_7B00_0000_FFFF)  // code, DPL 3, not present
        machine.setDescriptor(0x40, 0x0040_FB00_0000_FFFF)  // code, DPL 3, 64 KiB: EIP lies outside
        let before = machine.state
        let exception = try #require(machine.step().exception)
        #expect(exception.vector == vector)
        #expect(exception.errorCode == errorCode)
        #expect(machine.stack(4) == [errorCode, before.eip, 0x08, before.eflags | Flags.resume])
        #expect(machine[.esp] == before[.esp] - 16)
    }

    @Test("A stack that ends in the middle of the frame is a fault before anything changes")
    func absentStackPage() throws {
        let machine = try TestMachine("mov esp, DATA + 0xFF0\niretd", paging: true)
        machine.load(try TestMachine.assemble("dd CODE, 0x1B, 2, STACK", at: 0), at: TestMachine.Place.data + 0xFF0)
        machine.setPage(TestMachine.Place.data + 0x1000, 0)
        machine.step()
        let exception = try #require(machine.step().exception)
        #expect(exception.vector == .pageFault)
        #expect(exception.address == TestMachine.Place.data + 0x1000)
        #expect(machine.selector(.cs) == 0x08)
    }

    @Test("RETF to ring 3 drops arguments from both stacks")
    func returnFarOuter() throws {
        let code = "push 0x23\npush 0x2F000\npush 1\npush 2\npush 0x1B\npush DATA\nretf 8"
        let machine = try TestMachine(code)
        for _ in 0..<7 { #expect(machine.step() == .executed) }
        #expect(machine.eip == TestMachine.Place.data)
        #expect(machine.cpl == 3)
        #expect(machine[.esp] == 0x2F008)
        #expect(machine.selector(.ds) == 0)
    }

    @Test("CALL FAR and RETF within a ring bring CS, EIP and ESP back")
    func farCallAndReturn() throws {
        let machine = try TestMachine("call 0x08:there\nhlt\nthere: retf")
        #expect(machine.step() == .executed)
        #expect(machine.stack(2) == [TestMachine.Place.code + 7, 0x08])
        #expect(machine.step() == .executed)
        #expect(machine.eip == TestMachine.Place.code + 7)
        #expect(machine[.esp] == TestMachine.Place.kernelStack)
    }

    /// Executes everything but the last instruction.
    private func machineBeforeReturn(_ code: String) throws -> TestMachine {
        let machine = try TestMachine(code)
        for _ in 1..<code.split(separator: "\n").count { #expect(machine.step() == .executed) }
        return machine
    }
}
