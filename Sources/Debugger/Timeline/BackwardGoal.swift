import X86

/// What a run backwards is after, besides breakpoints.
public enum BackwardGoal: Sendable {
    /// Nothing: until a breakpoint, or to the beginning.
    case none
    /// The instruction at a linear address is about to execute.
    case address(UInt32)
    /// Whatever entered the current function is about to execute: a call, or the crossing into this ring.
    case caller
    /// The call, or INT, that has just returned is about to execute again.
    case call
    /// An instruction in ring 3 is about to execute.
    case userMode
    /// The first round of the repeated string instruction at a linear address is about to execute.
    case firstRound(of: UInt32)
}

/// Why a run backwards ended.
public enum BackwardStop: Hashable, Sendable {
    /// A breakpoint's instruction is about to execute, or the instruction whose access is watched.
    case breakpoints([BreakpointHit])
    /// The goal.
    case reached
    /// There was neither; the machine is at the beginning of what was searched.
    case beginning
    /// Somebody gave up; the machine is where it was.
    case interrupted
}

/// Follows the past, step by step, in search of a goal or a breakpoint.
struct BackwardProbe: StepProbe {
    enum Finding {
        case goal
        case passes([BreakpointHit])
    }

    private let goal: BackwardGoal
    private let context: MachineContext
    private let target: Place
    private var before: Place
    private var passesBefore: [BreakpointHit] = []
    /// Passes are counted as they are met, latest first.
    private(set) var breakpoints: BreakpointTable
    /// The breakpoints that stop, once the search has ended.
    private(set) var hits: [BreakpointHit] = []

    struct Place {
        let address: UInt32
        let esp: UInt32
        let cpl: UInt8

        init(_ machine: Machine) {
            address = machine.cpu.linearEIP
            esp = machine.cpu[.esp]
            cpl = machine.cpu.cpl
        }

        /// Whether the stack had at least as much room above as in another place.
        func isNotBelow(_ other: Place) -> Bool { Int32(bitPattern: esp &- other.esp) >= 0 }
    }

    init(_ goal: BackwardGoal, _ breakpoints: BreakpointTable, on machine: Machine) {
        self.goal = goal
        self.breakpoints = breakpoints
        context = MachineContext(machine)
        target = Place(machine)
        before = target
    }

    var needsEffects: Bool { breakpoints.watchesData }

    mutating func willStep(_ machine: Machine) {
        before = Place(machine)
        passesBefore = breakpoints.passes(before: before.address, in: context)
    }

    func didStep(_ machine: Machine, _ outcome: StepOutcome, _ effects: [Effect]) -> Finding? {
        let passes = passesBefore + breakpoints.passes(after: effects, in: context)
        if !passes.isEmpty { return .passes(passes) }
        return isGoal(machine, outcome) ? .goal : nil
    }

    mutating func choose(from found: [(step: Int, finding: Finding)]) -> (step: Int, finding: Finding)? {
        for entry in found.reversed() {
            guard case .passes(let passes) = entry.finding else { return entry }
            hits = breakpoints.count(passes)
            if !hits.isEmpty { return entry }
        }
        return nil
    }

    // MARK: Goals

    private func isGoal(_ machine: Machine, _ outcome: StepOutcome) -> Bool {
        switch goal {
        case .none: false
        case .address(let address): before.address == address
        case .caller: hasEntered(machine, outcome)
        case .call: isCallThatReturned(machine)
        case .userMode: before.cpl == 3
        case .firstRound(let address): before.address != address
        }
    }

    /// The step has entered a function or a ring that had not been left yet.
    private func hasEntered(_ machine: Machine, _ outcome: StepOutcome) -> Bool {
        let after = Place(machine)
        guard after.cpl == target.cpl else { return false }
        if before.cpl > after.cpl { return true }
        guard before.cpl == after.cpl, after.isNotBelow(target), !after.isNotBelow(before) else { return false }
        return outcome != .executed || machine.isCall(at: before.address) != nil
    }

    /// A call in the same ring whose next instruction is the one that the machine was at.
    private func isCallThatReturned(_ machine: Machine) -> Bool {
        guard before.cpl == target.cpl, target.isNotBelow(before), target.address &- before.address <= 15,
            let length = machine.isCall(at: before.address)
        else { return false }
        return before.address &+ UInt32(length) == target.address
    }
}

extension Machine {
    /// The length of the call, INT, SYSENTER or SYSCALL at a linear address; `nil` for another instruction.
    func isCall(at address: UInt32) -> Int? {
        let bytes = cpu.bytes(at: address, count: 15)
        let prefixes: Set<UInt8> = [0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65, 0x66, 0x67]
        let code = bytes.drop { prefixes.contains($0) }
        guard let first = code.first else { return nil }
        let second = code.dropFirst().first ?? 0
        let isCall: Bool =
            switch first {
            case 0xE8, 0x9A, 0xCC, 0xCD, 0xCE: true
            case 0xFF: second >> 3 & 7 == 2 || second >> 3 & 7 == 3
            case 0x0F: second == 0x34 || second == 0x05
            default: false
            }
        return isCall ? Self.intel.disassemble(bytes, at: address).length : nil
    }
}
