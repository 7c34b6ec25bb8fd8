/// A single-line macro, made by `%define`, `%xdefine` or `%assign`.
struct Definition {
    /// nil for a plain name, the parameters' names for `%define f(x, y)`.
    var parameters: [String]?
    /// Body; its tokens know (by `position.expansion`) that they stand in this macro.
    var body: [Token]
}

extension Preprocessor {
    /// Replaces the single-line macros in a line and joins what `%+` joins.
    func expand(_ tokens: [Token]) throws(Problem) -> [Token] {
        guard tokens.contains(where: { $0.kind == .paste || ($0.kind == .identifier && definitions[$0.text] != nil) })
        else { return tokens }
        let expanded = try expand(tokens, hiding: [], depth: 0)
        guard expanded.contains(where: { $0.kind == .paste }) else { return expanded }
        return try expand(try paste(expanded), hiding: [], depth: 0)
    }

    private func expand(_ tokens: [Token], hiding hidden: [String], depth: Int) throws(Problem) -> [Token] {
        guard depth < Limits.expansionDepth else {
            throw Problem("macros are nested too deep", at: tokens.first?.position ?? SourcePosition.start)
        }
        var result: [Token] = []
        result.reserveCapacity(tokens.count)
        var index = 0
        while index < tokens.count {
            let token = tokens[index]
            index += 1
            guard token.kind == .identifier, let definition = definitions[token.text], !hidden.contains(token.text),
                let body = try instantiate(
                    definition, called: token, in: tokens, at: &index, hiding: hidden, depth: depth)
            else {
                result.append(token)
                continue
            }
            let expansion = try expand(body, hiding: hidden + [token.text], depth: depth + 1)
            try charge(expansion: expansion.count + 1, at: token.position)
            result.append(contentsOf: expansion)
        }
        return result
    }

    /// The body with arguments put in; nil if a function-like macro's name stands without parentheses.
    private func instantiate(
        _ definition: Definition, called name: Token, in tokens: [Token], at index: inout Int, hiding hidden: [String],
        depth: Int
    ) throws(Problem) -> [Token]? {
        guard let parameters = definition.parameters else { return place(definition.body, at: name) }
        guard index < tokens.count, tokens[index].isPunctuation("(") else { return nil }
        let raw = try arguments(in: tokens, at: &index, of: name)
        guard raw.count == parameters.count || (parameters.isEmpty && raw.count == 1 && raw[0].isEmpty) else {
            throw Problem(
                "macro `\(name.text)` takes \(parameters.count) arguments, not \(raw.count)", at: name.position)
        }
        var values: [[Token]] = []
        for argument in raw { values.append(try expand(argument, hiding: hidden, depth: depth + 1)) }
        var body: [Token] = []
        for token in definition.body {
            if token.kind == .identifier, let parameter = parameters.firstIndex(of: token.text) {
                body.append(contentsOf: spaced(values[parameter], like: token))
            } else {
                body.append(contentsOf: place([token], at: name, keepingSpace: true))
            }
            try charge(expansion: 1, at: name.position)
        }
        return spaced(body, like: name)
    }

    /// The comma-separated arguments from `(` to its `)`.
    private func arguments(in tokens: [Token], at index: inout Int, of name: Token) throws(Problem) -> [[Token]] {
        var result: [[Token]] = [[]]
        var depth = 0
        while index < tokens.count {
            let token = tokens[index]
            index += 1
            if token.isPunctuation("(") {
                depth += 1
                if depth == 1 { continue }
            } else if token.isPunctuation(")") {
                depth -= 1
                if depth == 0 { return result }
            } else if depth == 1, token.isPunctuation(",") {
                result.append([])
                continue
            }
            try charge(expansion: 1, at: name.position)
            result[result.count - 1].append(token)
        }
        throw Problem("the arguments of macro `\(name.text)` have no closing parenthesis", at: name.position)
    }

    /// Body tokens as they appear to stand at the macro's name.
    private func place(_ body: [Token], at name: Token, keepingSpace: Bool = false) -> [Token] {
        let placed = body.map { token in
            var placed = token
            let expansion = token.position.expansion
            placed.position = name.position
            placed.position.expansion = expansion
            return placed
        }
        return keepingSpace ? placed : spaced(placed, like: name)
    }

    private func spaced(_ tokens: [Token], like token: Token) -> [Token] {
        guard var first = tokens.first else { return tokens }
        first.spaceBefore = token.spaceBefore
        return [first] + tokens.dropFirst()
    }

    private func paste(_ tokens: [Token]) throws(Problem) -> [Token] {
        var result: [Token] = []
        var joinNext = false
        for token in tokens {
            if token.kind == .paste {
                joinNext = !result.isEmpty
            } else if joinNext, let left = result.popLast() {
                result.append(try join(left, token))
                joinNext = false
            } else {
                result.append(token)
            }
        }
        return result
    }

    /// Two tokens as one, if together they spell one.
    func join(_ left: Token, _ right: Token) throws(Problem) -> Token {
        guard left.canJoin, right.canJoin else {
            throw Problem("\(left.quoted) and \(right.quoted) cannot be joined", at: left.position)
        }
        var lexer = Lexer(source: left.text + right.text, file: left.position.file)
        guard let token = lexer.nextLine()?.first else { return left }
        var joined = token
        joined.spaceBefore = left.spaceBefore
        joined.position = left.position
        return joined
    }

    /// Body tokens as a definition keeps them: each knows the macro and its place there.
    func owned(_ tokens: some Sequence<Token>, by macro: String) -> [Token] {
        tokens.map { token in
            var owned = token
            owned.position.expansion = map.addExpansion(of: macro, at: token.position)
            return owned
        }
    }
}

extension Token {
    var canJoin: Bool { kind == .identifier || kind == .number }
}

extension SourcePosition {
    static let start = SourcePosition(file: 0, line: 1, column: 1)
}
