/// A multi-line macro, made by `%macro`.
final class Macro {
    let name: String
    let minimum: Int
    let maximum: Int
    /// The last parameter takes the rest of the line, commas included (`N+`).
    let isGreedy: Bool
    /// Values of parameters that a call leaves out, from parameter `minimum` + 1 on.
    let defaults: [[Token]]
    let body: [[Token]]

    init(name: String, minimum: Int, maximum: Int, isGreedy: Bool, defaults: [[Token]], body: [[Token]]) {
        self.name = name
        self.minimum = minimum
        self.maximum = maximum
        self.isGreedy = isGreedy
        self.defaults = defaults
        self.body = body
    }

    func accepts(_ count: Int) -> Bool { count >= minimum && (isGreedy || count <= maximum) }
}

/// One call of a macro: its arguments, as `%rotate` turned them.
final class MacroCall {
    let macro: Macro
    var arguments: [[Token]]
    let position: SourcePosition
    /// Tells the `%%labels` of this call from those of every other.
    let number: Int

    init(macro: Macro, arguments: [[Token]], position: SourcePosition, number: Int) {
        self.macro = macro
        self.arguments = arguments
        self.position = position
        self.number = number
    }

    func rotate(by count: Int64) {
        guard !arguments.isEmpty else { return }
        let size = Int64(arguments.count)
        let shift = Int(((count % size) + size) % size)
        arguments = Array(arguments[shift...] + arguments[..<shift])
    }
}

extension Preprocessor {
    /// Replaces `%1`, `%0` and `%%label`, joins what stands against them, and moves every token to the call.
    func substituteParameters(in tokens: [Token], of call: MacroCall?) throws(Problem) -> [Token] {
        var result: [Token] = []
        result.reserveCapacity(tokens.count)
        var joinable = false
        for token in tokens {
            let isParameter = token.kind == .parameter || token.kind == .macroLocal
            let values = try value(of: token, in: call)
            try charge(expansion: isParameter ? values.count : 0, at: token.position)
            for (offset, value) in values.enumerated() {
                let touches = offset == 0 && !value.spaceBefore && (isParameter || joinable)
                if touches, value.canJoin, let left = result.last, left.canJoin {
                    result[result.count - 1] = try join(left, value)
                } else {
                    result.append(value)
                }
            }
            joinable = isParameter && !values.isEmpty
        }
        return result
    }

    private func value(of token: Token, in call: MacroCall?) throws(Problem) -> [Token] {
        guard let call else {
            guard token.kind == .parameter || token.kind == .macroLocal else { return [token] }
            throw Problem("\(token.quoted) stands outside a macro", at: token.position)
        }
        var placed = token
        placed.position = call.position
        placed.position.expansion = token.position.expansion
        switch token.kind {
        case .parameter where token.value == 0:
            placed.kind = .number
            placed.text = String(call.arguments.count)
            placed.value = Int64(call.arguments.count)
        case .parameter:
            let index = Int(token.value) - 1
            guard index < call.arguments.count else { return [] }
            var argument = call.arguments[index]
            if !argument.isEmpty { argument[0].spaceBefore = token.spaceBefore }
            return argument
        case .macroLocal:
            placed.kind = .identifier
            placed.text = "..@\(call.number).\(token.text)"
        default: break
        }
        return [placed]
    }

    /// If the line calls a macro, starts its expansion and returns what stands before the call (a label), if anything.
    func callMacro(in line: [Token]) throws(Problem) -> [Token]? {
        guard !macros.isEmpty else { return line }
        if let frame = try expansion(of: line[...]) {
            push(frame)
            return nil
        }
        guard line.count > 1, line[0].kind == .identifier else { return line }
        let callStart = line[1].isPunctuation(":") ? 2 : 1
        guard let frame = try expansion(of: line[callStart...]) else { return line }
        push(frame)
        return Array(line[..<callStart]) + (callStart == 2 ? [] : [colon(after: line[0])])
    }

    private func colon(after label: Token) -> Token {
        Token(kind: .punctuation, spaceBefore: false, text: ":", position: label.position)
    }

    private func expansion(of line: ArraySlice<Token>) throws(Problem) -> SourceFrame? {
        guard let name = line.first, name.kind == .identifier, let candidates = macros[name.text] else { return nil }
        let plain = split(line.dropFirst(), most: .max)
        guard let macro = candidates.first(where: { $0.accepts(plain.count) }) else {
            if candidates.contains(where: isExpanding) { return nil }
            throw Problem("macro `\(name.text)` does not take \(plain.count) parameters", at: name.position)
        }
        guard !isExpanding(macro) else { return nil }
        var arguments = macro.isGreedy ? split(line.dropFirst(), most: macro.maximum) : plain
        let missing = max(0, min(macro.maximum, macro.minimum + macro.defaults.count) - arguments.count)
        arguments.append(contentsOf: macro.defaults.suffix(missing))
        expansionsMade += 1
        let call = MacroCall(macro: macro, arguments: arguments, position: name.position, number: expansionsMade)
        return SourceFrame(body: macro.body, call: call, conditionals: conditionals.count)
    }

    /// Cuts arguments at commas, at most into `most`; braces keep commas together.
    func split(_ tokens: ArraySlice<Token>, most: Int) -> [[Token]] {
        guard !tokens.isEmpty else { return [] }
        var result: [[Token]] = [[]]
        var depth = 0
        for token in tokens {
            let startsArgument = result[result.count - 1].isEmpty
            if token.isPunctuation("{"), depth > 0 || startsArgument {
                depth += 1
                if depth == 1 { continue }
            } else if token.isPunctuation("}"), depth > 0 {
                depth -= 1
                if depth == 0 { continue }
            } else if depth == 0, token.isPunctuation(","), result.count < most {
                result.append([])
                continue
            }
            result[result.count - 1].append(token)
        }
        return result
    }
}
