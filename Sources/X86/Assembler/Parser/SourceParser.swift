/// Turns the preprocessor's lines into statements, symbols and sections.
final class SourceParser {
    let map: SourceMap
    let preprocessor: Preprocessor
    let symbols: SymbolTable
    var sections = SectionTable()
    var statements: [Statement] = []
    /// From `org`.
    var origin: UInt32?
    /// The `struc` that the line at hand stands in.
    var structure: OpenStructure?
    /// The `istruc` that the line at hand stands in.
    var instance: OpenInstance?
    var instancesMade = 0
    /// The structures that are complete, in the order of the source.
    var structures: [Assembly.Structure] = []
    /// The label that local labels belong to.
    private var parent = ""

    init(preprocessor: Preprocessor, map: SourceMap, predefined: [String: UInt32]) {
        self.preprocessor = preprocessor
        self.map = map
        symbols = SymbolTable(predefined: predefined)
    }

    /// Reads the source to its end, reporting what is wrong with single lines on the way.
    func run() throws(Stop) {
        while let line = try preprocessor.nextLine() {
            do throws(Problem) {
                try parse(line)
            } catch {
                map.report(error)
                if map.isFull { throw Stop() }
            }
        }
        reportOpenStructure()
        reportOpenInstance()
    }

    private func parse(_ tokens: [Token]) throws(Problem) {
        var cursor = TokenCursor(try withoutBrackets(tokens), end: tokens[0].position)
        guard let first = cursor.peek else { return }
        guard first.kind == .identifier else {
            throw Problem(
                first.kind == .invalid ? first.text : "expected a label or an instruction, not \(first.quoted)",
                at: first.position)
        }
        if let label = try labelToken(&cursor) {
            if cursor.peek?.isWord("equ") == true {
                cursor.advance()
                return try parseEqu(label, &cursor)
            }
            try place(label)
            if cursor.isAtEnd { return }
        }
        let count = statements.count
        if structure == nil { try parseStatement(&cursor) } else { try parseStructureLine(&cursor) }
        do throws(Problem) {
            try cursor.expectEnd()
        } catch {
            // One mistake, one diagnostic: what stands before the surplus may be wrong only for lack of it.
            statements.removeLast(statements.count - count)
            throw error
        }
    }

    /// `[section .text]`, the bracketed form of a directive, is the plain form.
    private func withoutBrackets(_ tokens: [Token]) throws(Problem) -> [Token] {
        guard tokens[0].isPunctuation("[") else { return tokens }
        guard tokens.count > 1, tokens[tokens.count - 1].isPunctuation("]") else {
            throw Problem("this bracket is not closed", at: tokens[0].position)
        }
        return Array(tokens[1..<(tokens.count - 1)])
    }

    // MARK: Labels

    /// The label at the start of the line, if there is one; the cursor then stands behind it.
    private func labelToken(_ cursor: inout TokenCursor) throws(Problem) -> Token? {
        guard let first = cursor.peek else { return nil }
        if cursor.peek(1)?.isPunctuation(":") == true {
            cursor.advance()
            cursor.advance()
            return first
        }
        if Keyword.named(first.text.lowercased()) != nil || RegisterName.named(first.text) != nil {
            return nil
        }
        guard let second = cursor.peek(1), second.kind == .identifier,
            Keyword.named(second.text.lowercased()) != nil
        else { return nil }
        cursor.advance()
        return first
    }

    private func place(_ label: Token) throws(Problem) {
        guard structure == nil else { return try defineField(label) }
        let index = try define(label, as: .label, opensScope: true)
        statements.append(Statement(kind: .label(index), position: label.position))
    }

    /// Defines a name; with `opensScope` the local labels behind it are its own.
    func define(_ label: Token, as definition: SymbolTable.Definition, opensScope: Bool) throws(Problem) -> Int {
        let name = try fullName(label)
        let index = try symbols.define(name, as: definition, at: label.position, map: map)
        if opensScope, !name.hasPrefix("..@"), !label.text.hasPrefix(".") { parent = name }
        return index
    }

