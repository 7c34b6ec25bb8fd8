/// INT n and exceptions: who asks for a handler (SDM vol. 2, INT n; vol. 3, 6.4–6.15).
extension CPU {
    /// Who asked for the handler: it decides whether the gate's DPL counts, and bit 0 of error codes.
    enum InterruptSource {
        case instruction
        case exception
        /// INTR or NMI.
        case external

        /// EXT, bit 0 of an error code: the fault is not the program's own instruction.
        var external: UInt32 { self == .instruction ? 0 : 1 }
    }

    /// A wish to enter the handler of a vector, and what that handler is to find on its stack.
    struct HandlerRequest {
        let vector: UInt8
        let source: InterruptSource
        let errorCode: UInt32?
        /// The saved EIP.
        let returnTo: UInt32
        /// The saved EFLAGS.
        let flags: UInt32
    }

    /// INT n, INT3 and INTO: the saved EIP is the next instruction's.
    mutating func softwareInterrupt<T: Tracer>(_ vector: UInt8, _ tracer: inout T) throws(Exception) {
        try interrupt(vector, .instruction, &tracer)
    }

    /// INT1 counts as an event from outside: the gate's DPL does not matter.
    mutating func debugInterrupt<T: Tracer>(_ tracer: inout T) throws(Exception) {
        try interrupt(Exception.Vector.debug.rawValue, .exception, &tracer)
    }

    private mutating func interrupt<T: Tracer>(
        _ vector: UInt8, _ source: InterruptSource, _ tracer: inout T
    ) throws(Exception) {
        // RF ends when the instruction begins, so that its own image has it clear (SDM vol. 3, 17.3.1.1).
        let request = HandlerRequest(
            vector: vector, source: source, errorCode: nil, returnTo: nextEIP, flags: flags & ~Flags.resume)
        try enterHandler(request, &tracer)
        nextEIP = eip
    }

    /// Sends an exception through the IDT. A fault on the way becomes a double fault where the manual says
    /// so, and a fault on the way to *that* handler stops the processor.
    ///
    /// The saved EIP is `eip` for faults and traps alike: it moves on only when an instruction completes.
    @inline(never)
    mutating func deliver<T: Tracer>(_ exception: Exception, _ tracer: inout T) -> StepOutcome {
        var current = exception
        events.debugTraps = 0  // What a fault keeps from being reported comes when the instruction is tried again.
        note(current, &tracer)
        while true {
            do {
                try enterHandler(request(for: current), &tracer)
                if current.vector == .debug { debugRegisters[7] &= ~DebugControl.generalDetect }
                passBoundary()
                return .exception(current)
            } catch {
                note(error, &tracer)
                guard current.vector != .doubleFault else { break }
                let isPair = Self.isDoubleFault(current, error)
                current = isPair ? Exception(.doubleFault, errorCode: 0, .nestedFault) : error
                if isPair { note(current, &tracer) }
            }
        }
        isShutDown = true
        passBoundary()
        return .shutdown
    }

    /// Sends an interrupt from outside through the IDT. It is benign: a fault on the way is just that fault.
    mutating func deliverExternal<T: Tracer>(_ vector: UInt8, _ tracer: inout T) -> StepOutcome {
        tracer.record(.interrupt(vector: vector))
        let image = boundary.contains(.betweenRounds) ? flags | Flags.resume : flags
        let request = HandlerRequest(vector: vector, source: .external, errorCode: nil, returnTo: eip, flags: image)
        do {
            try enterHandler(request, &tracer)
            passBoundary()
            return .interrupt(vector: vector)
        } catch {
            return deliver(error, &tracer)
        }
    }

    private mutating func note<T: Tracer>(_ exception: Exception, _ tracer: inout T) {
        tracer.record(.raise(exception))
        if let address = exception.address { control.cr2 = address }
    }

    /// A fault is saved with RF set, so that a breakpoint on its instruction does not strike twice; so is a
    /// trap between the rounds of a string instruction. The fault of an instruction breakpoint is not: its handler
    /// decides (SDM vol. 3, 17.3.1.1).
    private func request(for exception: Exception) -> HandlerRequest {
        let resumes =
            exception.vector == .debug
            ? exception.check == .debugRegisterGuarded || boundary.contains(.betweenRounds)
            : exception.vector.isFault
        return HandlerRequest(
            vector: exception.vector.rawValue, source: .exception, errorCode: exception.errorCode, returnTo: eip,
            flags: resumes ? flags | Flags.resume : flags)
    }

    /// SDM vol. 3, table 6-5: which pairs make a double fault. Two benign ones do not on a real processor, which hangs
    /// where #AC strikes on the way to the handler of #AC for ever; here that ends as well.
    private static func isDoubleFault(_ first: Exception, _ second: Exception) -> Bool {
        if first.vector == .pageFault { return second.vector == .pageFault || second.vector.isContributory }
        if first.vector.isContributory { return second.vector.isContributory }
        return second.vector != .pageFault && !second.vector.isContributory
    }
}
