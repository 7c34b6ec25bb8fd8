import Debugger

/// `bl`: lists the breakpoints.
struct ListBreakpointsWord: Word {
    static let spec = WordSpec(
        name: "bl", group: .breakpoints, usage: "bl", summary: "list the breakpoints",
        detail: """
            Number, e or d for enabled or disabled, address, access and size of a watchpoint, passes left and (passes in \
            all), symbol, condition.
            """,
        example: "bl")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try ArgumentReader(arguments, in: session).requireEnd(Self.spec)
        let breakpoints = session.debugger.breakpoints.breakpoints
        guard !breakpoints.isEmpty else { return session.output.say("There are no breakpoints; bp sets one.") }
        let symbols = try session.machine().symbols
        session.output.print(breakpoints.map { $0.line(symbols) })
    }
}

/// `bc`: removes breakpoints.
struct ClearBreakpointsWord: Word {
    static let spec = WordSpec.breakpoints("bc", "remove breakpoints")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        session.debugger.breakpoints.clear(try session.breakpointNumbers(arguments, Self.spec))
    }
}

/// `bd`: disables breakpoints.
struct DisableBreakpointsWord: Word {
    static let spec = WordSpec.breakpoints("bd", "disable breakpoints without forgetting them")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        session.debugger.breakpoints.enable(try session.breakpointNumbers(arguments, Self.spec), false)
    }
}

/// `be`: enables breakpoints.
struct EnableBreakpointsWord: Word {
    static let spec = WordSpec.breakpoints("be", "enable breakpoints again")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        session.debugger.breakpoints.enable(try session.breakpointNumbers(arguments, Self.spec), true)
    }
}

extension WordSpec {
    fileprivate static func breakpoints(_ name: String, _ summary: String) -> WordSpec {
        WordSpec(
            name: name, group: .breakpoints, usage: "\(name) * | NUMBER ...", summary: summary,
            detail: "* means all of them. Numbers are those that bl shows; 0-2 and 0,2 will do as well.",
            example: "\(name) *")
    }
}

extension LearnSession {
    /// The numbers that a line names, all of which exist.
    fileprivate func breakpointNumbers(_ arguments: WordArguments, _ spec: WordSpec) throws(WordError) -> [Int] {
        let known = debugger.breakpoints.breakpoints.map(\.id)
        guard !arguments.isEmpty else { throw .usage(spec) }
        if arguments.rest == "*" { return known }
        var numbers: [Int] = []
        for piece in arguments.rest.split(whereSeparator: { $0.isWhitespace || $0 == "," }) {
            let column =
                arguments.column + arguments.rest.distance(from: arguments.rest.startIndex, to: piece.startIndex)
            let ends = piece.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count < 3, first <= last else {
                throw WordError(
                    "\"\(piece.prefix(20))\" is no breakpoint's number.", hint: Self.numberHint, column: column)
            }
            let named = known.filter { (first...last).contains($0) }
            guard !named.isEmpty else {
                throw WordError("There is no breakpoint \(piece.prefix(20)).", hint: Self.numberHint, column: column)
            }
            numbers += named
        }
        return numbers
    }

    private static let numberHint = "bl lists them; * means all."
}

extension Breakpoint {
    /// ` 0 e 804d701f     0001 (0001) nt!KiFastCallEntry`, as WinDbg lists it.
    func line(_ symbols: SymbolTable) -> StyledText {
        let kind = access == .execute ? "   " : "\(access.rawValue) \(size)"
        let counts = "\(Hex.digits(UInt64(passesLeft), width: 4)) (\(Hex.digits(UInt64(passes), width: 4)))"
        let place = symbols.location(of: UInt64(address)).map { " \($0)" } ?? ""
        let once = isOneShot ? " /1" : ""
        let when = condition.map { " /w \"\($0.text)\"" } ?? ""
        return StyledText(
            "\(id)".leftPadded(to: 2)
                + " \(isEnabled ? "e" : "d") \(Hex.digits(address)) \(kind) \(counts)\(place)\(once)\(when)")
    }
}

extension String {
    /// With blanks before it up to a width.
    fileprivate func leftPadded(to width: Int) -> String { spaces(width - count) + self }
}
