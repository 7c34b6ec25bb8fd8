import Testing
import X86

/// The pages of the doors between the rings, checked by going through them and by being refused.
@Suite("The pages of the system-call instructions are what the processor does")
struct SystemCallPageTests {
    // MARK: Steps

    @Test("INT n from ring 3 makes the page's memory accesses, in its order: 5 reads and 5 pushes")
    func interruptSteps() throws {
        let machine = try TestMachine("int 0x2e", ring: 3)
        #expect(machine.step() == .executed)
        let page = try entry("int")
        #expect(machine.effects.accesses == page.accesses)
        #expect(page.accesses.count == 10)
    }

    @Test("IRETD to ring 3 makes the page's 7 reads, in its order")
    func interruptReturnSteps() throws {
        let machine = try TestMachine("push 0x23\npush STACK\npush 2\npush 0x1B\npush CODE\niretd")
        for _ in 0..<6 { #expect(machine.step() == .executed) }
        let page = try entry("iretd")
        #expect(machine.effects.accesses == page.accesses)
        #expect(page.accesses.count == 7)
    }

    @Test(
        "SYSENTER, SYSEXIT, SYSCALL and SYSRET touch no memory, as their pages say",
        arguments: [("sysenter", 3), ("sysexit", 0), ("syscall", 3), ("sysret", 0)])
    func noMemory(name: String, ring: Int) throws {
        let machine = try TestMachine(name, ring: ring, model: "athlon", setup: SystemCallSetup.both)
        #expect(machine.step() == .executed)
        #expect(machine.effects.touchNoMemory)
        let page = try entry(name)
        #expect(page.accesses.isEmpty && !page.steps.isEmpty)
    }

    // MARK: Faults

    @Test("SYSEXIT, SYSENTER, SYSCALL and SYSRET are refused as their pages say, the first check first")
    func refusals() throws {
        try expect([.systemEnterSelectorNull], of: "sysenter", refusedBy: TestMachine("sysenter", ring: 3))
        try expect(
            [.systemEnterSelectorNull, .ringZeroOnly], of: "sysexit", refusedBy: TestMachine("sysexit", ring: 3))
        try expect(
            [.ringZeroOnly], of: "sysexit", refusedBy: TestMachine("sysexit", ring: 3, setup: SystemCallSetup.enter))
        try expect([.systemCallDisabled], of: "syscall", refusedBy: TestMachine("syscall", ring: 3, model: "k6-2"))
        try expect(
            [.systemCallDisabled, .ringZeroOnly], of: "sysret",
            refusedBy: TestMachine("sysret", ring: 3, model: "k6-2"))
        try expect(
            [.ringZeroOnly], of: "sysret",
            refusedBy: TestMachine("sysret", ring: 3, model: "k6-2", setup: SystemCallSetup.call))
    }

    @Test("INT n is refused by the vector, the type, the DPL and the present bit, in this order")
    func gateRefusals() throws {
        try expect([.vectorOutsideTable], of: "int", refusedBy: TestMachine("int 0x7f", ring: 3))
        try expect([.gateType, .gateAbsent], of: "int", refusedBy: TestMachine("int 0x30", ring: 3))
        try expect([.gatePrivilege], of: "int", refusedBy: TestMachine("int 0x21", ring: 3))
        let machine = try TestMachine("int 0x23", ring: 3)
        machine.setGate(0x23, dpl: 0, isPresent: false)
        try expect([.gatePrivilege, .gateAbsent], of: "int", refusedBy: machine)
        try expect([.gateAbsent], of: "int", refusedBy: TestMachine("int 0x22", ring: 3))
    }

    @Test(
        "INT n is refused by the gate's code selector",
        arguments: [
            (UInt32(0), Check.selectorNull), (0x100, .selectorOutsideTable), (0x10, .segmentType),
            (0x30, .segmentAbsent),
        ])
    func codeRefusals(selector: UInt32, check: Check) throws {
        let machine = try TestMachine("int 0x23", ring: 3)
        machine.setGate(0x23, dpl: 3, selector: selector)
        machine.setDescriptor(0x30, 0x00CF_1B00_0000_FFFF)
        try expect([check], of: "int", refusedBy: machine)
    }

    @Test("INT n to a code segment of an outer ring is refused")
    func outerRefusal() throws {
        let machine = try TestMachine("int 0x23")
        machine.setGate(0x23, dpl: 3, selector: 0x1B)
        try expect([.segmentPrivilege], of: "int", refusedBy: machine)
    }

    @Test(
        "IRETD is refused by the CS and the SS on the stack",
        arguments: [
            ("push 2\npush 0\npush CODE", Check.selectorNull), ("push 2\npush 0x100\npush CODE", .selectorOutsideTable),
            ("push 2\npush 0x10\npush CODE", .segmentType), ("push 2\npush 0x18\npush CODE", .segmentPrivilege),
            ("push 0x10\npush STACK\npush 2\npush 0x1B\npush CODE", .stackSelector),
        ])
    func returnRefusals(frame: String, check: Check) throws {
        let machine = try TestMachine(frame + "\niretd")
        for _ in frame.split(separator: "\n") { #expect(machine.step() == .executed) }
        try expect([check], of: "iretd", refusedBy: machine)
    }

    // MARK: Helpers

    private func entry(_ name: String) throws -> InstructionEntry {
        try #require(InstructionReference.named(name)?.entries.first)
    }

    /// The machine's next instruction is refused by the first of `checks`, which the page lists in this order, with
    /// the vector and error code that the page gives.
    private func expect(_ checks: [Check], of name: String, refusedBy machine: TestMachine) throws {
        let rules = try entry(name).checks
        let listed = checks.map { check in rules.firstIndex { $0.check == check } }
        #expect(!listed.contains(nil) && listed.compactMap(\.self) == listed.compactMap(\.self).sorted())
        machine.step()
        let exception = try #require(machine.firstRefusal)
        #expect(exception.check == checks.first)
        let rule = try #require(rules.first { $0.matches(exception) }, "\(exception) is not on the page of \(name)")
        #expect(rule.vector == exception.vector)
    }
}

extension InstructionEntry {
    /// The steps' accesses, in order.
    var accesses: [MicroStep.Access] { steps.compactMap(\.access) }
}

extension [Effect] {
    /// Reads and writes in order, without those of page tables.
    var accesses: [MicroStep.Access] {
        compactMap { effect in
            switch effect {
            case .read(_, _, _, let purpose): .read(purpose)
            case .write: .write
            default: nil
            }
        }
    }
}
