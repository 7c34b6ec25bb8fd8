import Testing
import X86

@Suite("Call gates (SDM vol. 3, 5.8.3–5.8.6; vol. 2, CALL and JMP)")
struct CallGateTests {
    private static let target = TestMachine.handler(0x40)
    private static let top = TestMachine.Place.kernelStack
    private static let user = TestMachine.Place.userStack

    @Test("From ring 3 the inner stack gets SS, ESP, the parameters in their order, CS and EIP")
    func frame() throws {
        let machine = try TestMachine("push 0x222\npush 0x111\ncall 0x33:0", ring: 3)
        machine.setCallGate(0x30, parameters: 2)
        for _ in 0..<3 { #expect(machine.step() == .executed) }
        #expect(machine.eip == Self.target)
        #expect(machine.cpl == 0)
        #expect(machine.selector(.cs) == 0x08)
        #expect(machine.selector(.ss) == 0x10)
        #expect(machine[.esp] == Self.top - 24)
        let returnTo = TestMachine.Place.code + 17
        #expect(machine.stack(6) == [returnTo, 0x1B, 0x111, 0x222, Self.user - 8, 0x23])
        #expect(machine.eflags == 2)
    }

    @Test("It reads the gate, the code, SS0, ESP0, the stack's descriptor and the parameters, then pushes")
    func microOperations() throws {
        let machine = try TestMachine("call 0x33:0", ring: 3)
        machine.setCallGate(0x30, parameters: 1)
        machine.step()
        let reads: [Effect.Purpose] = [.descriptor, .descriptor, .taskState, .taskState, .descriptor, .operand]
        #expect(machine.effects.reads == reads)
        #expect(machine.effects.writes == (1...5).map { Self.top - 4 * $0 })
        #expect(machine.effects.contains(.checkCallGate(selector: 0x33, dpl: 3, cpl: 3)))
        #expect(machine.effects.contains(.switchStack(oldSS: 0x23, oldESP: Self.user, newSS: 0x10, newESP: Self.top)))
        #expect(machine.effects.contains(.changeRing(from: 3, to: 0)))
    }

    @Test("RETF n goes back and drops the parameters from both stacks", arguments: [0, 1, 31])
    func roundTrip(count: Int) throws {
        let pushes = (0..<count).map { "push \($0)\n" }.joined()
        let machine = try TestMachine(pushes + "call 0x33:0\nnop", ring: 3)
        machine.setCallGate(0x30, parameters: UInt64(count))
        machine.load(try TestMachine.assemble("retf \(4 * count)", at: Self.target), at: Self.target)
        for _ in 0...count { #expect(machine.step() == .executed) }
        #expect(machine.stack(count + 4).dropFirst(2).first == (count > 0 ? UInt32(count - 1) : Self.user))
        #expect(machine.step() == .executed)
        #expect(machine.cpl == 3)
        #expect(machine[.esp] == Self.user)
        #expect(machine.bytes(at: machine.eip, count: 1) == [0x90])
    }

    @Test("A 16-bit gate pushes words and has a 16-bit offset")
    func narrow() throws {
        let machine = try TestMachine("push 0x0BAD1234\ncall 0x33:0", ring: 3)
        machine.setCallGate(0x30, 0xFFFF_0000 | Self.target, parameters: 1, is32Bit: false)
        for _ in 0..<2 { #expect(machine.step() == .executed) }
        #expect(machine.eip == Self.target)
        #expect(machine[.esp] == Self.top - 10)
        let words = (0..<5).map { machine.half(at: Self.top - 10 + 2 * $0) }
        #expect(words == [0x000C, 0x1B, 0x1234, 0xFFFC, 0x23])
    }

    @Test("Within a ring, and to conforming code, the stack stays and nothing is copied", arguments: [0, 3])
    func sameRing(ring: Int) throws {
        let machine = try TestMachine("call 0x33:0", ring: ring)
        machine.setDescriptor(0x38, 0x00CF_9F00_0000_FFFF)  // conforming code, DPL 0
        machine.setCallGate(0x30, to: ring == 0 ? 0x08 : 0x38, parameters: 3)
        let old = machine[.esp]
        #expect(machine.step() == .executed)
        #expect(Int(machine.cpl) == ring)
        #expect(machine.selector(.cs) == (ring == 0 ? 0x08 : 0x3B))
        #expect(machine[.esp] == old - 8)
        #expect(machine.stack(2) == [TestMachine.Place.code + 7, ring == 0 ? 0x08 : 0x1B])
    }

    @Test("JMP through a gate pushes nothing and never changes the ring")
    func jump() throws {
        let machine = try TestMachine("jmp 0x30:0")
        machine.setCallGate(0x30, parameters: 3)
        #expect(machine.step() == .executed)
        #expect(machine.eip == Self.target)
        #expect(machine[.esp] == Self.top)
        let inner = try TestMachine("jmp 0x33:0", ring: 3)
        inner.setCallGate(0x30)
        let exception = try #require(inner.step().exception)
        #expect(exception == (try Self.refusal(.generalProtection, 0x08, .segmentPrivilege, like: exception)))
        let conforming = try TestMachine("jmp 0x33:0", ring: 3)
        conforming.setDescriptor(0x38, 0x00CF_9F00_0000_FFFF)
        conforming.setCallGate(0x30, to: 0x38)
        #expect(conforming.step() == .executed)
        #expect(conforming.cpl == 3)
        #expect(conforming.selector(.cs) == 0x3B)
    }

    @Test("A null stack in the TSS, one that is absent, too small or of another ring refuses the call")
    func stacks() throws {
        let cases: [(UInt32, Exception.Vector, UInt32, Check)] = [
            (0, .invalidTSS, 0, .selectorNull), (0x100, .invalidTSS, 0x100, .selectorOutsideTable),
            (0x20, .invalidTSS, 0x20, .stackSelector), (0x13, .invalidTSS, 0x10, .stackSelector),
            (0x08, .invalidTSS, 0x08, .stackSelector), (0x38, .stackFault, 0x38, .segmentAbsent),
            (0x40, .stackFault, 0x40, .segmentLimit),
        ]
        for (selector, vector, code, check) in cases {
            let machine = try TestMachine("call 0x33:0", ring: 3)
            machine.setCallGate(0x30, parameters: 2)
            machine.setDescriptor(0x38, 0x00CF_1300_0000_FFFF)  // data, DPL 0, not present
            machine.setDescriptor(0x40, 0x0040_9700_0000_6FE9)  // expand-down: 22 bytes below 7000h, 24 are needed
            machine.store(selector, at: TestMachine.Place.taskState + 8)
            try expect(machine, vector, code, check)
        }
    }

    @Test("A TSS that ends before SS0 is #TS with the task register's selector")
    func shortTaskState() throws {
        let setup = "mov byte [GDT+0x28], 8\nmov byte [GDT+0x2D], 0x89\nltr ax"
        let machine = try TestMachine("call 0x33:0", ring: 3, setup: "mov eax, 0x28\n" + setup)
        machine.setCallGate(0x30)
        try expect(machine, .invalidTSS, 0x28, .taskStateLimit)
    }

    @Test("The gate's own checks come in the manual's order")
    func gate() throws {
        try refuse("call 0x33:0", ring: 3, .generalProtection, 0x30, .gatePrivilege) {
            $0.setCallGate(0x30, to: 0, dpl: 0, isPresent: false)
        }
        try refuse("call 0x31:0", ring: 0, .generalProtection, 0x30, .gateRequestedPrivilege) {
            $0.setCallGate(0x30, to: 0, dpl: 0, isPresent: false)
        }
        try refuse("call 0x33:0", ring: 3, .segmentNotPresent, 0x30, .gateAbsent) {
            $0.setCallGate(0x30, to: 0, isPresent: false)
        }
        try refuse("call 0x33:0", ring: 3, .generalProtection, 0, .selectorNull) { $0.setCallGate(0x30, to: 3) }
        try refuse("call 0x33:0", ring: 3, .generalProtection, 0x100, .selectorOutsideTable) {
            $0.setCallGate(0x30, to: 0x100)
        }
        try refuse("call 0x33:0", ring: 3, .generalProtection, 0x10, .segmentType) { $0.setCallGate(0x30, to: 0x10) }
        try refuse("call 0x30:0", ring: 0, .generalProtection, 0x18, .segmentPrivilege) {
            $0.setCallGate(0x30, to: 0x1B)
        }
        try refuse("call 0x33:0", ring: 3, .segmentNotPresent, 0x38, .segmentAbsent) {
            $0.setDescriptor(0x38, 0x00CF_1B00_0000_FFFF)
            $0.setCallGate(0x30, to: 0x38)
        }
        try refuse("call 0x33:0", ring: 3, .generalProtection, 0, .codeLimit) {
            $0.setDescriptor(0x38, 0x0040_9B00_0000_0FFF)
            $0.setCallGate(0x30, to: 0x38)
        }
        for type in [UInt64(0), 2, 6, 8, 0xA, 0xD, 0xE, 0xF] {
            try refuse("call 0x33:0", ring: 3, .generalProtection, 0x30, .segmentType) {
                $0.setDescriptor(0x30, (0xE0 | type) << 40)
            }
        }
    }

    @Test("A page that is absent under the parameters or the new stack leaves the caller as it was")
    func pages() throws {
        let machine = try TestMachine("mov esp, STACK-4\ncall 0x33:0", ring: 3, paging: true)
        machine.setCallGate(0x30, parameters: 2)
        machine.setPage(TestMachine.Place.userStack, 0)
        machine.step()
        machine.step()
        #expect(machine.firstRefusal?.address == TestMachine.Place.userStack)
        #expect(machine.isRefusedCleanly)
        let inner = try TestMachine("call 0x33:0", ring: 3, paging: true)
        inner.setCallGate(0x30, parameters: 2)
        inner.store(0x6008, at: TestMachine.Place.taskState + 4)
        inner.setPage(0x5000, 0)
        inner.step()
        #expect(inner.firstRefusal?.address == 0x5FFC)
        #expect(inner.isRefusedCleanly)
    }

    // MARK: Helpers

    private func refuse(
        _ code: String, ring: Int, _ vector: Exception.Vector, _ errorCode: UInt32, _ check: Check,
        _ setup: (TestMachine) -> Void
    ) throws {
        let machine = try TestMachine(code, ring: ring)
        setup(machine)
        try expect(machine, vector, errorCode, check)
    }

    private func expect(
        _ machine: TestMachine, _ vector: Exception.Vector, _ errorCode: UInt32, _ check: Check
    ) throws {
        machine.step()
        let exception = try #require(machine.firstRefusal)
        #expect(exception == (try Self.refusal(vector, errorCode, check, like: exception)))
        #expect(machine.isRefusedCleanly)
    }

    /// An exception to compare with.
    private static func refusal(
        _ vector: Exception.Vector, _ errorCode: UInt32, _ check: Check, like other: Exception
    ) throws -> Exception {
        var exception = other
        exception.vector = vector
        exception.errorCode = errorCode
        exception.check = check
        return exception
    }
}
