/// Turns source files into the logical lines that the parser sees: includes read, conditions decided, macros
/// expanded. Line by line, so that an `equ` which the parser has met can decide an `%if` further down.
final class Preprocessor {
    /// What hostile input may cost; ordinary guest images stay far below.
    enum Limits {
        static let lines = 400_000
        static let tokens = 3_000_000
        static let includeDepth = 32
        /// What opening a file counts for: two includes of itself in a file would otherwise double at each depth.
        static let linesPerInclude = 400
        static let repetitions: Int64 = 65_536
        static let expansionDepth = 64
    }

    let map: SourceMap
    private let include: (String) throws(IncludeRefusal) -> String?
    private var frames: [SourceFrame] = []
    var conditionals: [Conditional] = []
    var definitions: [String: Definition] = [:]
    var macros: [String: [Macro]] = [:]
    /// Numbers that a name stands for before the line at hand: predefined symbols, `equ` constants so far.
    var constants: [String: Int64]
    var expansionsMade = 0
    private var linesLeft = Limits.lines
    private var tokensLeft = Limits.tokens

    init(
        file: String, source: String, constants: [String: Int64], map: SourceMap,
        include: @escaping (String) throws(IncludeRefusal) -> String?
    ) {
        self.map = map
        self.constants = constants
        self.include = include
        push(source: source, name: file)
    }

    /// The next line to parse, never empty; nil at the end of the input.
    func nextLine() throws(Stop) -> [Token]? {
        while let frame = frames.last {
            guard let raw = frame.nextLine() else {
                leave(frame)
                continue
            }
            guard let first = raw.first else { continue }
            try charge(raw.count, at: first.position)
            do throws(Problem) {
                if let line = try process(raw, in: frame) {
                    try chargeOrFail(line)
                    return line
                }
            } catch {
                map.report(error)
                if limitReached || map.isFull { throw Stop() }
            }
        }
        return nil
    }

    /// The line's tokens after expansion, or nil if the line was for the preprocessor alone.
    private func process(_ raw: [Token], in frame: SourceFrame) throws(Problem) -> [Token]? {
        if raw[0].kind == .directive {
            try runDirective(raw, in: frame)
            return nil
        }
        guard !isSkipping else { return nil }
        let line = try expand(try substituteParameters(in: raw, of: frame.call))
        guard !line.isEmpty else { return nil }
        return try callMacro(in: line)
    }

    // MARK: Frames

    private func push(source: String, name: String) {
        let lexer = Lexer(source: source, file: map.addFile(name, text: source))
        frames.append(SourceFrame(file: lexer, conditionals: conditionals.count))
    }

    func push(_ frame: SourceFrame) { frames.append(frame) }

    func pushInclude(_ name: String, at position: SourcePosition) throws(Problem) {
        linesLeft -= Limits.linesPerInclude
        guard frames.count(where: \.isFile) < Limits.includeDepth else {
            throw Problem(
                "includes are nested more than \(Limits.includeDepth) deep", at: position,
                note: "does `\(name)` include itself?")
        }
        guard let source = try text(of: name, at: position) else {
            throw Problem("cannot find the file `\(name)`", at: position)
        }
        push(source: source, name: name)
    }

    private func text(of name: String, at position: SourcePosition) throws(Problem) -> String? {
        do { return try include(name) } catch {
            throw Problem("cannot include `\(name)`: \(error.reason)", at: position, note: error.note)
        }
    }

    /// Pops a finished frame; conditions that it opened and left open end with it.
    private func leave(_ frame: SourceFrame) {
        frames.removeLast()
        while conditionals.count > frame.conditionals {
            map.report(Problem("this `%if` has no `%endif`", at: conditionals.removeLast().position))
        }
    }

    /// Ends the innermost `%rep`, or the macro call, that encloses the line at hand.
    func exitFrame(where matches: (SourceFrame) -> Bool) -> Bool {
        guard let index = frames.lastIndex(where: matches), !frames[(index + 1)...].contains(where: \.isFile)
        else { return false }
        conditionals.removeLast(conditionals.count - frames[index].conditionals)
        frames.removeLast(frames.count - index)
        return true
    }

    func isExpanding(_ macro: Macro) -> Bool {
        frames.contains { $0.call?.macro === macro }
    }

    // MARK: Limits

    private var limitReached: Bool { linesLeft < 0 || tokensLeft < 0 }

    private func charge(_ tokens: Int, at position: SourcePosition) throws(Stop) {
        linesLeft -= 1
        tokensLeft -= tokens
        guard limitReached else { return }
        map.report(Problem("the source is too long after expanding its macros", at: position))
        throw Stop()
    }

    private func chargeOrFail(_ line: [Token]) throws(Problem) {
        tokensLeft -= line.count
        if limitReached {
            throw Problem("the source is too long after expanding its macros", at: line[0].position)
        }
    }

    /// Counts tokens that an expansion makes, and stops one that would explode.
    func charge(expansion tokens: Int, at position: SourcePosition) throws(Problem) {
        tokensLeft -= tokens
        if tokensLeft < 0 { throw Problem("this macro expands to too much text", at: position) }
    }
}

/// One source of lines: a file, a macro's body, or the body of a `%rep`.
final class SourceFrame {
    private enum Lines {
        case file(Lexer)
        case body([[Token]])
    }

    private var lines: Lines
    private var next = 0
    private var roundsLeft: Int
    /// The macro call whose parameters the lines may use.
    let call: MacroCall?
    /// Conditions open when the frame began.
    let conditionals: Int
    let isRepetition: Bool

    init(file: Lexer, conditionals: Int) {
        lines = .file(file)
        roundsLeft = 1
        call = nil
        isRepetition = false
        self.conditionals = conditionals
    }

    init(body: [[Token]], call: MacroCall?, conditionals: Int, rounds: Int? = nil) {
        lines = .body(body)
        roundsLeft = rounds ?? 1
        isRepetition = rounds != nil
        self.call = call
        self.conditionals = conditionals
    }

    var isFile: Bool {
        if case .file = lines { true } else { false }
    }

    func nextLine() -> [Token]? {
        switch lines {
        case .file(var lexer):
            let line = lexer.nextLine()
            lines = .file(lexer)
            return line
        case .body(let body):
            if next == body.count {
                roundsLeft -= 1
                next = 0
            }
            guard roundsLeft > 0, next < body.count else { return nil }
            next += 1
            return body[next - 1]
        }
    }
}
