import Debugger

/// `g`: runs.
struct GoWord: Word {
    static let spec = WordSpec(
        name: "g", group: .running, usage: "g [ADDRESS]", summary: "run to an address, to a breakpoint, or to the end",
        detail: "Ctrl-C stops a long run; after 0n50000000 instructions it stops by itself.",
        example: "g nt!KiSystemService", completion: [.symbol, .register])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        var reader = ArgumentReader(arguments, in: session)
        let address = try reader.optionalAddress()
        try reader.requireEnd(Self.spec)
        try session.go(to: address.map(RunGoal.address) ?? .none)
    }
}

/// `gu`: runs until the function returns.
struct GoUpWord: Word {
    static let spec = WordSpec(
        name: "gu", group: .running, usage: "gu", summary: "run until the current function has returned",
        detail: "In the kernel's entry that is the return to ring 3. A breakpoint before that stops it.", example: "gu")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try ArgumentReader(arguments, in: session).requireEnd(Self.spec)
        try session.go(to: .functionReturn)
    }
}
