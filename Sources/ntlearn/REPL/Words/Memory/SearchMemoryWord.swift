import Debugger

/// `s`: looks for values or text in memory.
struct SearchMemoryWord: Word {
    static let spec = WordSpec(
        name: "s", group: .memory, usage: "s [-b | -w | -d | -a | -u] ADDRESS L COUNT VALUE ...",
        summary: "search memory for values or for a text",
        detail: """
            -b looks for bytes (unless told otherwise), -w for words, -d for doublewords, -a and -u for a text in quotes, \
            ASCII or UTF-16. COUNT counts items of that size; in place of L and COUNT, the last address will do. Values \
            are found at ADDRESS and at whole items behind it. Absent memory is skipped.
            """,
        example: "s -d nt!KiServiceTable L11c nt!NtClose", completion: [.symbol, .register])

    private static let mostHits = 100

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        var reader = ArgumentReader(arguments, in: session)
        guard !reader.isAtEnd else { throw .usage(Self.spec) }
        let kind = try Self.kind(&reader)
        let range = try reader.range(itemSize: kind.format.size, most: 1 << 32)
        guard let start = range.start, let count = range.count, !reader.isAtEnd else { throw .usage(Self.spec) }
        let search = MemorySearch(
            try kind.pattern(&reader, in: session), stride: UInt32(kind.isText ? 1 : kind.format.size))
        let machine = try session.machine()
        let found = search.matches(
            in: machine, from: start, length: UInt64(count) * UInt64(kind.format.size), limit: Self.mostHits + 1,
            isInterrupted: { InterruptFlag.keyboard.isRequested })
        for address in found.prefix(Self.mostHits) { session.output.print(kind.line(at: address, on: machine)) }
        if found.isEmpty { session.output.say("Not found.") }
        if found.count > Self.mostHits { session.output.say("There are more; a narrower range shows them.") }
    }

    private static func kind(_ reader: inout ArgumentReader) throws(WordError) -> SearchKind {
        guard let option = reader.option(marks: "-") else { return .bytes }
        guard let kind = SearchKind(rawValue: option.text) else {
            throw WordError(
                "s has no option \"\(option.text.prefix(10))\".", hint: "These exist: -b, -w, -d, -a and -u.",
                column: option.column)
        }
        return kind
    }
}

/// What `s` looks for.
private enum SearchKind: String {
    case bytes = "-b"
    case words = "-w"
    case doublewords = "-d"
    case ascii = "-a"
    case unicode = "-u"

    var isText: Bool { self == .ascii || self == .unicode }

    /// Of the lines that show what was found.
    var format: DumpFormat {
        switch self {
        case .bytes, .ascii: .bytes
        case .words, .unicode: .words
        case .doublewords: .doublewords
        }
    }

    func pattern(_ reader: inout ArgumentReader, in session: LearnSession) throws(WordError) -> [UInt8] {
        var bytes: [UInt8] = []
        while let token = reader.token() {
            switch self {
            case .ascii: bytes += Array(token.text.utf8)
            case .unicode: bytes += token.text.utf16.flatMap { UInt64($0).littleEndianBytes(2) }
            default: bytes += try number(token, in: session).littleEndianBytes(format.size)
            }
        }
        return bytes
    }

    private func number(_ token: WordArguments.Token, in session: LearnSession) throws(WordError) -> UInt64 {
        let value = try session.value(of: WordArguments(token))
        guard MachineEdit.fits(value, bits: format.size * 8) else {
            throw WordError(
                "\(NumberFormat.hexadecimal(value)) is wider than what \(rawValue) looks for.", column: token.column)
        }
        return value
    }

    func line(at address: UInt32, on machine: Machine) -> StyledText {
        let bytes = (0..<format.size * format.perLine).map { machine.cpu.byte(at: address &+ UInt32($0)) }
        return format.line(at: address, bytes)
    }
}
