import CZydis

/// Numbers as operands.
extension InstructionEncoder {
    /// Adds a number of `size` bytes. With `extends`, one that fits a signed byte is encoded as such where the
    /// instruction can extend it, as NASM does by default.
    mutating func addImmediate(_ operand: OperandSyntax, size: Int, extends: Bool = false) throws(Problem) {
        guard let code = operand.immediate, operand.distance == nil else { throw invalidOperands() }
        try checkKeyword(of: operand, size: size, extends: extends)
        let value = try evaluate(code)
        let wide = operand.isStrict && operand.size != 1 && extends
        if value.address != nil || wide {
            try checkAddress(value, size: size, operand: operand)
            add(number: placeholder(for: code, in: .immediate, size: size))
            return
        }
        let number = try scalar(value, size: size, at: operand.position)
        let signed = NumberRange.signed(number, size: size)
        if extends, size > 1, operand.size == 1, !(-128...127).contains(signed), !value.isUnknown {
            throw Problem("\(signed) does not fit in a signed byte", at: code.position)
        }
        add(number: signed)
    }

    private func checkKeyword(of operand: OperandSyntax, size: Int, extends: Bool) throws(Problem) {
        guard let keyword = operand.size, keyword != size else { return }
        guard extends, keyword == 1 else {
            throw Problem(
                "operand sizes differ: \(size * 8) and \(keyword * 8) bits", at: operand.position)
        }
    }

    private func checkAddress(_ value: LinearValue, size: Int, operand: OperandSyntax) throws(Problem) {
        guard value.address != nil else {
            _ = try scalar(value, size: size, at: operand.position)
            return
        }
        guard size >= 2, operand.size != 1 else {
            throw Problem("an address does not fit in a byte", at: operand.position)
        }
    }

    /// The number that the value is, if it is one and fits.
    func scalar(_ value: LinearValue, size: Int, at position: SourcePosition) throws(Problem) -> Int64 {
        guard value.isScalar else { throw Problem(value.notSimple, at: position) }
        guard NumberRange.fits(value.constant, size: size) else {
            throw Problem("\(value.constant) does not fit in \(NumberRange.name(size))", at: position)
        }
        return value.constant
    }

    /// Adds a number that the processor takes as `size` unsigned bytes: an interrupt, a port, a count.
    mutating func addUnsigned(_ operand: OperandSyntax, size: Int) throws(Problem) {
        guard let code = operand.immediate, operand.distance == nil, operand.size == nil || operand.size == size,
            !operand.isStrict
        else { throw invalidOperands() }
        let number = try scalar(try evaluate(code), size: size, at: operand.position)
        add(number: number & ((1 << Int64(size * 8)) - 1))
    }
}

extension LinearValue {
    /// Why this is neither a number nor an address.
    var notSimple: String {
        if hasRegisters { return "a register cannot stand here" }
        return terms.count == 1 && terms[0].coefficient == 1
            ? "an address cannot stand here" : "this is neither a number nor an address plus a number"
    }
}
