/// One open `%if`.
struct Conditional {
    /// Lines are being assembled.
    var isActive: Bool
    /// Some branch was chosen, or the whole condition stands in skipped text: no later branch counts.
    var isDecided: Bool
    var sawElse = false
    var position: SourcePosition
}

extension Preprocessor {
    var isSkipping: Bool { conditionals.last?.isActive == false }

    /// Runs a conditional directive; false if the name is none.
    func runConditional(_ name: String, _ line: [Token], in frame: SourceFrame) throws(Problem) -> Bool {
        if name.hasPrefix("if") {
            // Opened before its condition is read: a wrong condition still has its %endif.
            let isSkipped = isSkipping
            conditionals.append(Conditional(isActive: false, isDecided: true, position: line[0].position))
            guard !isSkipped else { return true }
            let isTrue = try condition(name, line, in: frame)
            conditionals[conditionals.count - 1].isActive = isTrue
            conditionals[conditionals.count - 1].isDecided = isTrue
            return true
        }
        switch name {
        case "else": try alternative(line[0], isElse: true) { true }
        case "endif":
            _ = try innermost(line[0], in: frame)
            conditionals.removeLast()
        case _ where name.hasPrefix("elif"):
            let test = String(name.dropFirst(2))
            try alternative(line[0], isElse: false) { () throws(Problem) in try condition(test, line, in: frame) }
        default: return false
        }
        return true
    }

    private func innermost(_ token: Token, in frame: SourceFrame? = nil) throws(Problem) -> Conditional {
        guard let last = conditionals.last, conditionals.count > frame?.conditionals ?? 0 else {
            throw Problem("\(token.quoted) without `%if`", at: token.position)
        }
        return last
    }

    private func alternative(
        _ token: Token, isElse: Bool, _ test: () throws(Problem) -> Bool
    ) throws(Problem) {
        var current = try innermost(token)
        guard !current.sawElse else { throw Problem("\(token.quoted) after `%else`", at: token.position) }
        current.sawElse = isElse
        current.isActive = false
        conditionals[conditionals.count - 1] = current
        guard !current.isDecided else { return }
        current.isActive = try test()
        current.isDecided = current.isActive
        conditionals[conditionals.count - 1] = current
    }

    private func condition(_ name: String, _ line: [Token], in frame: SourceFrame) throws(Problem) -> Bool {
        let raw = try substituteParameters(in: Array(line.dropFirst()), of: frame.call)
        let isNegated = name.hasPrefix("ifn") && name != "ifnum"
        let test = isNegated ? "if" + name.dropFirst(3) : name
        return try evaluate(test, raw, line[0]) != isNegated
    }

    private func evaluate(_ test: String, _ raw: [Token], _ directive: Token) throws(Problem) -> Bool {
        switch test {
        case "if":
            return try constant(raw, after: directive) != 0
        case "ifdef":
            return try name(raw, after: directive, "a macro's name").contains { definitions[$0] != nil }
        case "ifmacro":
            return try name(Array(raw.prefix(1)), after: directive, "a macro's name").contains { macros[$0] != nil }
        case "ifidn", "ifidni":
            return try sidesAreEqual(raw, directive, ignoringCase: test == "ifidni")
        case "ifempty":
            return try expand(raw).isEmpty
        case "ifid", "ifnum", "ifstr":
            let tokens = try expand(raw)
            let kind: Token.Kind = test == "ifid" ? .identifier : test == "ifnum" ? .number : .string
            return tokens.count == 1 && tokens[0].kind == kind
        default:
            throw Problem("\(directive.quoted) is not supported", at: directive.position)
        }
    }

    private func name(_ tokens: [Token], after directive: Token, _ what: String) throws(Problem) -> [String] {
        guard !tokens.isEmpty, tokens.allSatisfy({ $0.kind == .identifier }) else {
            throw Problem("\(directive.quoted) needs \(what)", at: tokens.first?.position ?? directive.position)
        }
        return tokens.map(\.text)
    }

    private func sidesAreEqual(_ raw: [Token], _ directive: Token, ignoringCase: Bool) throws(Problem) -> Bool {
        let sides = split(try expand(raw)[...], most: 2)
        guard sides.count == 2 else {
            throw Problem("\(directive.quoted) needs two texts with a comma between", at: directive.position)
        }
        let texts = sides.map { $0.map { ignoringCase ? $0.spelling.lowercased() : $0.spelling } }
        return texts[0] == texts[1]
    }
}
