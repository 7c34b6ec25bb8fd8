import X86

extension GuestCase {
    /// What our processor makes of it in one run, where plain instructions execute in bursts; ``onOurProcessor()`` takes
    /// single steps.
    ///
    /// There is no table of handlers, so that an exception ends the run in a shutdown, with all as before it.
    /// - Parameter fault: which exception it was, as the steps have found out.
    func inOneRun(fault: GuestOutcome.Fault?) throws -> GuestOutcome {
        guard let model = CPUModel.named("pentium2") else { throw OracleFailure(description: "no pentium2") }
        var cpu = CPU(model: model, memorySize: 0x1_0000)
        loadMemory(of: &cpu)
        cpu.enterFlat(ring: 3, pageDirectory: Frame.directory)
        for register in Register.allCases { cpu[register] = registers[Int(register.rawValue)] }
        cpu.eflags = eflags
        cpu.eip = Self.codeAddress
        let end = Self.codeAddress + UInt32(code.count)
        let (outcome, _) = cpu.run(budget: steps == 0 ? Self.mostSteps : steps, until: end)
        guard (outcome == .shutdown) == (fault != nil) else {
            throw OracleFailure(description: "steps and a run end differently: \(disassembly)")
        }
        return GuestOutcome(
            fault: fault, registers: Register.allCases.map { cpu[$0] }, eflags: cpu.eflags, eip: cpu.eip,
            selectors: SegmentName.allCases.map { UInt32(cpu.segment($0).selector) },
            memory: cpu.bytes(at: Self.dataAddress, count: Int(Self.dataSize)))
    }

    /// Physical addresses; the data pages lie where their linear addresses are.
    private enum Frame {
        static let directory: UInt32 = 0x1000
        static let lowTable: UInt32 = 0x2000
        static let codeTable: UInt32 = 0x3000
        static let code: UInt32 = 0x4000
        static let presentWritableUser: UInt32 = 7
    }

    private func loadMemory(of cpu: inout CPU) {
        Self.map(0, Frame.lowTable, in: Frame.directory, &cpu)
        Self.map(Self.codeAddress >> 22, Frame.codeTable, in: Frame.directory, &cpu)
        Self.map(Self.codeAddress >> 12 & 0x3FF, Frame.code, in: Frame.codeTable, &cpu)
        for page in Self.dataAddress >> 12..<Self.dataEnd >> 12 {
            Self.map(page, page << 12, in: Frame.lowTable, &cpu)
        }
        cpu.loadPhysical(initialData, at: Self.dataAddress)
        cpu.loadPhysical(code, at: Frame.code)
    }

    private static func map(_ index: UInt32, _ frame: UInt32, in table: UInt32, _ cpu: inout CPU) {
        let entry = frame | Frame.presentWritableUser
        cpu.loadPhysical((0..<4).map { UInt8(truncatingIfNeeded: entry >> (8 * $0)) }, at: table + index * 4)
    }
}
