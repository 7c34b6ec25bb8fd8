import Testing
import X86

@Suite("What refuses a task switch (SDM vol. 3, table 7-1)")
struct TaskSwitchFaultTests {
    private static let old = TestMachine.Place.taskState
    private static let new: UInt32 = 0x3400

    static let before: [TransferRefusal] = [
        TransferRefusal(
            what: "TSS in the LDT", code: "jmp 0x0C:0", vector: .generalProtection, errorCode: 0x0C, check: .taskType
        ) {
            $0.load([0x67, 0, 0, 0x34, 0, 0x89, 0, 0], at: 0x5008)
        },
        TransferRefusal(
            what: "DPL less than CPL", code: "jmp 0x33:0", ring: 3, vector: .generalProtection, errorCode: 0x30,
            check: .taskPrivilege
        ) { $0.setTask(0x30, at: new, dpl: 2) },
        TransferRefusal(
            what: "DPL less than RPL", code: "jmp 0x33:0", vector: .generalProtection, errorCode: 0x30,
            check: .taskPrivilege
        ) { _ in },
        TransferRefusal(what: "busy, before absent", vector: .generalProtection, errorCode: 0x30, check: .taskBusy) {
            $0.setDescriptor(0x30, 0x0000_0B00_3400_0067)
        },
        TransferRefusal(
            what: "absent, before short", vector: .segmentNotPresent, errorCode: 0x30, check: .segmentAbsent
        ) {
            $0.setDescriptor(0x30, 0x0000_0900_3400_0066)
        },
        TransferRefusal(what: "103 bytes", vector: .invalidTSS, errorCode: 0x30, check: .taskStateLimit) {
            $0.setDescriptor(0x30, 0x0000_8900_3400_0066)
        },
        TransferRefusal(what: "43 bytes, 16-bit", vector: .invalidTSS, errorCode: 0x30, check: .taskStateLimit) {
            $0.setDescriptor(0x30, 0x0000_8100_3400_002A)
        },
        TransferRefusal(
            what: "task gate: DPL", code: "call 0x3B:0", ring: 3, vector: .generalProtection, errorCode: 0x38,
            check: .gatePrivilege
        ) { $0.setTaskGate(0x38, to: 0x30, dpl: 2, isPresent: false) },
        TransferRefusal(
            what: "task gate: absent", code: "call 0x38:0", vector: .segmentNotPresent, errorCode: 0x38,
            check: .gateAbsent
        ) { $0.setTaskGate(0x38, to: 0, isPresent: false) },
        TransferRefusal(
            what: "task gate: null", code: "call 0x38:0", vector: .generalProtection, errorCode: 0,
            check: .selectorNull
        ) { $0.setTaskGate(0x38, to: 0) },
        TransferRefusal(
            what: "task gate: selector in the LDT", code: "call 0x38:0", vector: .generalProtection, errorCode: 0x34,
            check: .taskType
        ) { $0.setTaskGate(0x38, to: 0x34) },
        TransferRefusal(
            what: "task gate: outside the GDT", code: "call 0x38:0", vector: .generalProtection, errorCode: 0x100,
            check: .selectorOutsideTable
        ) { $0.setTaskGate(0x38, to: 0x100) },
        TransferRefusal(
            what: "task gate: no TSS", code: "call 0x38:0", vector: .generalProtection, errorCode: 0x10,
            check: .taskType
        ) { $0.setTaskGate(0x38, to: 0x10) },
        TransferRefusal(
            what: "task gate: the running task", code: "call 0x38:0", vector: .generalProtection, errorCode: 0x28,
            check: .taskBusy
        ) { $0.setTaskGate(0x38, to: 0x28) },
        nested("back link null", 0, .invalidTSS, 0, .selectorNull),
        nested("back link in the LDT", 0x34, .invalidTSS, 0x34, .taskType),
        nested("back link outside the GDT", 0x100, .invalidTSS, 0x100, .selectorOutsideTable),
        nested("back link to data", 0x10, .invalidTSS, 0x10, .taskType),
        nested("back link to a task that is not busy", 0x30, .invalidTSS, 0x30, .taskNotBusy),
    ]

    private static func nested(
        _ what: String, _ link: UInt32, _ vector: Exception.Vector, _ errorCode: UInt32, _ check: Check
    ) -> TransferRefusal {
        TransferRefusal(what: what, code: "iretd", vector: vector, errorCode: errorCode, check: check) {
            $0.store(link, at: old)
            $0.eflags |= Flags.nestedTask
        }
    }

