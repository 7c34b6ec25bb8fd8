import Testing
import X86

@Suite("Task switches (SDM vol. 3, chapter 7)")
struct TaskSwitchTests {
    private static let old = TestMachine.Place.taskState
    private static let new: UInt32 = 0x3400
    private static let code = TestMachine.Place.code
    private static let entry = TestMachine.handler(0x41)

    @Test("JMP to a TSS saves the old task and loads the new one: Table 7-2's first column")
    func jump() throws {
        let machine = try machine("jmp 0x30:0")
        machine[.eax] = 0xAAAA
        machine.eflags |= Flags.nestedTask | Flags.carry
        #expect(machine.step() == .executed)
        #expect(machine.word(at: Self.old + 0x20) == Self.code + 7)
        #expect(machine.word(at: Self.old + 0x24) == 0x4003, "NT of the old task stays")
        #expect(machine.word(at: Self.old + 0x28) == 0xAAAA)
        #expect(machine.word(at: Self.old + 0x38) == TestMachine.Place.kernelStack)
        #expect((0..<6).map { machine.half(at: Self.old + 0x48 + 4 * $0) } == [0x10, 0x08, 0x10, 0x10, 0x10, 0x10])
        #expect(machine.eip == Self.entry)
        #expect(machine.eflags == 2)
        #expect(
            Register.allCases.filter { $0 != .esp }.map { machine[$0] } == [0, 1, 2, 3, 5, 6, 7].map { 0x1110 + $0 })
        #expect(machine[.esp] == 0x6000)
        #expect(machine.taskRegister.selector == 0x30)
        #expect(machine.isBusy(0x30) && !machine.isBusy(0x28))
        #expect(machine.word(at: Self.new) == 0, "no back link")
        #expect(try #require(machine.control(0)) & 8 != 0, "CR0.TS")
    }

    @Test("CALL to a TSS sets NT and the back link; IRETD returns, and both tasks are as Table 7-2 says")
    func callAndReturn() throws {
        let machine = try machine("call 0x30:0\nnop")
        machine[.ebx] = 0xBBBB
        machine.load([0xCF], at: Self.entry)
        #expect(machine.step() == .executed)
        #expect(machine.eflags == 2 | Flags.nestedTask)
        #expect(machine.word(at: Self.new) == 0x28)
        #expect(machine.isBusy(0x28) && machine.isBusy(0x30))
        #expect(machine.effects.contains(.switchTask(from: 0x28, to: 0x30, cause: .call)))
        #expect(machine.step() == .executed)
        #expect(machine.effects.contains(.switchTask(from: 0x30, to: 0x28, cause: .interruptReturn)))
        #expect(machine.eip == Self.code + 7)
        #expect(machine[.ebx] == 0xBBBB)
        #expect(machine[.esp] == TestMachine.Place.kernelStack)
        #expect(machine.eflags == 2)
        #expect(machine.isBusy(0x28) && !machine.isBusy(0x30))
        #expect(machine.word(at: Self.new + 0x24) == 2, "NT is cleared in what is saved")
        #expect(machine.word(at: Self.new + 0x20) == Self.entry + 1)
    }

    @Test("The effects come in the manual's order: save, back link, busy bit, then the new state and its segments")
    func order() throws {
        let machine = try machine("call 0x30:0")
        machine.step()
        let saved = (0..<16).map { Self.old + 0x20 + 4 * UInt32($0) }
        #expect(machine.effects.writes == saved + [Self.new, TestMachine.Place.gdt + 0x35])
        let loads = machine.effects.compactMap {
            if case .loadSegment(let name, _, _, _, _, _) = $0 { name } else { nil }
        }
        #expect(loads == [.cs, .ss, .ds, .es, .fs, .gs])
        #expect(machine.effects.reads.filter { $0 == .taskState }.count == 19)
        #expect(machine.effects.reads.first == .descriptor)
    }

    @Test("A task may run in another ring, and a task gate opens a TSS of DPL 0 to ring 3", arguments: [0, 3])
    func rings(ring: UInt32) throws {
        let machine = try TestMachine("call 0x3B:0", ring: 3)
        machine.setTask(0x30, at: Self.new, ring: ring)
        machine.setTaskGate(0x38, to: 0x30)
        #expect(machine.step() == .executed)
        #expect(machine.cpl == UInt8(ring))
        #expect(machine.selector(.cs) == (ring == 3 ? 0x1B : 0x08))
        #expect(machine.effects.contains(.checkTaskGate(selector: 0x3B, dpl: 3, cpl: 3)))
        #expect(machine.half(at: Self.old + 0x4C) == 0x1B)
    }

    @Test("CR3 and LDTR come from the TSS and are not saved; without paging CR3 stays", arguments: [false, true])
    func addressSpace(paging: Bool) throws {
        let machine = try TestMachine("jmp 0x30:0", paging: paging)
        machine.setTask(0x30, at: Self.new)
        machine.setDescriptor(0x40, 0x0000_8200_5000_001F)
        machine.store(0x40, at: Self.new + 0x60)
        machine.store(0x0C, at: Self.new + 0x54)  // DS lies in the LDT
        machine.load([0xFF, 0xFF, 0, 0, 0, 0x93, 0xCF, 0], at: 0x5008)
        machine.store(0x4_2000, at: Self.new + 0x1C)
        machine.store(TestMachine.Place.table | 7, at: 0x4_2000)
        #expect(machine.step() == .executed)
        #expect(machine.control(3) == (paging ? 0x4_2000 : 0))
        #expect(machine.selector(.ds) == 0x0C)
        #expect(machine.segment(.ds).limit == .max)
        #expect(machine.word(at: Self.old + 0x1C) == 0)
    }

    @Test("A 16-bit TSS keeps words: the upper halves become ones, FS and GS null, and CR3 stays")
    func narrow() throws {
        let machine = try TestMachine("call 0x30:0")
        machine.setTask(0x30, at: Self.new, is32Bit: false)
        machine.load([0xCF], at: Self.entry)
        #expect(machine.step() == .executed)
        #expect(machine.eip == Self.entry)
        #expect(machine[.eax] == 0xFFFF_1110)
        #expect(machine[.esp] == 0xFFFF_6000)
        #expect(machine.eflags == 2 | Flags.nestedTask)
        #expect(machine.selector(.fs) == 0 && machine.selector(.gs) == 0)
        machine[.ecx] = 0x1234_5678
        #expect(machine.step() == .executed)
        #expect(machine.eip == Self.code + 7)
        #expect(machine.half(at: Self.new + 0x0E) == UInt16(Self.entry + 1))
        #expect(machine.word(at: Self.new + 0x14) == 0x1112_5678, "only a word is saved")
        #expect(machine.taskRegister.selector == 0x28)
    }

    @Test("The T flag of the new TSS is #DB with DR6.BT, before the task's first instruction")
    func trap() throws {
        let machine = try machine("jmp 0x30:0")
        machine.store(0x68 << 16 | 1, at: Self.new + 0x64)
        machine.load(try TestMachine.assemble("mov eax, dr6\nhlt", at: 0), at: TestMachine.handler(1))
        #expect(machine.step() == .executed)
        #expect(machine.step().exception?.check == .taskTrap)
        #expect(machine.stack(3) == [Self.entry, 0x08, 2])
        #expect(machine[.esp] == 0x6000 - 12)
        machine.step()
        #expect(machine[.eax] & 0xE000 == 0x8000)
    }

    @Test("Local breakpoints belong to the old task, global ones stay")
    func breakpoints() throws {
        let machine = try TestMachine("jmp 0x30:0", setup: "mov eax, 0x703\nmov dr7, eax")
        machine.setTask(0x30, at: Self.new)
        machine.load(try TestMachine.assemble("mov eax, dr7", at: 0), at: Self.entry)
        #expect(machine.step() == .executed)
        #expect(machine.step() == .executed)
        #expect(machine[.eax] == 0x602)
    }

    @Test("TF of the old task traps neither in the old task nor in the new one; it comes back with the old task")
    func singleStep() throws {
        let machine = try machine("call 0x30:0\nnop")
        machine.load([0xCF], at: Self.entry)
        machine.eflags |= Flags.trap
        #expect(machine.step() == .executed)
        #expect(machine.eflags & Flags.trap == 0)
        #expect(machine.step() == .executed)
        #expect(machine.eflags & Flags.trap != 0)
        #expect(machine.step().exception?.check == .singleStep)
    }

    @Test("A task in virtual-8086 mode is named as missing, and the old task stays")
    func virtual8086() throws {
        let machine = try machine("jmp 0x30:0")
        machine.store(Flags.virtual8086 | 2, at: Self.new + 0x24)
        let exception = try #require(machine.step().exception)
        #expect(exception.vector == .invalidOpcode)
        #expect(exception.check == .notImplemented(what: "a task in virtual-8086 mode"))
        #expect(machine.taskRegister.selector == 0x28)
        #expect(!machine.isBusy(0x30))
    }

    private func machine(_ code: String) throws -> TestMachine {
        let machine = try TestMachine(code)
        machine.setTask(0x30, at: Self.new)
        return machine
    }
}
