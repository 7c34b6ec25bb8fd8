import Debugger

/// `u`: disassembles.
struct UnassembleWord: Word {
    static let spec = WordSpec(
        name: "u", group: .code, usage: "u [ADDRESS] [L COUNT | END]",
        summary: "disassemble, 8 instructions unless told",
        detail: """
            COUNT counts instructions, END is the last address. Without an address it goes on where the last u ended, or \
            begins at EIP. What you changed is marked.
            """,
        example: "u ntdll!NtClose L4", completion: [.symbol, .register])

    static let most = 1000
    static let standard = 8

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let machine = try session.machine()
        var reader = ArgumentReader(arguments, in: session)
        let range = try reader.range(itemSize: 1, most: Self.most)
        try reader.requireEnd(Self.spec)
        let address = range.start ?? session.debugger.nextAddress["u"] ?? machine.cpu.linearEIP
        let listing = session.listing(on: machine).lines(
            at: address, count: range.count ?? Self.standard, last: range.last)
        session.output.print(listing.lines)
        session.debugger.nextAddress["u"] = listing.end
    }
}

/// `ub`: disassembles what stands before an address.
struct UnassembleBackwardWord: Word {
    static let spec = WordSpec(
        name: "ub", group: .code, usage: "ub [ADDRESS] [L COUNT]",
        summary: "disassemble the instructions before an address",
        detail: """
            x86 code cannot be read backwards: the listing begins at the nearest symbol before, or where decoding comes out \
            at ADDRESS. Without an address it ends before EIP.
            """,
        example: "ub nt!KiFastCallEntry+7 L1", completion: [.symbol, .register])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let machine = try session.machine()
        var reader = ArgumentReader(arguments, in: session)
        let range = try reader.range(itemSize: 1, most: UnassembleWord.most)
        try reader.requireEnd(Self.spec)
        let end = range.start ?? machine.cpu.linearEIP
        let starts = BackwardDecoder(machine: machine).starts(
            before: end, count: range.count ?? UnassembleWord.standard)
        guard let first = starts.first else {
            throw WordError(
                "No instructions can be made out before \(Hex.digits(end)).",
                hint: "u disassembles from an address on.", column: arguments.column)
        }
        session.output.print(session.listing(on: machine).lines(at: first, count: starts.count).lines)
    }
}

/// `uf`: disassembles a function.
struct UnassembleFunctionWord: Word {
    static let spec = WordSpec(
        name: "uf", group: .code, usage: "uf [ADDRESS]", summary: "disassemble a whole function",
        detail: """
            It follows the jumps from the symbol at or before ADDRESS, or before EIP, and shows what can be reached, by \
            address. Where the code runs on into the next symbol, it says so.
            """,
        example: "uf ntdll!NtClose", completion: [.symbol, .register])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let machine = try session.machine()
        var reader = ArgumentReader(arguments, in: session)
        let address = try reader.optionalAddress() ?? machine.cpu.linearEIP
        try reader.requireEnd(Self.spec)
        guard let place = machine.symbols.location(of: UInt64(address)) else {
            throw WordError(
                "No symbol covers \(Hex.digits(address)).", hint: "u disassembles without symbols.",
                column: arguments.column)
        }
        let body = FunctionBody(at: UInt32(truncatingIfNeeded: place.symbol.address), on: machine)
        session.output.print(session.listing(on: machine).lines(of: body))
        if let next = body.fallsInto { session.output.say(StyledText("The code goes on in \(next).")) }
    }
}
