import Debugger

/// `t`: steps into.
struct StepWord: Word {
    static let spec = WordSpec(
        name: "t", group: .machine, usage: "t [COUNT]",
        summary: "execute one instruction, or COUNT, and show what it did",
        detail: "It steps into calls, and through the door into the kernel. Ctrl-C stops a long run.", example: "t 5")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let count = try session.stepCount(arguments)
        try session.step(try session.machine(), count: count)
    }
}

/// `p`: steps over calls.
struct StepOverWord: Word {
    static let spec = WordSpec(
        name: "p", group: .machine, usage: "p [COUNT]", summary: "like t, but run calls and INT to their return",
        example: "p")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let count = try session.stepCount(arguments)
        let machine = try session.machine()
        for _ in 0..<count where !InterruptFlag.keyboard.isRequested {
            guard try session.stepOver(machine) else { return }
        }
    }
}

extension LearnSession {
    /// The optional COUNT of a step word; more steps than anyone reads are refused, not cut short.
    func stepCount(_ arguments: WordArguments) throws(WordError) -> Int {
        guard !arguments.isEmpty else { return 1 }
        let most: UInt64 = 10_000
        let count = try evaluate(arguments.rest, column: arguments.column)
        guard (1...most).contains(count) else {
            throw WordError(
                "COUNT must be 1 to 0n\(most).", hint: Self.radixHint)
        }
        return Int(count)
    }

    /// Executes instructions and shows each, until the machine stops for good or the learner presses Ctrl-C.
    func step(_ machine: Machine, count: Int) throws(WordError) {
        try requireRunning(machine)
        nextAddress["u"] = nil
        let printed = machine.cpu.console.bytes.count
        var renderer = TraceListRenderer(layout: output.layout, symbols: machine.symbols)
        for _ in 0..<count where !machine.hasStopped && !InterruptFlag.keyboard.isRequested {
            let step = machine.step()
            output.print(renderer.lines(for: step, after: machine.cpu.state))
        }
        output.print(renderer.finish())
        showPrinted(since: printed, on: machine)
        showNext(of: machine)
    }

    /// Executes one instruction; a call, an INT or a repeated string instruction runs to its end.
    func stepOver(_ machine: Machine) throws(WordError) -> Bool {
        try requireRunning(machine)
        let next = machine.nextStep()
        guard Self.isSteppedOver(next) else {
            try step(machine, count: 1)
            return !machine.hasStopped
        }
        let printed = machine.cpu.console.bytes.count
        let behind = next.before.eip &+ UInt32(next.code.length)
        let end = machine.run(to: behind, isInterrupted: { InterruptFlag.keyboard.isRequested })
        showPrinted(since: printed, on: machine)
        switch end {
        case .reached:
            showNext(of: machine)
            return true
        case .halted, .shutdown: output.say("The machine stopped before the instruction behind was reached.")
        case .budget: output.say("The instruction behind was not reached; the machine is somewhere else now.")
        case .interrupted: output.say("Interrupted.")
        }
        showNext(of: machine)
        return false
    }

    private static func isSteppedOver(_ step: TraceStep) -> Bool {
        step.code.mnemonic == "call" || step.code.mnemonic == "int" || step.code.text.hasPrefix("rep")
    }

    private func requireRunning(_ machine: Machine) throws(WordError) {
        guard machine.hasStopped else { return }
        let why = machine.cpu.isShutDown ? "The processor shut down (triple fault)." : "The machine has halted."
        throw WordError(why, hint: "Its last state can still be looked at; a lesson's next trace starts afresh.")
    }

    private func showPrinted(since count: Int, on machine: Machine) {
        let bytes = machine.cpu.console.bytes.dropFirst(count)
        guard !bytes.isEmpty else { return }
        output.say("The guest printed: " + StyledText(String(decoding: bytes, as: UTF8.self), .code))
    }

    /// The instruction that is about to execute.
    func showNext(of machine: Machine) {
        guard !machine.hasStopped else { return output.say("The machine has stopped.") }
        output.print(disassembly(at: machine.cpu.linearEIP, count: 1, on: machine).lines)
    }
}