    private func fullName(_ token: Token) throws(Problem) -> String {
        let text = token.text
        if text.hasPrefix("$") { return String(text.dropFirst()) }
        if text.hasPrefix("..") {
            guard text.hasPrefix("..@") else {
                throw Problem("\(token.quoted): names that begin with two dots are NASM's own", at: token.position)
            }
            return text
        }
        if text.hasPrefix(".") { return parent + text }
        guard !Keyword.isReserved(text.lowercased()) else {
            throw Problem(
                "\(token.quoted) is a reserved word and cannot be a name", at: token.position,
                note: "write `$\(text)` to use it as a name all the same")
        }
        return text
    }

    private func parseEqu(_ label: Token, _ cursor: inout TokenCursor) throws(Problem) {
        let code = try expression(&cursor)
        try cursor.expectEnd()
        addEqu(try define(label, as: .equ, opensScope: false), code, at: label.position)
    }

    /// What a constant's name stands for; later lines may test it with `%if`.
    func addEqu(_ index: Int, _ code: ExpressionCode, at position: SourcePosition) {
        statements.append(Statement(kind: .equ(index, code), position: position))
        preprocessor.constants[symbols.entries[index].name] = (try? knownValue(code)) ?? nil
    }

    private func isKnownNumber(_ step: ExpressionCode.Step) -> Bool {
        switch step {
        case .here, .sectionStart, .register: false
        case .symbol(let index): preprocessor.constants[symbols.entries[index].name] != nil
        default: true
        }
    }

    /// The value, if the names in the expression are constants of earlier lines.
    func knownValue(_ code: ExpressionCode) throws(Problem) -> Int64? {
        struct Known: ExpressionContext {
            let lookup: (Int) -> Int64?
            func value(ofSymbol index: Int) -> LinearValue { lookup(index).map { LinearValue($0) } ?? .unknown }
            var here: LinearValue { .unknown }
            var sectionStart: LinearValue { .unknown }
        }
        guard code.isFixed || code.steps.allSatisfy(isKnownNumber) else { return nil }
        let context = Known { self.preprocessor.constants[self.symbols.entries[$0].name] }
        let value = try code.evaluate(in: context)
        return value.isScalar && !value.isUnknown ? value.constant : nil
    }

    // MARK: Statements

    func parseStatement(_ cursor: inout TokenCursor, times: ExpressionCode? = nil) throws(Problem) {
        guard let word = cursor.next() else {
            throw Problem("expected an instruction", at: cursor.position)
        }
        guard word.kind == .identifier, let keyword = Keyword.named(word.text.lowercased()) else {
            if isSegment(word) { return try parseInstruction(word, &cursor, times) }
            throw unknownInstruction(word, next: cursor.peek)
        }
        switch keyword {
        case .mnemonic, .prefix:
            try parseInstruction(word, &cursor, times)
        case .data(let unit):
            append(.data(unit: unit, items: try dataItems(&cursor, after: word)), word, times)
        case .reserve(let unit):
            append(.reserve(unit: unit, count: try expression(&cursor)), word, times)
        case .times:
            guard times == nil else { throw Problem("`times` inside `times`", at: word.position) }
            try parseStatement(&cursor, times: try expression(&cursor))
        case .equ:
            throw Problem("`equ` needs a name before it", at: word.position)
        case .directive(let name):
            guard times == nil else { throw Problem("`times` cannot repeat `\(name)`", at: word.position) }
            if let kind = try parseDirective(name, word, &cursor) { append(kind, word, nil) }
        case .unsupported(let instead):
            throw Problem("\(word.quoted) is not supported", at: word.position, note: instead)
        }
    }

    private func append(_ kind: Statement.Kind, _ word: Token, _ times: ExpressionCode?) {
        statements.append(Statement(kind: kind, position: word.position, times: times))
    }

