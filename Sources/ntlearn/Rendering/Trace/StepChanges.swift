import Debugger
import X86

/// What a learner wants to see behind an instruction: what it changed, without what goes without saying.
struct StepChanges {
    let items: [StepChange]

    /// - Parameter after: the registers when the step was done.
    init(_ step: TraceStep, after: RegisterState) {
        if let task = Self.task(step.effects) {
            items = [task] + Self.system(step.effects) + Self.flags(step.before, after)
            return
        }
        let writes = Self.writes(of: step)
        var items = Self.memory(writes)
        items += Self.registers(step.before, after, writes: writes)
        items += Self.system(step.effects)
        items += Self.flags(step.before, after)
        if let branch = Self.branch(step, after) { items.append(branch) }
        self.items = items
    }

    /// From the registers at the beginning of repeated rounds to those at their end.
    init(from before: RegisterState, to after: RegisterState) {
        items = Self.registers(before, after, writes: [])
    }

    private static func task(_ effects: [Effect]) -> StepChange? {
        effects.lazy.compactMap { effect in
            if case .switchTask(let old, let new, _) = effect { .task(from: old, to: new) } else { nil }
        }.last
    }

    private struct Write {
        let address: UInt32
        let size: UInt8
        let value: UInt64
    }

    /// The processor's own mark in a descriptor that it loads is no write of the program's.
    private static func writes(of step: TraceStep) -> [Write] {
        var accessByte: UInt32?
        var writes: [Write] = []
        for effect in step.effects {
            switch effect {
            case .read(let address, _, _, .descriptor): accessByte = address &+ 5
            case .write(let address, let size, _, let new) where address != accessByte:
                writes.append(Write(address: address, size: size, value: new))
            default: break
            }
        }
        return writes
    }

    private static func memory(_ writes: [Write]) -> [StepChange] {
        if writes.count > 2 { return [.pushes(writes.count)] }
        return writes.map { .memory($0.address, size: $0.size, $0.value) }
    }

    /// ESP is left out after a push: the address that was written says the same.
    private static func registers(
        _ before: RegisterState, _ after: RegisterState, writes: [Write]
    ) -> [StepChange] {
        let isPush = writes.count == 1 && writes.first?.address == after[.esp]
        let changed = Register.allCases.filter { before[$0] != after[$0] && !($0 == .esp && isPush) }
        let general = changed.filter { $0 != .esp } + changed.filter { $0 == .esp }
        let segments = SegmentName.allCases.filter { before[$0] != after[$0] }
        return general.map { .register($0.name, after[$0]) } + segments.map { .selector($0.name, after[$0]) }
    }

    private static func system(_ effects: [Effect]) -> [StepChange] {
        effects.compactMap { effect in
            switch effect {
            case .writeControl(let index, _, let new): .control(index, new)
            case .writeMSR(let index, _, let new): .msr(index, new)
            case .output(let port, let size, let value): .port(port, size: size, value)
            default: nil
            }
        }
    }

    /// The flags that change how the machine goes on; those of arithmetic change all the time.
    private static let notable: [(name: String, mask: UInt32)] = [
        ("if", Flags.interrupt), ("tf", Flags.trap), ("df", Flags.direction), ("nt", Flags.nestedTask),
    ]

    private static func flags(_ before: RegisterState, _ after: RegisterState) -> [StepChange] {
        notable.filter { (before.eflags ^ after.eflags) & $0.mask != 0 }
            .map { .flag($0.name, after.eflags & $0.mask != 0) }
    }

    private static func branch(_ step: TraceStep, _ after: RegisterState) -> StepChange? {
        let mnemonic = step.code.mnemonic
        let isConditional = mnemonic.hasPrefix("j") && mnemonic != "jmp" || mnemonic.hasPrefix("loop")
        guard isConditional, step.exception == nil, step.code.target != nil else { return nil }
        return .branch(taken: after.eip != step.before.eip &+ UInt32(step.code.length))
    }
}
