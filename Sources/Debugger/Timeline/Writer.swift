import X86

/// What somebody wants to know the writer of.
public enum WriterTarget: Hashable, Sendable {
    /// A whole register, as ``Machine/registerNames`` has them.
    case register(String)
    /// Bytes, 1 to 8, at a linear address.
    case memory(address: UInt32, size: Int)
    /// A model-specific register.
    case modelSpecific(UInt32)

    /// The whole register that a name, or the name of a part (`al`, `zf`), stands for; `nil` if there is none.
    public init?(registerNamed name: String) {
        let name = name.lowercased()
        let whole = RegisterName.part(name)?.whole ?? RegisterName.alias(of: name) ?? name
        guard Machine.registerNames.contains(whole) else { return nil }
        self = .register(whole)
    }

    /// What it holds on a machine now.
    func value(on machine: Machine) -> UInt64? {
        switch self {
        case .register(let name):
            if let register = Register.allCases.first(where: { $0.name == name }) {
                return UInt64(machine.cpu[register])
            }
            return machine.register(named: name).map(UInt64.init)
        case .memory(let address, let size):
            let bytes = machine.cpu.bytes(at: address, count: size)
            return bytes.count == size ? bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } : nil
        case .modelSpecific(let index): return machine.cpu.msr(index)
        }
    }

    /// Whether a change by hand wrote it.
    func isWritten(by edit: MachineEdit) -> Bool {
        switch (self, edit) {
        case (.register(let name), .register(let register, _)): name == register.name
        case (.register(let name), .instructionPointer): name == "eip"
        case (.register(let name), .flags): name == "eflags"
        case (.modelSpecific(let index), .modelSpecific(let edited, _)): index == edited
        case (.memory(let address, let size), .memory(let start, let bytes)):
            Int(start &- address) < size || Int(address &- start) < bytes.count
        default: false
        }
    }
}

/// What last wrote a register or memory.
public struct Writer: Sendable {
    /// Who it was.
    public enum Cause: Sendable {
        /// An instruction, with everything that it did.
        case instruction(TraceStep)
        /// The person at the prompt.
        case edit(AppliedEdit)
    }

    /// Who it was.
    public let cause: Cause
    /// How many steps the machine had taken before.
    public let step: Int
    /// What was there before; `nil` where no page was present.
    public let old: UInt64?
    /// What was there afterwards.
    public let new: UInt64?
}

/// How the search for a writer ended.
public enum WriterSearch: Sendable {
    /// The machine is just before the writer.
    case found(Writer)
    /// Nothing has written it since the recording began; the machine is where it was.
    case nothing
    /// Somebody gave up; the machine is where it was.
    case interrupted
}

extension Timeline {
    /// Looks back for what last changed a register, wrote to bytes, or wrote a model-specific register, and goes to
    /// the moment before it, so that the next search finds the writer before that one.
    public func findWriter(of target: WriterTarget, monitor: TravelMonitor = TravelMonitor()) -> WriterSearch {
        let edit = (0..<happened).last { events[$0].edit.map { target.isWritten(by: $0.edit) } ?? false }
        var probe = WriterProbe(target, on: machine)
        switch search(&probe, from: edit.map { events[$0].step } ?? start, monitor) {
        case .interrupted: return .interrupted
        case .found(let step, _): return .found(instruction(at: step, target))
        case .nothing:
            guard let edit, let applied = events[edit].edit else { return .nothing }
            travel(to: Moment(step: applied.step, events: edit + 1))
            let new = target.value(on: machine)
            travel(to: Moment(step: applied.step, events: edit))
            return .found(
                Writer(cause: .edit(applied), step: applied.step, old: target.value(on: machine), new: new))
        }
    }

    /// Executes the step once more to see what it does, and goes back before it.
    private func instruction(at step: Int, _ target: WriterTarget) -> Writer {
        let old = target.value(on: machine)
        forgetJournal()
        let executed = machine.step()
        let new = target.value(on: machine)
        travel(to: moment(before: step))
        return Writer(cause: .instruction(executed), step: step, old: old, new: new)
    }
}

/// Looks for steps that write.
private struct WriterProbe: StepProbe {
    private let target: WriterTarget
    /// Where the bytes lie in RAM: they may be written under another linear address.
    private let physical: UInt32?
    private var old: UInt64?

    init(_ target: WriterTarget, on machine: Machine) {
        self.target = target
        if case .memory(let address, _) = target {
            physical = machine.cpu.physicalAddress(of: address)
        } else {
            physical = nil
        }
    }

    var needsEffects: Bool {
        if case .register = target { return false }
        return true
    }

    mutating func willStep(_ machine: Machine) {
        if case .register = target { old = target.value(on: machine) }
    }

    func didStep(_ machine: Machine, _ outcome: StepOutcome, _ effects: [Effect]) -> Void? {
        switch target {
        case .register: target.value(on: machine) != old ? () : nil
        case .memory(let address, let size):
            effects.contains { writes($0, address, size, machine) } ? () : nil
        case .modelSpecific(let index):
            effects.contains { if case .writeMSR(index, _, _) = $0 { true } else { false } } ? () : nil
        }
    }

    private func writes(_ effect: Effect, _ address: UInt32, _ size: Int, _ machine: Machine) -> Bool {
        guard case .write(let start, let length, _, _) = effect else { return false }
        if Self.overlap(start, Int(length), address, size) { return true }
        guard let physical, let place = machine.cpu.physicalAddress(of: start) else { return false }
        return Self.overlap(place, Int(length), physical, size)
    }

    private static func overlap(_ start: UInt32, _ length: Int, _ address: UInt32, _ size: Int) -> Bool {
        Int(start &- address) < size || Int(address &- start) < length
    }
}
