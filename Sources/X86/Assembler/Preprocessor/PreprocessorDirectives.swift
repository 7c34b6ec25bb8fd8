extension Preprocessor {
    /// Every directive, for "did you mean".
    private static let names = [
        "include", "define", "xdefine", "undef", "assign", "strlen", "macro", "endmacro", "rep", "endrep", "exitrep",
        "exitmacro", "rotate", "if", "elif", "else", "endif", "ifdef", "ifndef", "ifidn", "ifnidn", "ifidni", "ifnum",
        "ifid", "ifstr", "ifempty", "ifmacro", "error",
    ]

    func runDirective(_ line: [Token], in frame: SourceFrame) throws(Problem) {
        let name = line[0].text
        if try runConditional(name, line, in: frame) { return }
        // In skipped text a macro's body is skipped like any other line.
        guard !isSkipping else { return }
        switch name {
        case "macro": return try defineMacro(line, in: frame)
        case "rep": return try repeatLines(line, in: frame)
        default: break
        }
        let arguments = try substituteParameters(in: Array(line.dropFirst()), of: frame.call)
        switch name {
        case "include": try includeFile(arguments, line[0])
        case "define", "xdefine": try define(arguments, line[0], expanding: name == "xdefine")
        case "undef": definitions[try macroName(arguments, line[0]).text] = nil
        case "assign": try assign(arguments, line[0])
        case "strlen": try stringLength(arguments, line[0])
        case "error": throw Problem(message(arguments), at: frame.call?.position ?? line[0].position)
        case "rotate":
            guard let call = frame.call else {
                throw Problem("`%rotate` stands outside a macro", at: line[0].position)
            }
            call.rotate(by: try constant(arguments, after: line[0]))
        case "exitrep": try exit(line[0]) { $0.isRepetition }
        case "exitmacro": try exit(line[0]) { $0.call != nil && !$0.isRepetition }
        case "endmacro", "endm": throw Problem("\(line[0].quoted) without `%macro`", at: line[0].position)
        case "endrep": throw Problem("`%endrep` without `%rep`", at: line[0].position)
        default:
            throw Problem(
                "unknown directive \(line[0].quoted)", at: line[0].position,
                note: Spelling.suggestion(for: name, among: Self.names).map { "did you mean `%\($0)`?" })
        }
    }

    private func exit(_ directive: Token, where matches: (SourceFrame) -> Bool) throws(Problem) {
        guard exitFrame(where: matches) else {
            let outside = directive.text == "exitrep" ? "`%rep`" : "a macro"
            throw Problem("\(directive.quoted) stands outside \(outside)", at: directive.position)
        }
    }

    private func includeFile(_ arguments: [Token], _ directive: Token) throws(Problem) {
        guard arguments.count == 1, arguments[0].kind == .string else {
            throw Problem("`%include` needs a file name in quotes", at: arguments.first?.position ?? directive.position)
        }
        try pushInclude(String(decoding: arguments[0].bytes, as: UTF8.self), at: arguments[0].position)
    }

    private func macroName(_ arguments: [Token], _ directive: Token) throws(Problem) -> Token {
        guard let name = arguments.first, name.kind == .identifier else {
            throw Problem(
                "\(directive.quoted) needs a macro's name", at: arguments.first?.position ?? directive.position)
        }
        return name
    }

    private func define(_ arguments: [Token], _ directive: Token, expanding: Bool) throws(Problem) {
        let name = try macroName(arguments, directive)
        var rest = arguments.dropFirst()
        var parameters: [String]?
        if let open = rest.first, open.isPunctuation("("), !open.spaceBefore {
            parameters = try parameterNames(&rest, of: name)
        }
        let body = expanding ? try expand(Array(rest)) : Array(rest)
        definitions[name.text] = Definition(parameters: parameters, body: owned(body, by: name.text))
    }

    private func parameterNames(_ rest: inout ArraySlice<Token>, of name: Token) throws(Problem) -> [String] {
        rest.removeFirst()
        guard let close = rest.firstIndex(where: { $0.isPunctuation(")") }) else {
            throw Problem("the parameters of `\(name.text)` have no closing parenthesis", at: name.position)
        }
        let inside = rest[..<close]
        rest = rest[(close + 1)...]
        var names: [String] = []
        for part in split(inside, most: .max) {
            guard part.count == 1, part[0].kind == .identifier else {
                throw Problem("a macro's parameter must be a name", at: part.first?.position ?? name.position)
            }
            names.append(part[0].text)
        }
        return names
    }

    private func assign(_ arguments: [Token], _ directive: Token) throws(Problem) {
        let name = try macroName(arguments, directive)
        setNumber(name, try constant(Array(arguments.dropFirst()), after: name))
    }

    private func stringLength(_ arguments: [Token], _ directive: Token) throws(Problem) {
        let name = try macroName(arguments, directive)
        let text = try expand(Array(arguments.dropFirst()))
        guard text.count == 1, text[0].kind == .string else {
            throw Problem("`%strlen` needs a string", at: text.first?.position ?? name.position)
        }
        setNumber(name, Int64(text[0].bytes.count))
    }

    /// A negative number becomes two tokens, as its spelling has two.
    private func setNumber(_ name: Token, _ value: Int64) {
        var body: [Token] = []
        if value < 0 {
            body.append(Token(kind: .punctuation, spaceBefore: true, text: "-", position: name.position))
        }
        let digits = String(value.magnitude)
        body.append(
            Token(
                kind: .number, spaceBefore: value >= 0, text: digits, value: Int64(bitPattern: UInt64(value.magnitude)),
                position: name.position))
        definitions[name.text] = Definition(parameters: nil, body: body)
    }

    private func message(_ arguments: [Token]) -> String {
        if arguments.count == 1, arguments[0].kind == .string {
            return String(decoding: arguments[0].bytes, as: UTF8.self)
        }
        return arguments.isEmpty
            ? "%error" : arguments.map { ($0.spaceBefore ? " " : "") + $0.spelling }.joined().trimmed
    }

    /// Evaluates an expression that must be a number here and now.
    func constant(_ tokens: [Token], after directive: Token) throws(Problem) -> Int64 {
        let expanded = try expand(tokens)
        return try ConstantExpression.evaluate(expanded, after: directive.position) { [constants] in constants[$0] }
    }

    // MARK: Bodies

    private func defineMacro(_ line: [Token], in frame: SourceFrame) throws(Problem) {
        let body = try lines(upTo: ["endmacro", "endm"], nesting: "macro", after: line[0], in: frame)
        let header = try expand(try substituteParameters(in: Array(line.dropFirst(2)), of: frame.call))
        guard line.count > 1, line[1].kind == .identifier else {
            throw Problem("`%macro` needs a name", at: line.count > 1 ? line[1].position : line[0].position)
        }
        let name = line[1].text
        var counts = header[...]
        let (minimum, maximum, isGreedy) = try parameterCounts(&counts, after: line[1])
        let owned = body.map { self.owned($0, by: name) }
        let macro = Macro(
            name: name, minimum: minimum, maximum: maximum, isGreedy: isGreedy, defaults: split(counts, most: .max),
            body: owned)
        macros[name, default: []].removeAll { $0.minimum == minimum && $0.maximum == maximum }
        macros[name, default: []].append(macro)
    }

    /// `N`, `N-M`, `N-*`, each with an optional `+`.
    private func parameterCounts(
        _ tokens: inout ArraySlice<Token>, after name: Token
    ) throws(Problem) -> (Int, Int, Bool) {
        func number() throws(Problem) -> Int {
            guard let token = tokens.popFirst(), token.kind == .number, (0...0xFFFF).contains(token.value) else {
                throw Problem("macro `\(name.text)` needs its number of parameters", at: name.position)
            }
            return Int(token.value)
        }
        let minimum = try number()
        var maximum = minimum
        if tokens.first?.isPunctuation("-") == true {
            tokens.removeFirst()
            if tokens.first?.isPunctuation("*") == true {
                tokens.removeFirst()
                maximum = .max
            } else {
                maximum = try number()
            }
        }
        guard maximum >= minimum else {
            throw Problem("macro `\(name.text)` takes at most fewer parameters than at least", at: name.position)
        }
        let isGreedy = tokens.first?.isPunctuation("+") == true
        if isGreedy { tokens.removeFirst() }
        return (minimum, maximum, isGreedy)
    }

    private func repeatLines(_ line: [Token], in frame: SourceFrame) throws(Problem) {
        let body = try lines(upTo: ["endrep"], nesting: "rep", after: line[0], in: frame)
        let count = try constant(
            try substituteParameters(in: Array(line.dropFirst()), of: frame.call), after: line[0])
        guard count <= Limits.repetitions else {
            throw Problem("`%rep` repeats at most \(Limits.repetitions) times, not \(count)", at: line[0].position)
        }
        guard count > 0, !body.isEmpty else { return }
        push(SourceFrame(body: body, call: frame.call, conditionals: conditionals.count, rounds: Int(count)))
    }

    /// The raw lines up to the directive that closes the one at hand.
    private func lines(
        upTo ends: [String], nesting opener: String, after directive: Token, in frame: SourceFrame
    ) throws(Problem) -> [[Token]] {
        var body: [[Token]] = []
        var depth = 0
        while let line = frame.nextLine() {
            guard let first = line.first else { continue }
            try charge(expansion: line.count, at: directive.position)
            if first.kind == .directive {
                if first.text == opener { depth += 1 }
                if ends.contains(first.text) {
                    if depth == 0 { return body }
                    depth -= 1
                }
            }
            body.append(line)
        }
        throw Problem("\(directive.quoted) has no `%\(ends[0])`", at: directive.position)
    }
}

extension String {
    /// Without spaces at the ends.
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
