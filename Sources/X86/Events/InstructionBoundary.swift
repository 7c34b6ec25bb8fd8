/// What the last instruction did that matters at the boundary behind it.
struct InstructionBoundary: OptionSet {
    let rawValue: UInt8
    /// It entered a handler, in place of a single-step trap.
    static let enteredHandler = InstructionBoundary(rawValue: 1)
    /// It began behind a MOV SS or POP SS.
    static let isBehindStackLoad = InstructionBoundary(rawValue: 2)
    /// IRET has just loaded RF.
    static let keepsResume = InstructionBoundary(rawValue: 4)
    /// A repeated string instruction has rounds left.
    static let betweenRounds = InstructionBoundary(rawValue: 8)
}

/// The slow step: everything that can happen between instructions, in the order of SDM vol. 3, table 6-2.
extension CPU {
    /// Takes the event of the highest priority, or else executes an instruction and the traps behind it.
    @inline(never)
    mutating func attentiveStep<T: Tracer>(_ tracer: inout T) -> StepOutcome {
        if isShutDown { return .shutdown }
        if let trap = takeDebugTrap() { return deliver(trap, &tracer) }
        if let outcome = takeExternalInterrupt(&tracer) { return outcome }
        if isHalted { return .halted }
        if let fault = instructionBreakpoint() { return deliver(fault, &tracer) }
        return executeAttentively(&tracer)
    }

    private mutating func executeAttentively<T: Tracer>(_ tracer: inout T) -> StepOutcome {
        let old = flags
        let isBehindStackLoad = events.shadow.contains(.stack)
        boundary = isBehindStackLoad ? .isBehindStackLoad : []
        events.shadow = []
        do {
            try executeWatched(&tracer)
        } catch {
            return deliver(error, &tracer)
        }
        boundary.remove(.isBehindStackLoad)
        noteFlags(old)
        guard let trap = takeDebugTrap() else {
            updateAttention()
            return .executed
        }
        return deliver(trap, &tracer)
    }

    /// RF ends with the instruction that began with it, TF makes a trap behind it (SDM vol. 3, 17.3.1).
    private mutating func noteFlags(_ old: UInt32) {
        if old & Flags.resume != 0, boundary.isDisjoint(with: [.keepsResume, .betweenRounds]) {
            flags &= ~Flags.resume
        }
        let isStep = old & Flags.trap != 0 && !boundary.contains(.enteredHandler)
        if isStep, !events.shadow.contains(.stack) { events.debugTraps |= DebugStatus.singleStep }
    }

    /// The debug trap of this boundary, told in DR6. Behind a load of SS it waits for the next one.
    private mutating func takeDebugTrap() -> Exception? {
        let traps = events.debugTraps
        guard traps != 0, !events.shadow.contains(.stack) else { return nil }
        events.debugTraps = 0
        debugRegisters[6] = debugRegisters[6] & ~DebugStatus.breakpoints | traps
        if traps & DebugStatus.breakpoints != 0 { return Exception(.debug, .dataBreakpoint) }
        return Exception(.debug, traps & DebugStatus.taskSwitch != 0 ? .taskTrap : .singleStep)
    }

    /// A handler begins, or the processor stops: nothing of the instruction before matters any more.
    mutating func passBoundary() {
        isHalted = false
        boundary = []
        events.shadow = []
        updateAttention()
    }
}
