import Debugger

/// `eb`: writes bytes.
struct EnterBytesWord: Word {
    static let spec = WordSpec.enter("eb", "write bytes", example: "eb 400000 90 90")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try session.enter(arguments, Self.spec, size: 1)
    }
}

/// `ew`: writes words.
struct EnterWordsWord: Word {
    static let spec = WordSpec.enter("ew", "write 16-bit words", example: "ew 400000 9090")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try session.enter(arguments, Self.spec, size: 2)
    }
}

/// `ed`: writes doublewords.
struct EnterDoublewordsWord: Word {
    static let spec = WordSpec.enter("ed", "write 32-bit doublewords", example: "ed esp 44")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try session.enter(arguments, Self.spec, size: 4)
    }
}

/// `ea`: writes ASCII text.
struct EnterASCIIWord: Word {
    static let spec = WordSpec.enterText(
        "ea", "write ASCII text, without a zero behind it", example: #"ea 400100 "Hello""#)

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try session.enterText(arguments, Self.spec) { text, column throws(WordError) in
            guard text.utf8.allSatisfy({ $0 < 0x80 }) else {
                throw WordError("This text is not ASCII.", hint: "eu writes UTF-16.", column: column)
            }
            return Array(text.utf8)
        }
    }
}

/// `eu`: writes UTF-16 text.
struct EnterUnicodeWord: Word {
    static let spec = WordSpec.enterText(
        "eu", "write UTF-16 text, without a zero behind it", example: #"eu 400100 "Hello""#)

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try session.enterText(arguments, Self.spec) { text, _ throws(WordError) in
            text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        }
    }
}

extension WordSpec {
    private static let undoNote =
        "The pages' rights do not matter, but a page must be present. .edits lists your changes, .undo takes them back."

    fileprivate static func enter(_ name: String, _ summary: String, example: String) -> WordSpec {
        WordSpec(
            name: name, group: .memory, usage: "\(name) ADDRESS VALUE [VALUE ...]", summary: summary,
            detail: "Blanks separate the values, so write none inside an expression. \(undoNote)", example: example,
            completion: [.symbol, .register])
    }

    fileprivate static func enterText(_ name: String, _ summary: String, example: String) -> WordSpec {
        WordSpec(
            name: name, group: .memory, usage: "\(name) ADDRESS \"TEXT\"", summary: summary, detail: undoNote,
            example: example, completion: [.symbol, .register])
    }
}

extension LearnSession {
    /// Writes the values behind the address, each in `size` bytes.
    fileprivate func enter(_ arguments: WordArguments, _ spec: WordSpec, size: Int) throws(WordError) {
        let tokens = arguments.tokens
        guard tokens.count > 1, let first = tokens.first else { throw .usage(spec) }
        let address = try self.address(first)
        var bytes: [UInt8] = []
        for token in tokens.dropFirst() {
            let value = try self.value(of: WordArguments(token))
            guard MachineEdit.fits(value, bits: size * 8) else {
                throw WordError(
                    "\(NumberFormat.hexadecimal(value)) does not fit in \(size) byte\(size == 1 ? "" : "s").",
                    hint: Self.radixHint, column: token.column)
            }
            bytes += value.littleEndianBytes(size)
        }
        try change(.memory(address: address, bytes), column: first.column)
        debugger.nextAddress["u"] = nil
    }

    fileprivate func enterText(
        _ arguments: WordArguments, _ spec: WordSpec,
        encode: (String, Int) throws(WordError) -> [UInt8]
    ) throws(WordError) {
        let tokens = arguments.tokens
        guard tokens.count == 2, let first = tokens.first, let last = tokens.last, !last.text.isEmpty,
            arguments.rest.hasSuffix("\"")
        else { throw .usage(spec) }
        let address = try self.address(first)
        try change(.memory(address: address, try encode(last.text, last.column)), column: first.column)
    }

    private func address(_ token: WordArguments.Token) throws(WordError) -> UInt32 {
        var reader = ArgumentReader(WordArguments(token), in: self)
        let address = try reader.address()
        guard reader.isAtEnd else {
            throw WordError("\"\(token.text.prefix(30))\" is not an address.", column: token.column)
        }
        return address
    }
}

extension WordArguments {
    /// One piece of a word's arguments as arguments of its own.
    init(_ token: Token) {
        self.init(word: "", rest: token.text, column: token.column)
    }
}

extension UInt64 {
    /// The lowest `count` bytes, the lowest first.
    func littleEndianBytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: self >> UInt64(8 * $0)) }
    }
}
