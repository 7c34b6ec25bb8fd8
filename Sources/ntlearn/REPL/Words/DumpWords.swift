import Debugger

/// `db`: memory as bytes.
struct DumpBytesWord: Word {
    static let spec = WordSpec(
        name: "db", group: .machine, usage: "db [ADDRESS] [L COUNT]", summary: "show memory as bytes and characters",
        detail: MemoryDump.detail, example: "db 7ffe0300 L8", completion: [.symbol, .register])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try MemoryDump(word: "db", size: 1, perLine: 16, standard: 128).show(arguments, in: session)
    }
}

/// `dw`: memory as words.
struct DumpWordsWord: Word {
    static let spec = WordSpec(
        name: "dw", group: .machine, usage: "dw [ADDRESS] [L COUNT]", summary: "show memory as 16-bit words",
        detail: MemoryDump.detail, example: "dw esp L4", completion: [.symbol, .register])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try MemoryDump(word: "dw", size: 2, perLine: 8, standard: 64).show(arguments, in: session)
    }
}

/// `dd`: memory as doublewords.
struct DumpDoublewordsWord: Word {
    static let spec = WordSpec(
        name: "dd", group: .machine, usage: "dd [ADDRESS] [L COUNT]", summary: "show memory as 32-bit doublewords",
        detail: MemoryDump.detail, example: "dd esp L4", completion: [.symbol, .register])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try MemoryDump(word: "dd", size: 4, perLine: 4, standard: 32).show(arguments, in: session)
    }
}

/// What the dump words share: they differ in the size of an item.
private struct MemoryDump {
    static let detail =
        "Without an address it goes on where the last one ended, or begins at ESP. Absent memory shows as ??."

    let word: String
    /// Bytes of an item.
    let size: Int
    let perLine: Int
    /// Items that are shown unless told.
    let standard: Int
    private static let most = 4096

    func show(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let machine = try session.machine()
        let range = arguments.range
        var address =
            range.address.isEmpty
            ? session.nextAddress[word] ?? machine.cpu[.esp]
            : UInt32(truncatingIfNeeded: try session.evaluate(range.address, column: arguments.column))
        var left = try session.itemCount(of: arguments, standard: standard, most: Self.most)
        while left > 0 {
            let items = min(left, perLine)
            session.output.print(line(at: address, items: items, on: machine))
            address &+= UInt32(items * size)
            left -= items
        }
        session.nextAddress[word] = address
    }

    private func line(at address: UInt32, items: Int, on machine: Machine) -> StyledText {
        let bytes = (0..<items * size).map { machine.cpu.byte(at: address &+ UInt32($0)) }
        let cells = stride(from: 0, to: bytes.count, by: size).map { start in
            bytes[start..<start + size].reversed().map { $0.map { NumberFormat.padded($0, to: 2) } ?? "??" }.joined()
        }
        let text = NumberFormat.padded(address, to: 8) + "  " + cells.joined(separator: " ")
        guard size == 1 else { return StyledText(text) }
        let gap = spaces(3 * (perLine - items) + 2)
        return StyledText(text + gap + String(bytes.map(Self.character)))
    }

    private static func character(_ byte: UInt8?) -> Character {
        guard let byte, (0x20..<0x7F).contains(byte) else { return byte == nil ? "?" : "." }
        return Character(Unicode.Scalar(byte))
    }
}
