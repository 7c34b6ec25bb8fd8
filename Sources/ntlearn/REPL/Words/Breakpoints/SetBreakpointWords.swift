import Debugger

/// `bp`: a breakpoint.
struct BreakpointWord: Word {
    static let spec = WordSpec(
        name: "bp", group: .breakpoints, usage: "bp [ADDRESS] [PASSES] [/1] [/w \"EXPRESSION\"]",
        summary: "stop before the instruction at an address, or at EIP",
        detail: """
            It stops at the PASSES-th time; with /1 only once; with /w only when the expression is not zero. Blanks separate \
            the arguments, so write none inside ADDRESS. The machine's memory stays as it is: nothing can see a breakpoint.
            """,
        example: "bp nt!KiSystemService /w \"@eax==19\"", completion: [.symbol, .register])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let machine = try session.machine()
        var parser = try BreakpointParser(arguments, in: session)
        let address = try parser.address() ?? machine.cpu.linearEIP
        try session.set(try parser.request(.execute, size: 1, address, Self.spec), column: arguments.column)
    }
}

/// `ba`: a watchpoint.
struct WatchpointWord: Word {
    static let spec = WordSpec(
        name: "ba", group: .breakpoints, usage: "ba e1|r1|r2|r4|w1|w2|w4 ADDRESS [PASSES] [/1] [/w \"EXPRESSION\"]",
        summary: "stop when an address is executed, read or written",
        detail: """
            w4 watches writes to 4 bytes, r2 reads and writes of 2, e1 execution. The address must be a multiple of the size, \
            as for the processor's debug registers. A run stops behind the instruction that made the access; what the \
            processor itself reads, such as a gate of the IDT, counts.
            """,
        example: "ba w4 esp-4", completion: [.symbol, .register])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        guard !arguments.isEmpty else { throw .usage(Self.spec) }
        var parser = try BreakpointParser(arguments, in: session)
        let (access, size) = try parser.access(Self.spec)
        guard let address = try parser.address() else { throw .usage(Self.spec) }
        try session.set(try parser.request(access, size: size, address, Self.spec), column: arguments.column)
    }
}

/// The arguments of `bp` and `ba`: options may stand anywhere.
private struct BreakpointParser {
    private let session: LearnSession
    private var rest: ArraySlice<WordArguments.Token>
    private var condition: Expression?
    private var isOneShot = false

    init(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        self.session = session
        rest = []
        var tokens = arguments.tokens[...]
        while let token = tokens.popFirst() {
            switch token.text.lowercased() {
            case "/1": isOneShot = true
            case "/w": condition = try Self.condition(tokens.popFirst(), after: token, radix: session.radix)
            case let text where text.hasPrefix("/"):
                throw WordError(
                    "There is no option \"\(token.text.prefix(20))\".", hint: "These exist: /1 and /w \"EXPRESSION\".",
                    column: token.column)
            default: rest.append(token)
            }
        }
    }

    private static func condition(
        _ token: WordArguments.Token?, after option: WordArguments.Token, radix: Int
    ) throws(WordError) -> Expression {
        guard let token else {
            throw WordError(
                "Behind /w an expression is missing.", hint: "Example: /w \"@eax==19\".", column: option.column)
        }
        do throws(ExpressionError) { return try Expression(token.text, radix: radix) } catch {
            throw WordError(error, column: token.column + (token.isQuoted ? 1 : 0))
        }
    }

    /// `w4`, or `w 4`.
    mutating func access(_ spec: WordSpec) throws(WordError) -> (Breakpoint.Access, UInt8) {
        guard let token = rest.popFirst() else { throw .usage(spec) }
        let text = token.text.lowercased()
        let digits = text.count > 1 ? String(text.dropFirst()) : rest.popFirst()?.text ?? ""
        guard let access = Breakpoint.Access(rawValue: String(text.prefix(1))), let size = UInt8(digits) else {
            throw WordError(
                "\"\(token.text.prefix(20))\" is no kind of access.", hint: "Write e1, r1, r2, r4, w1, w2 or w4.",
                column: token.column)
        }
        return (access, size)
    }

    mutating func address() throws(WordError) -> UInt32? {
        guard let token = rest.popFirst() else { return nil }
        var reader = ArgumentReader(WordArguments(token), in: session)
        let address = try reader.address()
        guard reader.isAtEnd else {
            throw WordError("\"\(token.text.prefix(30))\" is not an address.", column: token.column)
        }
        return address
    }

    mutating func request(
        _ access: Breakpoint.Access, size: UInt8, _ address: UInt32, _ spec: WordSpec
    ) throws(WordError) -> BreakpointRequest {
        var passes = 1
        if let token = rest.popFirst() {
            let value = try session.value(of: WordArguments(token))
            guard let count = Int(exactly: value), (1...1_000_000).contains(count) else {
                throw WordError("PASSES must be 1 to 0n1000000.", hint: LearnSession.radixHint, column: token.column)
            }
            passes = count
        }
        if let extra = rest.first {
            throw WordError(
                "\(spec.name) does not take \"\(extra.text.prefix(30))\".", hint: "Usage: \(spec.usage).",
                column: extra.column)
        }
        return BreakpointRequest(
            address: address, access: access, size: size, condition: condition, passes: passes, isOneShot: isOneShot)
    }
}

extension LearnSession {
    fileprivate func set(_ request: BreakpointRequest, column: Int) throws(WordError) {
        let symbols = try machine().symbols
        do throws(BreakpointError) {
            output.print(try debugger.breakpoints.set(request).line(symbols))
        } catch {
            throw WordError(error, column: column)
        }
    }
}
