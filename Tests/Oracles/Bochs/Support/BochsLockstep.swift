import X86

/// Our processor and Bochs', side by side in one image.
final class BochsLockstep {
    private(set) var cpu: CPU
    private let bochs: Bochs
    private var recorder = EffectRecorder()
    /// Steps taken since the entry.
    private(set) var stepCount = 0
    /// Memory accesses compared.
    private(set) var accessCount = 0
    /// How many reads and writes Bochs listed for an instruction; its mnemonic is the key.
    private(set) var accessCounts: [String: Set<AccessCount>] = [:]
    /// Where the accesses were not Bochs', for each mnemonic once.
    private(set) var accessDifferences: [String: String] = [:]

    /// - Parameter bochsModel: the processor that Bochs plays.
    init(image: MultibootImage, model: CPUModel, bochsModel: String) throws {
        bochs = try Bochs(image: image, model: bochsModel)
        cpu = CPU(model: model)
        for segment in image.segments { cpu.loadPhysical(segment.bytes, at: segment.physicalAddress) }
        let entry = BochsROM.entryState
        for register in Register.allCases { cpu[register] = entry[register] }
        cpu.eflags = entry.eflags
        cpu.eip = image.entry
        try compare(with: try bochs.state(), BochsStep(cpu: cpu))
    }

    /// What the guest is about to execute.
    var nextCode: [UInt8] { cpu.bytes(at: cpu.linearEIP, count: 15) }

    /// Lets both run to an address, comparing nothing before they are there.
    func run(to address: UInt32) throws {
        try bochs.run(to: address)
        _ = cpu.run(budget: 1_000_000, until: address)
        try compare(with: try bochs.state(), BochsStep(cpu: cpu))
    }

    /// Executes up to the next HLT in ring 0 or the shutdown on both sides. Throws the first difference.
    func runToEnd(mostSteps: Int = 40_000) throws {
        while nextCode.first != 0xF4 || cpu.cpl != 0 {
            guard stepCount < mostSteps else { throw Bochs.Failure(description: "no HLT within \(mostSteps) steps") }
            if try step() == .shutdown { return }
        }
    }

    /// One instruction, or one round of a repeated string instruction, on both sides.
    @discardableResult
    func step() throws -> StepOutcome {
        var step = BochsStep(cpu: cpu)
        recorder.removeAll()
        let outcome = cpu.step(recording: &recorder)
        stepCount += 1
        step.note(recorder.effects)
        var theirs = try bochs.step()
        if outcome == .shutdown {
            guard theirs.isReset else { throw Bochs.Failure(description: "\(place(step)): ours shut down alone") }
            return outcome
        }
        // Bochs stops between an instruction and the trap behind it as well; a fault has no instruction in front.
        if case .exception(let exception) = outcome, exception.isDebugTrap {
            let first = theirs
            theirs = try bochs.step()
            theirs.accesses = first.accesses + theirs.accesses
            theirs.marks = first.marks + theirs.marks
        }
        if mayDifferInResumeFlag(outcome, step) { adoptResumeFlag(of: theirs, &step) }
        if step.readsIdentity { for register in step.identityRegisters { cpu[register] = theirs.registers[register] } }
        try compare(with: theirs, step, deliveredThrough: gate(of: outcome))
        let writes = theirs.accesses.count(where: \.isWrite)
        accessCounts[step.mnemonic, default: []].insert(
            AccessCount(reads: theirs.accesses.count - writes, writes: writes))
        return outcome
    }

    /// The steps and accesses that were the same, in words.
    var summary: String { "\(stepCount) steps, \(accessCount) memory accesses" }

    /// So that the handlers agree again where Bochs saves RF otherwise, ours finds what Bochs saved.
    private func adoptResumeFlag(of theirs: BochsState, _ step: inout BochsStep) {
        guard step.accesses.count == theirs.accesses.count else { return }
        for (index, saved) in theirs.accesses.enumerated() where saved.isWrite && saved.size == 4 {
            let ours = step.accesses[index]
            guard ours.address == saved.address, ours.value ^ saved.value == UInt64(Flags.resume),
                let address = cpu.physicalAddress(of: saved.address)
            else { continue }
            step.accesses[index] = saved
            cpu.loadPhysical((0..<4).map { UInt8(truncatingIfNeeded: saved.value >> (8 * $0)) }, at: address)
        }
    }

