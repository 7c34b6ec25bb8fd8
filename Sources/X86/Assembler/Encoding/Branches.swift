import CZydis

/// Jumps, calls and loops.
extension InstructionEncoder {
    mutating func setJump() throws(Problem) {
        try expect(1)
        let operand = operands[0]
        switch operand.kind {
        case .farPointer(let segment, let offset): try setFarPointer(operand, segment, offset)
        case .immediate(let target):
            let isCall = instruction.mnemonic.form == .call
            guard operand.distance != .far, !(isCall && operand.distance == .short) else { throw invalidOperands() }
            try setRelative(operand, target, mayBeShort: !isCall)
        case .register(let register):
            guard register.kind == .general, register.size > 1, operand.distance == nil else {
                throw invalidOperands()
            }
            request.branch_type = ZYDIS_BRANCH_TYPE_NEAR
            add(register)
        case .memory: try setIndirect(operand)
        }
    }

    mutating func setConditionalJump() throws(Problem) {
        try expect(1)
        guard let target = operands[0].immediate, operands[0].size == nil, operands[0].distance != .far else {
            throw invalidOperands()
        }
        try setRelative(operands[0], target, mayBeShort: true)
    }

    /// LOOP and JCXZ: always short; a second operand names the counter.
    mutating func setLoop() throws(Problem) {
        guard let target = operands.first?.immediate, operands[0].size == nil,
            operands[0].distance == nil || operands[0].distance == .short, !operands[0].isStrict
        else { throw invalidOperands() }
        if operands.count > 1 {
            try expect(2)
            guard instruction.mnemonic.name.hasPrefix("loop"), let counter = operands[1].register,
                counter.kind == .general, counter.number == 1, counter.size > 1
            else { throw invalidOperands() }
            if counter.size == 2 { request.address_size_hint = ZYDIS_ADDRESS_SIZE_HINT_16 }
        }
        addRelative(target, size: 1)
    }

    // MARK: Kinds of target

    private mutating func setIndirect(_ operand: OperandSyntax) throws(Problem) {
        let size = operand.size ?? 4
        guard size == 2 || size == 4, operand.distance != .short else { throw invalidOperands() }
        let isFar = operand.distance == .far
        request.branch_type = isFar ? ZYDIS_BRANCH_TYPE_FAR : ZYDIS_BRANCH_TYPE_NEAR
        try addMemory(operand, size: isFar ? size + 2 : size)
    }

    private mutating func setFarPointer(
        _ operand: OperandSyntax, _ segment: ExpressionCode, _ offset: ExpressionCode
    ) throws(Problem) {
        guard operand.distance == nil, [nil, 2, 4].contains(operand.size), !operand.isStrict else {
            throw invalidOperands()
        }
        let size = operand.size ?? 4
        let selector = try scalar(try evaluate(segment), size: 2, at: segment.position)
        let value = try evaluate(offset)
        if value.address == nil { _ = try scalar(value, size: size, at: offset.position) }
        let number = placeholder(for: offset, in: .pointer, size: size)
        request.branch_type = ZYDIS_BRANCH_TYPE_FAR
        request.branch_width = size == 2 ? ZYDIS_BRANCH_WIDTH_16 : ZYDIS_BRANCH_WIDTH_32
        appendOperand {
            $0.type = ZYDIS_OPERAND_TYPE_POINTER
            $0.ptr.segment = ZyanU16(truncatingIfNeeded: selector)
            $0.ptr.offset = ZyanU32(truncatingIfNeeded: number)
        }
    }

    private mutating func setRelative(
        _ operand: OperandSyntax, _ target: ExpressionCode, mayBeShort: Bool
    ) throws(Problem) {
        guard [nil, 2, 4].contains(operand.size) else { throw invalidOperands() }
        let value = try target.evaluate(in: context)
        if value.address == nil, !value.isScalar { throw Problem(value.notSimple, at: target.position) }
        let isForced = operand.distance == .near || operand.isStrict || operand.size != nil || !mayBeShort
        let isShort = operand.distance == .short || (!isForced && reachesShort(value))
        // Only the distance of a free jump can change with the layout.
        isStable = isForced || operand.distance == .short
        addRelative(target, size: isShort ? 1 : operand.size ?? 4)
    }

    /// A jump to a label of the same section within a signed byte. NASM takes numbers for far away.
    private func reachesShort(_ target: LinearValue) -> Bool {
        if target.isUnknown { return true }
        guard target.address == .section(context.section) else { return false }
        return (-128...127).contains(target.constant &- Int64(context.offset) &- 2)
    }

    private mutating func addRelative(_ target: ExpressionCode, size: Int) {
        request.branch_type = size == 1 ? ZYDIS_BRANCH_TYPE_SHORT : ZYDIS_BRANCH_TYPE_NEAR
        request.branch_width =
            switch size {
            case 1: ZYDIS_BRANCH_WIDTH_8
            case 2: ZYDIS_BRANCH_WIDTH_16
            default: ZYDIS_BRANCH_WIDTH_32
            }
        add(number: placeholder(for: target, in: .immediate, size: size, relative: true))
    }
}
