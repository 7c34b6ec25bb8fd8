import Debugger

/// `rdmsr`: shows a model-specific register.
struct ReadMSRWord: Word {
    static let spec = WordSpec(
        name: "rdmsr", group: .registers, usage: "rdmsr INDEX", summary: "show a model-specific register",
        detail: """
            174, 175 and 176 hold what SYSENTER loads into CS, ESP and EIP; C0000081, called STAR, holds SYSCALL's \
            target, and C0000080, EFER, its switch. Which of them exist depends on the processor model.
            """,
        example: "rdmsr 176")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        guard !arguments.isEmpty else { throw .usage(Self.spec) }
        var reader = ArgumentReader(arguments, in: session)
        let index = try reader.address()
        try reader.requireEnd(Self.spec)
        let machine = try session.machine()
        guard let value = machine.cpu.msr(index) else {
            throw WordError(.noSuchMSR(index, on: machine), column: arguments.column)
        }
        session.output.print(session.text(ofMSR: index, value, on: machine))
    }
}

/// `wrmsr`: changes a model-specific register.
struct WriteMSRWord: Word {
    static let spec = WordSpec(
        name: "wrmsr", group: .registers, usage: "wrmsr INDEX VALUE", summary: "change a model-specific register",
        detail: "It obeys the checks of WRMSR in ring 0, whatever the ring is now. .undo takes it back.",
        example: "wrmsr 176 nt!KiFastCallEntry", completion: [.symbol, .register])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        var reader = ArgumentReader(arguments, in: session)
        guard !reader.isAtEnd else { throw .usage(Self.spec) }
        let index = try reader.address()
        guard !reader.isAtEnd else { throw .usage(Self.spec) }
        let column = reader.column
        let value = try reader.expression()
        try reader.requireEnd(Self.spec)
        try session.change(.modelSpecific(index: index, value), column: column)
        let machine = try session.machine()
        session.output.print(session.text(ofMSR: index, machine.cpu.msr(index) ?? value, on: machine))
    }
}

extension LearnSession {
    /// `msr[176] = 00000000`804d701f   nt!KiFastCallEntry`
    func text(ofMSR index: UInt32, _ value: UInt64, on machine: Machine) -> StyledText {
        let high = NumberFormat.padded(UInt32(truncatingIfNeeded: value >> 32), to: 8)
        let low = NumberFormat.padded(UInt32(truncatingIfNeeded: value), to: 8)
        let place = machine.symbols.location(of: value & 0xFFFF_FFFF).map { "   \($0)" } ?? ""
        return StyledText("msr[\(NumberFormat.padded(index, to: 1))] = \(high)`\(low)\(place)")
    }
}
