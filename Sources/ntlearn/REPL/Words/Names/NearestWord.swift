import Debugger

/// `ln ADDRESS`: the symbols around an address.
struct NearestWord: Word {
    static let spec = WordSpec(
        name: "ln", group: .names, usage: "ln [ADDRESS]", summary: "show the symbols nearest to an address, or to EIP",
        example: "ln 7ffe0302", completion: [.register, .symbol])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let machine = try session.machine()
        var reader = ArgumentReader(arguments, in: session)
        let address = UInt64(try reader.optionalAddress() ?? machine.cpu.linearEIP)
        try reader.requireEnd(Self.spec)
        let here = machine.symbols.location(of: address)
        let next = machine.symbols.symbol(after: address)
        guard here != nil || next != nil else { return session.output.say("No symbol is near.") }
        let sides = [
            here.map { "(\(NumberFormat.hexadecimal($0.symbol.address)))   \($0)" } ?? "no symbol covers it",
            next.map { "(\(NumberFormat.hexadecimal($0.address)))   \($0.name)" } ?? "nothing follows",
        ]
        let separator = session.output.layout.isPlain ? ", then " : "   |  "
        session.output.print(StyledText(sides.joined(separator: separator)))
        let exact = machine.symbols.symbols.filter { $0.address == address }
        guard !exact.isEmpty else { return }
        session.output.print(["Exact matches:"])
        session.output.print(exact.map { StyledText("    \($0.name)") })
    }
}