    @Test("Before the task register is loaded a fault leaves the old task as it was", arguments: before)
    func refused(condition: TransferRefusal) throws {
        let machine = try condition.machine()
        let old = machine.bytes(at: Self.old, count: 0x68)
        machine.step()
        let exception = try #require(machine.firstRefusal)
        condition.expect(exception)
        #expect(machine.isRefusedCleanly)
        #expect(machine.bytes(at: Self.old, count: 0x68) == old)
        #expect(machine.taskRegister.selector == 0x28)
    }

    static let after: [TransferRefusal] = [
        task("LDT in the LDT", [0x60: 0x4C], .invalidTSS, 0x4C, .selectorOutsideTable),
        task("LDT that is none", [0x60: 0x10], .invalidTSS, 0x10, .segmentType),
        task("LDT absent", [0x60: 0x40], .invalidTSS, 0x40, .segmentAbsent),
        task("RPL of CS is not its DPL, before SS", [0x4C: 0x0B, 0x50: 0], .invalidTSS, 0x08, .segmentPrivilege),
        task("SS null, before CS null", [0x50: 0, 0x4C: 0], .invalidTSS, 0, .selectorNull),
        task("SS outside its table", [0x50: 0x100], .invalidTSS, 0x100, .selectorOutsideTable),
        task("SS not writable", [0x50: 0x08], .invalidTSS, 0x08, .segmentType),
        task("SS absent", [0x50: 0x68], .stackFault, 0x68, .segmentAbsent),
        task("SS of ring 3", [0x50: 0x23], .invalidTSS, 0x20, .stackSelector),
        task("SS before an absent LDT", [0x50: 0x68, 0x60: 0x40], .stackFault, 0x68, .segmentAbsent),
        task("RPL of SS", [0x50: 0x13], .invalidTSS, 0x10, .stackSelector),
        task("CS null", [0x4C: 0], .invalidTSS, 0, .selectorNull),
        task("CS that is data", [0x4C: 0x10], .invalidTSS, 0x10, .segmentType),
        task("CS absent, before the RPL of SS", [0x4C: 0x58, 0x50: 0x13], .segmentNotPresent, 0x58, .segmentAbsent),
        task("DS outside its table", [0x54: 0x100], .invalidTSS, 0x100, .selectorOutsideTable),
        task("ES not readable", [0x48: 0x60], .invalidTSS, 0x60, .segmentType),
        task("FS absent", [0x58: 0x68], .segmentNotPresent, 0x68, .segmentAbsent),
        task("GS of an inner ring", [0x5C: 0x13], .invalidTSS, 0x10, .segmentPrivilege),
        task("EIP outside the code segment", [0x4C: 0x70], .generalProtection, 0, .codeLimit),
    ]

    private static func task(
        _ what: String, _ fields: [UInt32: UInt32], _ vector: Exception.Vector, _ errorCode: UInt32, _ check: Check
    ) -> TransferRefusal {
        TransferRefusal(what: what, vector: vector, errorCode: errorCode, check: check) { machine in
            for (offset, value) in fields { machine.store(value, at: new + offset) }
        }
    }

    @Test("Afterwards it is a fault of the new task; a handler that is a task sees it", arguments: after)
    func refusedInNewTask(condition: TransferRefusal) throws {
        let machine = try condition.machine()
        machine.setTask(0x38, at: 0x3800, eip: TestMachine.handler(0x42))
        for vector in [UInt8(10), 11, 12, 13] { machine.setGate(vector, type: 5, dpl: 0, to: 0x38) }
        let exception = try #require(machine.step().exception)
        condition.expect(exception)
        #expect(machine.effects.contains(.switchTask(from: 0x28, to: 0x30, cause: .jump)))
        #expect(machine.effects.contains(.switchTask(from: 0x30, to: 0x38, cause: .interrupt)))
        #expect(machine.eip == TestMachine.handler(0x42))
        #expect(machine.stack(1) == [condition.errorCode])
        #expect(machine.half(at: 0x3800) == 0x30, "the back link names the new task")
        #expect(
            machine.word(at: Self.new + 0x20) == TestMachine.handler(0x41), "its first instruction is still to come")
        #expect(machine.word(at: Self.new + 0x24) & Flags.resume != 0)
        #expect(!machine.isBusy(0x28) && machine.isBusy(0x30) && machine.isBusy(0x38))
    }

    @Test("An absent page under either TSS is a page fault of the old task", arguments: [0x9000, 0xA000, 0x3000])
    func pages(absent: UInt32) throws {
        let machine = try TestMachine("jmp 0x30:0", paging: true)
        machine.setTask(0x30, at: 0x9FC0)
        machine.setPage(absent, 0)
        machine.step()
        #expect(machine.firstRefusal?.vector == .pageFault)
        #expect(machine.firstRefusal?.address.map { $0 & ~0xFFF } == absent)
        #expect(machine.isRefusedCleanly)
        #expect(machine.taskRegister.selector == 0x28 && !machine.isBusy(0x30))
    }
}
