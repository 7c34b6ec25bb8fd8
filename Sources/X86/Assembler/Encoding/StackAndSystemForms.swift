import CZydis

/// Operands of stack, port and system instructions.
extension InstructionEncoder {
    mutating func setPush() throws(Problem) {
        try expect(1)
        guard operands[0].immediate != nil else { return try setPop() }
        let size = operands[0].size == 2 ? 2 : 4
        request.operand_size_hint = size == 2 ? ZYDIS_OPERAND_SIZE_HINT_16 : ZYDIS_OPERAND_SIZE_HINT_32
        try addImmediate(operands[0], size: size, extends: true)
    }

    mutating func setPop() throws(Problem) {
        try expect(1)
        let operand = operands[0]
        if let register = operand.register, register.kind == .segment {
            guard operand.size == nil, operand.distance == nil else { throw invalidOperands() }
            return add(register)
        }
        let size = try commonSize(operands)
        guard size > 1 else { throw invalidOperands() }
        try addAny(operand, size: size)
    }

    mutating func setReturn() throws(Problem) {
        let isFar = instruction.mnemonic.form == .farReturn
        request.branch_type = isFar ? ZYDIS_BRANCH_TYPE_FAR : ZYDIS_BRANCH_TYPE_NEAR
        guard !operands.isEmpty else { return }
        try expect(1)
        try addUnsigned(operands[0], size: 2)
    }

    mutating func setEnter() throws(Problem) {
        try expect(2)
        try addUnsigned(operands[0], size: 2)
        try addUnsigned(operands[1], size: 1)
    }

    // MARK: Ports

    mutating func setInput() throws(Problem) {
        try expect(2)
        guard let register = operands[0].register, register.isAccumulator else { throw invalidOperands() }
        add(register)
        try addPort(operands[1])
    }

    mutating func setOutput() throws(Problem) {
        try expect(2)
        try addPort(operands[0])
        guard let register = operands[1].register, register.isAccumulator else { throw invalidOperands() }
        add(register)
    }

    private mutating func addPort(_ operand: OperandSyntax) throws(Problem) {
        if operand.register == .dx { return add(.dx) }
        guard operand.immediate != nil else { throw invalidOperands() }
        try addUnsigned(operand, size: 1)
    }

    // MARK: Selectors

    mutating func setStoreSelector() throws(Problem) {
        try expect(1)
        let size = operands[0].register?.size ?? 2
        guard size > 1 else { throw invalidOperands() }
        try addAny(operands[0], size: size)
    }

    /// LAR and LSL read 16 bits whatever the register is called; the encoder wants both of one size.
    mutating func setSelectorQuery() throws(Problem) {
        try expect(2)
        guard let target = operands[0].register, target.kind == .general, target.size > 1 else {
            throw invalidOperands()
        }
        add(target)
        if let register = operands[1].register {
            guard register.kind == .general, register.size > 1 else {
                throw invalidOperands()
            }
            return add(register.resized(to: target.size))
        }
        try addAny(operands[1], size: 2)
    }

    mutating func setAdjustPrivilege() throws(Problem) {
        try expect(2)
        guard let register = operands[1].register, register.size == 2 else { throw invalidOperands() }
        try addAny(operands[0], size: 2)
        add(register)
    }
}
