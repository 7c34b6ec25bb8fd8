/// Reads the operands of an instruction.
struct OperandParser {
    let source: SourceParser

    func operands(_ cursor: inout TokenCursor) throws(Problem) -> [OperandSyntax] {
        guard !cursor.isAtEnd else { return [] }
        var operands: [OperandSyntax] = []
        repeat {
            operands.append(try operand(&cursor))
        } while cursor.skip(",")
        return operands
    }

    private func operand(_ cursor: inout TokenCursor) throws(Problem) -> OperandSyntax {
        let start = cursor.position
        var operand = OperandSyntax(kind: .immediate(ExpressionCode(position: start)), position: start)
        try keywords(&cursor, &operand)
        operand.kind = try kind(&cursor)
        if operand.isStrict, operand.immediate == nil {
            throw Problem("`strict` only has a meaning before a number", at: start)
        }
        return operand
    }

    /// `strict dword`, `short`, `far word` and so on.
    private func keywords(_ cursor: inout TokenCursor, _ operand: inout OperandSyntax) throws(Problem) {
        while let token = cursor.peek, token.kind == .identifier {
            let word = token.text.lowercased()
            if let size = Keyword.sizes[word] {
                guard operand.size == nil else { throw Problem("a second size, \(token.quoted)", at: token.position) }
                operand.size = size
            } else if let distance = OperandSyntax.Distance(rawValue: word) {
                guard operand.distance == nil else {
                    throw Problem("a second distance, \(token.quoted)", at: token.position)
                }
                operand.distance = distance
            } else if word == "strict" {
                operand.isStrict = true
            } else {
                return
            }
            cursor.advance()
        }
    }

    private func kind(_ cursor: inout TokenCursor) throws(Problem) -> OperandSyntax.Kind {
        guard let token = cursor.peek else { throw Problem("an operand is missing here", at: cursor.position) }
        if token.isPunctuation("[") {
            cursor.advance()
            return .memory(try memory(&cursor, open: token, segment: nil))
        }
        if token.kind == .identifier, let register = RegisterName.named(token.text) {
            if let after = cursor.peek(1), after.isPunctuation(":") {
                return try prefixedMemory(&cursor, register, token)
            }
            let continues = cursor.peek(1).map { $0.kind == .punctuation && BinaryOperator(spelling: $0.text) != nil }
            if continues != true {
                cursor.advance()
                return .register(register)
            }
        }
        if token.isWord("ptr") { throw Problem("`ptr` is not NASM syntax", at: token.position, note: "leave it out") }
        return try immediate(&cursor)
    }

    /// `fs:[...]`, the segment before the bracket.
    private func prefixedMemory(
        _ cursor: inout TokenCursor, _ register: RegisterName, _ token: Token
    ) throws(Problem) -> OperandSyntax.Kind {
        guard register.kind == .segment else {
            throw Problem("\(token.quoted) is not a segment register", at: token.position)
        }
        cursor.advance()
        cursor.advance()
        guard let open = cursor.next(), open.isPunctuation("[") else {
            throw Problem(
                "an address in brackets must follow the segment register", at: cursor.position,
                note: "write `[\(token.text):address]`")
        }
        return .memory(try memory(&cursor, open: open, segment: register))
    }

    private func immediate(_ cursor: inout TokenCursor) throws(Problem) -> OperandSyntax.Kind {
        let first = try source.expression(&cursor)
        if cursor.skip(":") { return .farPointer(segment: first, offset: try source.expression(&cursor)) }
        if let index = first.steps.firstIndex(where: \.isRegister) {
            throw Problem(
                "a register cannot take part in an expression outside brackets", at: first.positions[index])
        }
        return .immediate(first)
    }

    private func memory(
        _ cursor: inout TokenCursor, open: Token, segment: RegisterName?
    ) throws(Problem) -> MemorySyntax {
        var segment = segment
        var size: Int?
        while let token = cursor.peek, token.kind == .identifier {
            let word = token.text.lowercased()
            if let keyword = Keyword.sizes[word], keyword != 8, size == nil {
                size = keyword
                cursor.advance()
            } else if let register = RegisterName.named(word), cursor.peek(1)?.isPunctuation(":") == true {
                guard register.kind == .segment, segment == nil else {
                    throw Problem("\(token.quoted) cannot be the segment here", at: token.position)
                }
                segment = register
                cursor.advance()
                cursor.advance()
            } else {
                break
            }
        }
        let address = try source.expression(&cursor)
        guard cursor.skip("]") else {
            if let token = cursor.peek { throw Problem("unexpected \(token.quoted) in an address", at: token.position) }
            throw Problem("this bracket is not closed", at: open.position)
        }
        return MemorySyntax(segment: segment, address: address, displacementSize: size)
    }
}

extension ExpressionCode.Step {
    var isRegister: Bool {
        if case .register = self { true } else { false }
    }
}
