/// `db`: memory as bytes.
struct DumpBytesWord: Word {
    static let spec = WordSpec.dump(
        "db", "show memory as bytes and characters", example: "db 7ffe0300 L8")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try session.dump(arguments, Self.spec, as: .bytes)
    }
}

/// `dw`: memory as words.
struct DumpWordsWord: Word {
    static let spec = WordSpec.dump("dw", "show memory as 16-bit words", example: "dw esp L4")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try session.dump(arguments, Self.spec, as: .words)
    }
}

/// `dd`: memory as doublewords.
struct DumpDoublewordsWord: Word {
    static let spec = WordSpec.dump("dd", aliases: ["dp"], "show memory as 32-bit doublewords", example: "dd esp L4")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try session.dump(arguments, Self.spec, as: .doublewords)
    }
}

/// `dq`: memory as quadwords.
struct DumpQuadwordsWord: Word {
    static let spec = WordSpec.dump(
        "dq", "show memory as 64-bit quadwords, such as descriptors", example: "dq @gdtr L4")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try session.dump(arguments, Self.spec, as: .quadwords)
    }
}

extension WordSpec {
    /// What the dump words share.
    static func dump(
        _ name: String, aliases: [String] = [], _ summary: String, example: String
    ) -> WordSpec {
        WordSpec(
            name: name, aliases: aliases, group: .memory, usage: "\(name) [ADDRESS] [L COUNT | END]", summary: summary,
            detail: """
                COUNT counts items, END is the last address. Without an address it goes on where the last one ended, or \
                begins at ESP. Absent memory shows as ??.
                """,
            example: example, completion: [.symbol, .register])
    }
}

extension LearnSession {
    /// Shows a range of memory, or what follows the last one.
    func dump(_ arguments: WordArguments, _ spec: WordSpec, as format: DumpFormat) throws(WordError) {
        var reader = ArgumentReader(arguments, in: self)
        let range = try reader.range(itemSize: format.size, most: DumpFormat.most)
        try reader.requireEnd(spec)
        let machine = try machine()
        var address = range.start ?? debugger.nextAddress[spec.name] ?? machine.cpu[.esp]
        var left = range.count ?? format.standard
        while left > 0 {
            let items = min(left, format.perLine)
            let bytes = (0..<items * format.size).map { machine.cpu.byte(at: address &+ UInt32($0)) }
            let isChanged = debugger.edits.touches(address, count: bytes.count)
            let line = format.line(at: address, bytes)
            output.print(isChanged ? line.styled(.changed) : line)
            address &+= UInt32(items * format.size)
            left -= items
        }
        debugger.nextAddress[spec.name] = address
    }
}
