import Spelling

/// Runs an expression's steps on a machine.
struct ExpressionEvaluator<Context: EvaluationContext> {
    private let context: Context
    private var stack: [UInt64] = []

    init(context: Context) {
        self.context = context
    }

    /// The value that the steps so far have left. The parser emits only programs that leave exactly one.
    var result: UInt64 { stack.last ?? 0 }

    mutating func perform(_ step: ExpressionStep) throws(ExpressionError) {
        switch step {
        case .number(let value): stack.append(value)
        case .name(let name, let offset): stack.append(try resolve(name, offset))
        case .unary(let unary, let offset):
            stack.append(try apply(unary, to: stack.popLast() ?? 0, offset))
        case .binary(let binary, let offset):
            let right = stack.popLast() ?? 0
            guard let value = binary.apply(stack.popLast() ?? 0, right) else {
                throw ExpressionError(offset: offset, message: "division by zero")
            }
            stack.append(value)
        }
    }

    private func apply(_ unary: UnaryOperator, to value: UInt64, _ offset: Int) throws(ExpressionError) -> UInt64 {
        switch unary {
        case .plus: value
        case .negate: 0 &- value
        case .logicalNot: value == 0 ? 1 : 0
        case .complement: ~value
        case .low: value & 0xFFFF
        case .high: (value >> 16) & 0xFFFF
        case .byte: try read(value, size: 1, offset)
        case .word: try read(value, size: 2, offset)
        case .doubleWord: try read(value, size: 4, offset)
        case .quadWord: try read(value, size: 8, offset)
        case .pointer: try read(value, size: context.pointerSize, offset)
        case .modelSpecificRegister: try readMSR(value, offset)
        }
    }
}

// MARK: - Names

extension ExpressionEvaluator {
    private func resolve(_ name: ExpressionName, _ offset: Int) throws(ExpressionError) -> UInt64 {
        switch name {
        case .register(let name):
            if let value = register(name.lowercased()) { return value }
            throw ExpressionError(
                offset: offset, message: "there is no register ‘\(name)’", note: registerNote(name))
        case .symbol(let name):
            if let value = context.symbol(name) { return value }
            throw ExpressionError(
                offset: offset, message: "there is no symbol ‘\(name)’",
                note: didYouMean(context.suggestions(for: name)))
        case .symbolOrRegister(let name):
            if let value = context.symbol(name) ?? register(name.lowercased()) { return value }
            throw ExpressionError(
                offset: offset, message: "‘\(name)’ is no symbol, no register and no number", note: nameNote(name))
        }
    }

    private func register(_ name: String) -> UInt64? {
        if let value = context.register(name) { return value }
        if let alias = RegisterName.alias(of: name) { return context.register(alias) }
        guard let part = RegisterName.part(name), let whole = context.register(part.whole) else { return nil }
        return part.cut(from: whole)
    }

    private func nameNote(_ name: String) -> String? {
        if case .value = NumberLiteral(name, radix: 16) { return "for a hexadecimal number write 0x\(name)" }
        let symbols = context.suggestions(for: name)
        return didYouMean(symbols.isEmpty ? similarRegisters(name) : symbols)
    }

    private func registerNote(_ name: String) -> String? {
        didYouMean(similarRegisters(name).map { "@" + $0 })
    }

    private func similarRegisters(_ name: String) -> [String] {
        let typed = name.lowercased()
        return RegisterName.known.filter { register($0) != nil && editDistance($0.utf8, typed.utf8, limit: 1) == 1 }
    }

    private func didYouMean(_ names: [String]) -> String? {
        names.isEmpty ? nil : "did you mean " + names.prefix(5).joined(separator: ", ") + "?"
    }
}

// MARK: - Memory and MSRs

extension ExpressionEvaluator {
    private func read(_ value: UInt64, size: Int, _ offset: Int) throws(ExpressionError) -> UInt64 {
        let address = try linearAddress(value, offset)
        if let value = context.memory(at: address, size: size) { return value }
        throw ExpressionError(
            offset: offset, message: "memory at \(NumberFormat.hexadecimal(address)) cannot be read",
            note: "no page that can be read is mapped there")
    }

    /// Accepts what 32-bit arithmetic in 64 bits yields: a value within 32 bits, or one sign-extended from them.
    private func linearAddress(_ value: UInt64, _ offset: Int) throws(ExpressionError) -> UInt64 {
        if context.pointerSize > 4 || value <= UInt64(UInt32.max) { return value }
        if value >= 0xFFFF_FFFF_8000_0000 { return UInt64(UInt32(truncatingIfNeeded: value)) }
        throw ExpressionError(
            offset: offset, message: "address \(NumberFormat.hexadecimal(value)) is beyond 32 bits")
    }

    private func readMSR(_ index: UInt64, _ offset: Int) throws(ExpressionError) -> UInt64 {
        if let index = UInt32(exactly: index), let value = context.msr(index) { return value }
        throw ExpressionError(
            offset: offset, message: "this processor has no MSR \(NumberFormat.hexadecimal(index))",
            note: "SYSENTER's are 174, 175 and 176, in hexadecimal")
    }
}
