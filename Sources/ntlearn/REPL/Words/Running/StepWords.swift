import Debugger

/// `t`: steps into.
struct StepWord: Word {
    static let spec = WordSpec(
        name: "t", group: .running, usage: "t [COUNT]",
        summary: "execute one instruction, or COUNT, and show what it did",
        detail: "It steps into calls, and through the door into the kernel. Ctrl-C stops a long run.", example: "t 5")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let count = try session.stepCount(arguments, Self.spec)
        let machine = try session.machine()
        try session.step(machine, count: count)
    }
}

/// `p`: steps over calls.
struct StepOverWord: Word {
    static let spec = WordSpec(
        name: "p", group: .running, usage: "p [COUNT]",
        summary: "like t, but run calls, INT and repeated string instructions to their end",
        detail: "A breakpoint inside of what is run stops it.", example: "p")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let count = try session.stepCount(arguments, Self.spec)
        let machine = try session.machine()
        for _ in 0..<count where !InterruptFlag.keyboard.isRequested {
            guard try session.stepOver(machine) else { return }
        }
    }
}

/// `ta`: steps to an address.
struct StepToWord: Word {
    static let spec = WordSpec(
        name: "ta", group: .running, usage: "ta ADDRESS", summary: "step to an address and show each instruction",
        detail: "g goes there without showing anything. It gives up after 0n10000 instructions.",
        example: "ta nt!KiFastCallEntry", completion: [.symbol, .register])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let address = try session.onlyAddress(arguments, Self.spec)
        try session.step(try session.machine(), count: LearnSession.mostSteps, to: address)
    }
}

/// `pa`: steps over calls to an address.
struct StepOverToWord: Word {
    static let spec = WordSpec(
        name: "pa", group: .running, usage: "pa ADDRESS", summary: "step to an address, over calls and INT",
        detail: "It gives up after 0n10000 instructions.", example: "pa program!return1",
        completion: [.symbol, .register])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let address = try session.onlyAddress(arguments, Self.spec)
        let machine = try session.machine()
        for _ in 0..<LearnSession.mostSteps where !InterruptFlag.keyboard.isRequested {
            guard try session.stepOver(machine), machine.cpu.linearEIP != address else { return }
        }
        session.output.say(StyledText("0n\(LearnSession.mostSteps) instructions were not enough to get there."))
    }
}