    /// The fault that DR7.GD makes and a trap between the rounds of a repeated string instruction save RF set, which
    /// Bochs saves clear. #DF is an abort and saves RF as it is, Bochs as the fault before has set it (SDM vol. 3,
    /// 17.3.1.1).
    private func mayDifferInResumeFlag(_ outcome: StepOutcome, _ step: BochsStep) -> Bool {
        guard outcome != .executed else { return false }
        guard case .exception(let exception) = outcome else { return step.isRepeated }
        return step.isRepeated || exception.check == .debugRegisterGuarded || exception.vector == .doubleFault
    }

    /// Where the gate of a fault lies in memory. A debug trap is different: its instruction is complete.
    private func gate(of outcome: StepOutcome) -> UInt32? {
        guard case .exception(let exception) = outcome, !exception.isDebugTrap else { return nil }
        return cpu.idtr.base &+ UInt32(exception.vector.rawValue) * 8
    }

    private func compare(
        with theirs: BochsState, _ step: BochsStep, deliveredThrough gate: UInt32? = nil
    ) throws {
        let list = registerDifferences(theirs.registers) + segmentDifferences(theirs) + controlDifferences(theirs)
        accessCount += step.accesses.count
        if let difference = step.difference(theirs, deliveredThrough: gate), accessDifferences[step.mnemonic] == nil {
            accessDifferences[step.mnemonic] = "\(place(step)): \(difference)"
        }
        if !list.isEmpty { throw Bochs.Failure(description: "\(place(step)): \(list.joined(separator: "; "))") }
    }

    private func place(_ step: BochsStep) -> String { "step \(stepCount) at \(hexadecimal(step.eip)): \(step.text)" }

    private func registerDifferences(_ theirs: RegisterState) -> [String] {
        let ours = cpu.state
        var list: [(String, UInt32, UInt32)] = [
            ("eip", ours.eip, theirs.eip), ("eflags", ours.eflags, theirs.eflags),
        ]
        list += Register.allCases.map { ($0.name, ours[$0], theirs[$0]) }
        list += SegmentName.allCases.map { ($0.name, UInt32(ours[$0]), UInt32(theirs[$0])) }
        return list.filter { $0.1 != $0.2 }.map { "\($0.0) \(hexadecimal($0.1)), Bochs \(hexadecimal($0.2))" }
    }

    /// The hidden parts. What they hold behind a null selector, or one that a failed task switch has not looked up, shows
    /// nowhere, as no access gets past it.
    private func segmentDifferences(_ theirs: BochsState) -> [String] {
        SegmentName.allCases.compactMap { name in
            let ours = cpu.segment(name)
            guard let other = theirs.segments[name], ours.attributes & 0x80 != 0 else { return nil }
            let expected = other.descriptor
            let access = UInt16(truncatingIfNeeded: expected.raw >> 40 & 0xFF | expected.raw >> 44 & 0xF00)
            guard (ours.base, ours.limit, ours.attributes) != (expected.base, expected.limit, access) else {
                return nil
            }
            return "\(name.name)'s hidden part \(hexadecimal(ours.base)) \(hexadecimal(ours.limit)) "
                + "\(hexadecimal(ours.attributes)), Bochs \(hexadecimal(expected.base)) "
                + "\(hexadecimal(expected.limit)) \(hexadecimal(access))"
        }
    }

    private func controlDifferences(_ theirs: BochsState) -> [String] {
        theirs.control.sorted { $0.key < $1.key }.compactMap { index, expected in
            guard let ours = cpu.controlRegister(index), ours != expected else { return nil }
            return "cr\(index) \(hexadecimal(ours)), Bochs \(hexadecimal(expected))"
        }
    }
}

extension Exception {
    /// #DB behind an instruction that is complete, not in place of one (SDM vol. 3, table 17-2).
    fileprivate var isDebugTrap: Bool {
        vector == .debug && check != .instructionBreakpoint && check != .debugRegisterGuarded
    }
}

/// How often an instruction went to memory, on its own behalf or for tables.
struct AccessCount: Hashable {
    let reads: Int
    let writes: Int
}
