import Debugger

/// Running the machine at hand, and saying why it stopped.
extension LearnSession {
    /// More steps than anyone reads.
    static let mostSteps = 10_000

    /// The optional COUNT of a step word; too many are refused, not cut short.
    func stepCount(_ arguments: WordArguments, _ spec: WordSpec) throws(WordError) -> Int {
        var reader = ArgumentReader(arguments, in: self)
        guard !reader.isAtEnd else { return 1 }
        let count = try reader.expression()
        try reader.requireEnd(spec)
        guard (1...UInt64(Self.mostSteps)).contains(count) else {
            throw WordError("COUNT must be 1 to 0n\(Self.mostSteps).", hint: Self.radixHint, column: arguments.column)
        }
        return Int(count)
    }

    /// The ADDRESS of a word that takes nothing else.
    func onlyAddress(_ arguments: WordArguments, _ spec: WordSpec) throws(WordError) -> UInt32 {
        guard !arguments.isEmpty else { throw .usage(spec) }
        var reader = ArgumentReader(arguments, in: self)
        let address = try reader.address()
        try reader.requireEnd(spec)
        return address
    }

    /// Executes instructions and shows each, until the count, an address, a breakpoint or the machine's end.
    func step(_ machine: Machine, count: Int, to target: UInt32? = nil) throws(WordError) {
        try requireRunning(machine)
        let timeline = try timelineOnwards()
        debugger.nextAddress["u"] = nil
        let printed = machine.cpu.console.bytes.count
        let context = MachineContext(machine)
        var renderer = TraceListRenderer(layout: output.layout, symbols: machine.symbols)
        var hits: [BreakpointHit] = []
        var left = count
        while left > 0, hits.isEmpty, !machine.hasStopped, !InterruptFlag.keyboard.isRequested {
            guard let step = takeStep(on: timeline) else { break }
            output.print(renderer.lines(for: step, after: machine.cpu.state))
            hits = debugger.breakpoints.hits(after: step.effects, in: context)
            if !machine.hasStopped { hits += debugger.breakpoints.hits(before: machine.cpu.linearEIP, in: context) }
            left -= 1
            if machine.cpu.linearEIP == target { break }
        }
        output.print(renderer.finish())
        showPrinted(since: printed, on: machine)
        report(hits)
        showNext(of: machine)
    }

    /// Executes one instruction; a call, an INT or a repeated string instruction runs to its end.
    /// - Returns: whether the instruction behind was reached.
    func stepOver(_ machine: Machine) throws(WordError) -> Bool {
        try requireRunning(machine)
        _ = try timelineOnwards()
        let next = machine.nextStep()
        guard Self.isSteppedOver(next) else {
            try step(machine, count: 1)
            return !machine.hasStopped
        }
        let behind = next.before.eip &+ UInt32(next.code.length)
        return try go(to: .address(machine.cpu.segment(.cs).base &+ behind)) == .reached
    }

    private static func isSteppedOver(_ step: TraceStep) -> Bool {
        step.code.mnemonic == "call" || step.code.mnemonic == "int" || step.code.text.hasPrefix("rep")
    }

    /// Runs without showing the instructions, and says why it stopped.
    @discardableResult
    func go(to goal: RunGoal) throws(WordError) -> RunStop {
        let machine = try machine()
        try requireRunning(machine)
        debugger.nextAddress["u"] = nil
        let printed = machine.cpu.console.bytes.count
        let timeline = try timelineOnwards()
        var stop = timeline.run(
            to: goal, breakpoints: &debugger.breakpoints, budget: runBudget,
            isInterrupted: { InterruptFlag.keyboard.isRequested })
        if leaveKernel(on: timeline) { stop = .reached }
        showPrinted(since: printed, on: machine)
        report(stop)
        if !machine.hasStopped { showNext(of: machine) }
        return stop
    }

    private func report(_ stop: RunStop) {
        switch stop {
        case .reached: break
        case .breakpoints(let hits): report(hits)
        case .halted: output.say("The machine has halted: only an interrupt could wake it (!irq); t- goes back.")
        case .shutdown: output.say("The processor shut down: a triple fault.")
        case .budget: output.say(StyledText("Stopped after 0n\(runBudget) instructions; g goes on."))
        case .interrupted: output.say("Interrupted.")
        }
    }

    func report(_ hits: [BreakpointHit]) {
        for hit in hits {
            output.print(StyledText("Breakpoint \(hit.id) hit", .strong))
            guard let error = hit.conditionError else { continue }
            output.say(StyledText("Its condition cannot be evaluated here: \(error).", .bad))
        }
    }

    private func requireRunning(_ machine: Machine) throws(WordError) {
        guard machine.hasStopped else { return }
        let why = machine.cpu.isShutDown ? "The processor shut down (triple fault)." : "The machine has halted."
        throw WordError(why, hint: "t- goes back in time, .restart begins again.")
    }

    private func showPrinted(since count: Int, on machine: Machine) {
        let bytes = machine.cpu.console.bytes.dropFirst(count)
        guard !bytes.isEmpty else { return }
        output.say("The guest printed: " + StyledText(String(decoding: bytes, as: UTF8.self), .code))
    }

    /// The instruction that is about to execute.
    func showNext(of machine: Machine) {
        guard !machine.hasStopped else { return output.say("The machine has stopped.") }
        output.print(listing(on: machine).lines(at: machine.cpu.linearEIP, count: 1).lines)
    }
}
