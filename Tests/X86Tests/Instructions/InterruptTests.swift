import Testing
import X86

@Suite("INT n through gates (SDM vol. 2, INT n)")
struct InterruptTests {
    /// NT, OF, DF, IF, SF, ZF, AF, PF and CF are set.
    private static let everyFlag: UInt32 = 0x4ED7

    @Test(
        "An interrupt gate clears IF, NT and TF, a trap gate keeps IF; DF, AC and ID stay",
        arguments: [(0x2E, 0x0CD7), (0x2D, 0x0ED7)] as [(UInt8, UInt32)])
    func flags(vector: UInt8, expected: UInt32) throws {
        let kept = Flags.alignmentCheck | Flags.identification
        let machine = try TestMachine("int \(vector)", ring: 3)
        machine.eflags = Self.everyFlag | kept
        #expect(machine.step() == .executed)
        #expect(machine.eflags == expected | kept)
        #expect(machine.stack(3)[2] == Self.everyFlag | kept)
    }

    @Test("From ring 3 the frame is SS, ESP, EFLAGS, CS, EIP on the stack of the TSS")
    func frame() throws {
        let machine = try TestMachine("int 0x2E", ring: 3)
        machine.eflags = 0x202
        #expect(machine.step() == .executed)
        #expect(machine[.esp] == TestMachine.Place.kernelStack - 20)
        #expect(machine.stack(5) == [TestMachine.Place.code + 2, 0x1B, 0x202, TestMachine.Place.userStack, 0x23])
        #expect(machine.eip == TestMachine.handler(0x2E))
        #expect(machine.cpl == 0)
        #expect(machine.selector(.cs) == 0x08)
        #expect(machine.selector(.ss) == 0x10)
        #expect(machine.selector(.ds) == 0x23)
    }

    @Test("It reads the gate, the code descriptor, SS0, ESP0 and the stack descriptor, and pushes five dwords")
    func microOperations() throws {
        let machine = try TestMachine("int 0x2E", ring: 3)
        machine.step()
        #expect(machine.effects.reads == [.interruptGate, .descriptor, .taskState, .taskState, .descriptor])
        let top = TestMachine.Place.kernelStack
        #expect(machine.effects.writes == [top - 4, top - 8, top - 12, top - 16, top - 20])
        #expect(machine.effects.contains(.checkGate(vector: 0x2E, dpl: 3, cpl: 3, software: true)))
        #expect(machine.effects.contains(.changeRing(from: 3, to: 0)))
        let old = TestMachine.Place.userStack
        #expect(machine.effects.contains(.switchStack(oldSS: 0x23, oldESP: old, newSS: 0x10, newESP: top)))
    }

    @Test("In ring 0 the stack stays, and the frame is three dwords")
    func sameRing() throws {
        let machine = try TestMachine("int 0x2E")
        #expect(machine.step() == .executed)
        #expect(machine[.esp] == TestMachine.Place.kernelStack - 12)
        #expect(machine.stack(3) == [TestMachine.Place.code + 2, 0x08, 2])
        #expect(machine.effects.reads == [.interruptGate, .descriptor])
    }

    @Test(
        "Wrong vectors fault with the vector's place in the IDT",
        arguments: [
            (0x21, .generalProtection, 0x10A), (0x22, .segmentNotPresent, 0x112), (0x7F, .generalProtection, 0x3FA),
        ] as [(UInt8, Exception.Vector, UInt32)])
    func errorCodes(vector: UInt8, expected: Exception.Vector, code: UInt32) throws {
        let machine = try TestMachine("int \(vector)", ring: 3)
        let exception = try #require(machine.step().exception)
        #expect(exception.vector == expected)
        #expect(exception.errorCode == code)
        #expect(machine.stack(2) == [code, TestMachine.Place.code])
    }

    @Test("In ring 3 a gate with DPL 0 stops INT 2Eh with 172h, and no error code has EXT")
    func seedErrorCode() throws {
        let machine = try TestMachine("int 0x2E", ring: 3)
        machine.setGate(0x2E, dpl: 0)
        #expect(machine.step().exception?.errorCode == 0x172)
    }

    @Test("INT3 and INTO obey the gate's DPL, INT1 does not", arguments: ["int3", "into", "int1"])
    func oneByteForms(instruction: String) throws {
        let machine = try TestMachine(instruction, ring: 3)
        machine.setGate(3, dpl: 0)
        machine.setGate(4, dpl: 0)
        machine.eflags = Flags.overflow
        let outcome = machine.step()
        if instruction == "int1" {
            #expect(outcome == .executed)
            #expect(machine.eip == TestMachine.handler(1))
            #expect(machine.stack(1) == [TestMachine.Place.code + 1])
        } else {
            #expect(outcome.exception?.errorCode == (instruction == "int3" ? 0x1A : 0x22))
        }
    }

    @Test("INTO does nothing without OF")
    func intoWithoutOverflow() throws {
        let machine = try TestMachine("into", ring: 3)
        #expect(machine.step() == .executed)
        #expect(machine.eip == TestMachine.Place.code + 1)
        #expect(machine.cpl == 3)
    }

    @Test("A stack selector in the TSS that does not fit ring 0 is #TS with that selector")
    func wrongStackSelector() throws {
        let machine = try TestMachine("int 0x2E", ring: 3)
        machine.store(0x20, at: TestMachine.Place.taskState + 8)
        #expect(machine.step() == .shutdown, "the handler of #TS needs the same stack")
        #expect(raised(machine) == [.invalidTSS, .invalidTSS, .doubleFault, .invalidTSS])
    }

    @Test("A frame that meets an absent page changes nothing: the INT can be tried again")
    func restartable() throws {
        let machine = try TestMachine("int 0x2E", ring: 3, paging: true)
        machine.store(0x6008, at: TestMachine.Place.taskState + 4)  // three words of five fit on the page below
        machine.setPage(0x5000, 0)
        #expect(machine.step() == .shutdown, "#PF has nowhere to push its frame either")
        #expect(machine.cpl == 3)
        #expect(machine[.esp] == TestMachine.Place.userStack)
        #expect(machine.eip == TestMachine.Place.code)
        #expect(machine.effects.writes.isEmpty)
    }

    private func raised(_ machine: TestMachine) -> [Exception.Vector] {
        machine.effects.compactMap { if case .raise(let exception) = $0 { exception.vector } else { nil } }
    }
}