    func unknownInstruction(_ word: Token, next: Token?) -> Problem {
        guard word.kind == .identifier else {
            return Problem(
                word.kind == .invalid ? word.text : "expected an instruction, not \(word.quoted)", at: word.position)
        }
        if let next, next.kind == .invalid { return Problem(next.text, at: next.position) }
        let note =
            map.suggestion(for: word.text) { Keyword.allNames + preprocessor.macros.keys }
            ?? (next == nil ? "a label needs a colon" : nil)
        return Problem("unknown instruction \(word.quoted)", at: word.position, note: note)
    }

    private func dataItems(_ cursor: inout TokenCursor, after word: Token) throws(Problem) -> [DataItem] {
        var items: [DataItem] = []
        repeat {
            // NASM allows a comma at the end of the list.
            if cursor.isAtEnd, !items.isEmpty { break }
            if let token = cursor.peek, token.kind == .string,
                cursor.peek(1).map({ $0.isPunctuation(",") }) ?? true
            {
                cursor.advance()
                items.append(.string(token.bytes))
            } else if cursor.peek?.isPunctuation("?") == true {
                throw Problem("`?` is not supported", at: cursor.position, note: "use `resb`, or write 0")
            } else {
                items.append(.expression(try expression(&cursor)))
            }
        } while cursor.skip(",")
        return items
    }

    // MARK: Instructions

    private func isSegment(_ token: Token) -> Bool {
        RegisterName.named(token.text)?.kind == .segment
    }

    private func parseInstruction(_ first: Token, _ cursor: inout TokenCursor, _ times: ExpressionCode?) throws(Problem)
    {
        var prefixes: [InstructionPrefix] = []
        var segment: RegisterName?
        var word = first
        while true {
            let name = word.text.lowercased()
            if let override = RegisterName.named(name), override.kind == .segment {
                segment = override
            } else if case .prefix(let prefix)? = Keyword.named(name) {
                prefixes.append(prefix)
            } else {
                break
            }
            guard let next = cursor.next() else {
                throw Problem(
                    "\(word.quoted) needs an instruction behind it", at: word.position,
                    note: "to write the prefix byte alone, use `db`")
            }
            word = next
        }
        guard word.kind == .identifier, let mnemonic = Mnemonic.named(word.text.lowercased()) else {
            throw unknownInstruction(word, next: cursor.peek)
        }
        let operands = try OperandParser(source: self).operands(&cursor)
        let instruction = InstructionStatement(
            mnemonic: mnemonic, prefixes: prefixes, segment: segment, operands: operands, position: word.position)
        append(.instruction(instruction), word, times)
    }

    // MARK: Expressions

    /// Reads an expression in which labels, constants and registers may stand.
    func expression(_ cursor: inout TokenCursor) throws(Problem) -> ExpressionCode {
        var code = try ExpressionParser.parse(&cursor) { [self] (token) throws(Problem) in try step(for: token) }
        guard let structure else { return code }
        // In a structure `$` is the offset reached and `$$` is 0.
        for index in code.steps.indices {
            switch code.steps[index] {
            case .here: code.steps[index] = .number(structure.offset)
            case .sectionStart: code.steps[index] = .number(0)
            default: break
            }
        }
        return code
    }

    func step(for token: Token) throws(Problem) -> ExpressionCode.Step {
        if !token.text.hasPrefix("$"), !token.text.hasPrefix(".") {
            // A name that is in the table has passed these tests before.
            if let index = symbols.existing(token.text) { return .symbol(index) }
            if let register = RegisterName.named(token.text) { return .register(register) }
            if Keyword.isForeignRegister(token.text.lowercased()) {
                throw Problem("\(token.quoted) is not a register that can be used here", at: token.position)
            }
            if token.text.hasPrefix("__") {
                throw Problem("NASM's own macro \(token.quoted) is not supported", at: token.position)
            }
        }
        return .symbol(symbols.index(of: try fullName(token), at: token.position))
    }
}

extension Token {
    func isWord(_ word: String) -> Bool { kind == .identifier && text.lowercased() == word }
}
