import Debugger

/// `dps`: memory as pointers, with the symbols that they point at.
struct DumpPointersWord: Word {
    static let spec = WordSpec.dump(
        "dps", aliases: ["dds"], "show memory as pointers with their symbols, such as a stack", example: "dps esp L3")

    private static let standard = 16

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        var reader = ArgumentReader(arguments, in: session)
        let range = try reader.range(itemSize: 4, most: DumpFormat.most)
        try reader.requireEnd(Self.spec)
        let machine = try session.machine()
        var address = range.start ?? session.debugger.nextAddress["dps"] ?? machine.cpu[.esp]
        for _ in 0..<(range.count ?? Self.standard) {
            session.output.print(Self.line(at: address, on: machine))
            address &+= 4
        }
        session.debugger.nextAddress["dps"] = address
    }

    private static func line(at address: UInt32, on machine: Machine) -> StyledText {
        guard let value = machine.doubleword(at: address) else { return StyledText("\(Hex.digits(address))  ????????") }
        let place = machine.symbols.location(of: UInt64(value)).map { " \($0)" } ?? ""
        return StyledText("\(Hex.digits(address))  \(Hex.digits(value))\(place)")
    }
}
