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

    @Test(
        "It reads the gate, the code, SS0, ESP0 and the stack's descriptor, then pushes; parameters are copied one by one"
    )
    func microOperations() throws {
        let machine = try TestMachine("call 0x33:0", ring: 3)
        machine.setCallGate(0x30, parameters: 1)
        machine.step()
        let accesses = machine.effects.compactMap { effect -> String? in
            switch effect {
            case .read(let address, _, _, .operand): "read \(address)"
            case .write(let address, _, _, _): "write \(address)"
            default: nil
            }
        }
        let pushes = (UInt32(1)...5).map { "write \(Self.top - 4 * $0)" }
        #expect(accesses == Array(pushes[..<2]) + ["read \(Self.user)"] + Array(pushes[2...]))
        let reads: [Effect.Purpose] = [.descriptor, .descriptor, .taskState, .taskState, .descriptor, .operand]
        #expect(machine.effects.reads == reads)
        #expect(machine.effects.writes == (1...5).map { Self.top - 4 * $0 })
        #expect(machine.effects.contains(.checkCallGate(selector: 0x33, dpl: 3, cpl: 3)))
        #expect(machine.effects.contains(.switchStack(oldSS: 0x23, oldESP: Self.user, newSS: 0x10, newESP: Self.top)))
        #expect(machine.effects.contains(.changeRing(from: 3, to: 0)))
    }

    @Test("A parameter that cannot be read is a fault before anything is pushed")
    func unreadableParameter() throws {
        let machine = try TestMachine("call 0x33:0", ring: 3, paging: true)
        machine.setCallGate(0x30, parameters: 2)
        machine[.esp] = Self.user - 4
        machine.setPage(Self.user, 0)
        #expect(machine.step().exception?.address == Self.user)
        #expect(machine.effects.writes.count == 6, "only the frame of #PF")
        #expect(machine.stack(6).last == 0x23)
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
        let conforming = try TestMachine("jmp 0x33:0", ring: 3)
        conforming.setDescriptor(0x38, 0x00CF_9F00_0000_FFFF)
        conforming.setCallGate(0x30, to: 0x38)
        #expect(conforming.step() == .executed)
        #expect(conforming.cpl == 3)
        #expect(conforming.selector(.cs) == 0x3B)
    }

    @Test("A TSS that ends before SS0 is #TS with the task register's selector")
    func shortTaskState() throws {
        let setup = "mov byte [GDT+0x28], 8\nmov byte [GDT+0x2D], 0x89\nltr ax"
        let machine = try TestMachine("call 0x33:0", ring: 3, setup: "mov eax, 0x28\n" + setup)
        machine.setCallGate(0x30)
        machine.step()
        #expect(machine.firstRefusal?.vector == .invalidTSS)
        #expect(machine.firstRefusal?.errorCode == 0x28)
        #expect(machine.firstRefusal?.check == .taskStateLimit)
    }

    static let refusals: [TransferRefusal] = [
        gate("DPL less than CPL", .generalProtection, 0x30, .gatePrivilege) {
            $0.setCallGate(0x30, to: 0, dpl: 0, isPresent: false)
        },
        gate("DPL less than RPL", ring: 0, code: "call 0x31:0", .generalProtection, 0x30, .gateRequestedPrivilege) {
            $0.setCallGate(0x30, to: 0, dpl: 0, isPresent: false)
        },
        gate("gate absent", .segmentNotPresent, 0x30, .gateAbsent) { $0.setCallGate(0x30, to: 0, isPresent: false) },
        gate("null", .generalProtection, 0, .selectorNull) { $0.setCallGate(0x30, to: 3) },
        gate("outside the GDT", .generalProtection, 0x100, .selectorOutsideTable) { $0.setCallGate(0x30, to: 0x100) },
        gate("data", .generalProtection, 0x10, .segmentType) { $0.setCallGate(0x30, to: 0x10) },
        gate("outer ring", ring: 0, code: "call 0x30:0", .generalProtection, 0x18, .segmentPrivilege) {
            $0.setCallGate(0x30, to: 0x1B)
        },
        gate("JMP to an inner ring", code: "jmp 0x33:0", .generalProtection, 0x08, .segmentPrivilege) {
            $0.setCallGate(0x30)
        },
        gate("code absent", .segmentNotPresent, 0x58, .segmentAbsent) { $0.setCallGate(0x30, to: 0x58) },
        gate("offset, CALL", .generalProtection, 0, .codeLimit) { $0.setCallGate(0x30, to: 0x70) },
        gate("offset, JMP", ring: 0, code: "jmp 0x30:0", .generalProtection, 0, .codeLimit) {
            $0.setCallGate(0x30, to: 0x70)
        },
        stack("SS null", 0, .invalidTSS, 0, .selectorNull),
        stack("SS outside the GDT", 0x100, .invalidTSS, 0x100, .selectorOutsideTable),
        stack("SS of ring 3", 0x20, .invalidTSS, 0x20, .stackSelector),
        stack("RPL of SS", 0x13, .invalidTSS, 0x10, .stackSelector),
        stack("SS that is code", 0x08, .invalidTSS, 0x08, .stackSelector),
        stack("SS absent", 0x68, .stackFault, 0x68, .segmentAbsent),
        stack("22 bytes where 24 are needed", 0x50, .stackFault, 0x50, .segmentLimit),
        gate("no room in the same ring", ring: 0, code: "call 0x30:0", .stackFault, 0, .segmentLimit) {
            $0.setCallGate(0x30)
            $0[.esp] = 2
        },
    ]

    private static func gate(
        _ what: String, ring: Int = 3, code: String = "call 0x33:0", _ vector: Exception.Vector, _ errorCode: UInt32,
        _ check: Check, _ prepare: @escaping @Sendable (TestMachine) -> Void
    ) -> TransferRefusal {
        TransferRefusal(
            what: what, code: code, ring: ring, vector: vector, errorCode: errorCode, check: check, prepare: prepare)
    }

    private static func stack(
        _ what: String, _ selector: UInt32, _ vector: Exception.Vector, _ errorCode: UInt32, _ check: Check
    ) -> TransferRefusal {
        gate(what, vector, errorCode, check) {
            $0.setCallGate(0x30, parameters: 2)
            $0.setDescriptor(0x50, 0x0040_9700_0000_6FE9)  // expand-down, from 6FEAh on
            $0.store(selector, at: TestMachine.Place.taskState + 8)
        }
    }

    @Test("Each rule refuses the transfer before anything changes", arguments: refusals)
    func refused(condition: TransferRefusal) throws {
        let machine = try condition.machine()
        machine.step()
        condition.expect(try #require(machine.firstRefusal))
        #expect(machine.isRefusedCleanly)
    }

    @Test("A selector of any other system descriptor is #GP", arguments: [0, 2, 6, 8, 0xA, 0xD, 0xE, 0xF] as [UInt64])
    func otherTypes(type: UInt64) throws {
        let machine = try TestMachine("call 0x33:0", ring: 3)
        machine.setDescriptor(0x30, (0xE0 | type) << 40)
        let exception = try #require(machine.step().exception)
        #expect(exception.errorCode == 0x30)
        #expect(exception.check == .segmentType)
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
}
