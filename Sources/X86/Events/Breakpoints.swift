/// Hardware breakpoints: which of DR0–DR3 an instruction or its accesses meet (SDM vol. 3, 17.3.1).
extension CPU {
    var debugControl: DebugControl { DebugControl(raw: debugRegisters[7]) }
    private var hasDebuggingExtensions: Bool { control.cr4 & ControlRegisters.debuggingExtensions != 0 }

    /// A debug register as MOV reads it, or `nil` for a number above 7. DR4 and DR5 are DR6 and DR7.
    public func debugRegister(_ index: Int) -> UInt32? {
        switch index {
        case 0...3, 6, 7: debugRegisters[index]
        case 4, 5: debugRegisters[index + 2]
        default: nil
        }
    }

    /// A switch to another task disarms the breakpoints that belong to the old one (SDM vol. 3, 17.2.4).
    mutating func clearLocalBreakpoints() {
        debugRegisters[7] &= ~DebugControl.local
        updateAttention()
    }

    /// The new task's TSS has the T flag: #DB comes before its first instruction (SDM vol. 3, 17.3.1.5).
    mutating func raiseTaskTrap() {
        events.debugTraps |= DebugStatus.taskSwitch
        updateAttention()
    }

    // MARK: Instructions

    /// The fault of an instruction breakpoint on the next instruction. RF and a load of SS hold it back; a repeated
    /// string instruction meets it once, not in every round.
    mutating func instructionBreakpoint() -> Exception? {
        guard attention.contains(.breakpoints), flags & Flags.resume == 0 else { return nil }
        guard !events.shadow.contains(.stack), !boundary.contains(.betweenRounds) else { return nil }
        let hits = breakpoints { control, number in
            control.condition(number, debuggingExtensions: hasDebuggingExtensions) == .execution
                && debugRegisters[number] == linearEIP
        }
        guard hits != 0 else { return nil }
        debugRegisters[6] = debugRegisters[6] & ~DebugStatus.breakpoints | hits
        return Exception(.debug, .instructionBreakpoint)
    }

    private func breakpoints(_ isMet: (DebugControl, Int) -> Bool) -> UInt32 {
        let control = debugControl
        return (0..<4).reduce(0) {
            control.isEnabled($1) && isMet(control, $1) ? $0 | DebugStatus.breakpoint($1) : $0
        }
    }

    // MARK: Accesses

    /// Executes the next instruction. If a data or I/O breakpoint is armed, its effects are looked through on their
    /// way to the tracer; what the delivery of an interrupt or exception touches is not the instruction's.
    mutating func executeWatched<T: Tracer>(_ tracer: inout T) throws(Exception) {
        let isWatching = debugControl.watchesAccesses(debuggingExtensions: hasDebuggingExtensions)
        guard isWatching else { return try executeApart(&tracer) }
        var watch = AccessWatch()
        defer { watch.passOn(to: &tracer) }
        try executeApart(&watch)
        for effect in watch.effects { noteAccess(effect) }
    }

    private mutating func noteAccess(_ effect: Effect) {
        switch effect {
        case .read(let address, let size, _, _): noteAccess([.access], address, size)
        case .write(let address, let size, _, _): noteAccess([.access, .write], address, size)
        case .input(let port, let size, _), .output(let port, let size, _): noteAccess([.port], UInt32(port), size)
        default: break
        }
    }

    private mutating func noteAccess(_ conditions: [DebugControl.Condition], _ address: UInt32, _ size: UInt8) {
        events.debugTraps |= breakpoints { control, number in
            guard let condition = control.condition(number, debuggingExtensions: hasDebuggingExtensions) else {
                return false
            }
            return conditions.contains(condition)
                && control.covers(
                    number, breakpoint: debugRegisters[number], address: address, size: UInt32(size))
        }
    }
}

/// Keeps all that an instruction reports, for somebody who looks through it first.
private struct AccessWatch: Tracer {
    private(set) var effects: [Effect] = []
    private var overwritten: [OverwrittenState] = []

    mutating func record(_ effect: @autoclosure () -> Effect) { effects.append(effect()) }

    mutating func willOverwrite(_ state: @autoclosure () -> OverwrittenState) { overwritten.append(state()) }

    func passOn<T: Tracer>(to tracer: inout T) {
        for effect in effects { tracer.record(effect) }
        for state in overwritten { tracer.willOverwrite(state) }
    }
}
