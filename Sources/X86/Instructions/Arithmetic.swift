/// A two-operand operation: its result and its flags. The manual's "Operation" section, one type each.
protocol BinaryOperation {
    static func apply<W: OperandWord>(_ left: W, _ right: W, _ flags: inout UInt32) -> W
}

/// A one-operand operation.
protocol UnaryOperation {
    static func apply<W: OperandWord>(_ value: W, _ flags: inout UInt32) -> W
}

enum Add: BinaryOperation {
    @inline(__always)
    static func apply<W: OperandWord>(_ left: W, _ right: W, _ flags: inout UInt32) -> W {
        sum(left, right, carry: 0, &flags)
    }

    @inline(__always)
    static func sum<W: OperandWord>(_ left: W, _ right: W, carry: W, _ flags: inout UInt32) -> W {
        let (partial, first) = left.addingReportingOverflow(right)
        let (result, second) = partial.addingReportingOverflow(carry)
        var new = Flags.ofResult(result)
        if first || second { new |= Flags.carry }
        if ((left ^ result) & (right ^ result)).isNegative { new |= Flags.overflow }
        if (left ^ right ^ result) & 0x10 != 0 { new |= Flags.adjust }
        flags = flags & ~Flags.status | new
        return result
    }
}

enum AddWithCarry: BinaryOperation {
    @inline(__always)
    static func apply<W: OperandWord>(_ left: W, _ right: W, _ flags: inout UInt32) -> W {
        Add.sum(left, right, carry: W(truncatingIfNeeded: flags & Flags.carry), &flags)
    }
}

enum Subtract: BinaryOperation {
    @inline(__always)
    static func apply<W: OperandWord>(_ left: W, _ right: W, _ flags: inout UInt32) -> W {
        difference(left, right, borrow: 0, &flags)
    }

    @inline(__always)
    static func difference<W: OperandWord>(_ left: W, _ right: W, borrow: W, _ flags: inout UInt32) -> W {
        let (partial, first) = left.subtractingReportingOverflow(right)
        let (result, second) = partial.subtractingReportingOverflow(borrow)
        var new = Flags.ofResult(result)
        if first || second { new |= Flags.carry }
        if ((left ^ right) & (left ^ result)).isNegative { new |= Flags.overflow }
        if (left ^ right ^ result) & 0x10 != 0 { new |= Flags.adjust }
        flags = flags & ~Flags.status | new
        return result
    }
}

enum SubtractWithBorrow: BinaryOperation {
    @inline(__always)
    static func apply<W: OperandWord>(_ left: W, _ right: W, _ flags: inout UInt32) -> W {
        Subtract.difference(left, right, borrow: W(truncatingIfNeeded: flags & Flags.carry), &flags)
    }
}

enum And: BinaryOperation {
    @inline(__always)
    static func apply<W: OperandWord>(_ left: W, _ right: W, _ flags: inout UInt32) -> W {
        let result = left & right
        flags = flags & ~Flags.status | Flags.ofResult(result)  // CF and OF cleared, AF undefined: zero
        return result
    }
}

enum Or: BinaryOperation {
    @inline(__always)
    static func apply<W: OperandWord>(_ left: W, _ right: W, _ flags: inout UInt32) -> W {
        let result = left | right
        flags = flags & ~Flags.status | Flags.ofResult(result)
        return result
    }
}

enum ExclusiveOr: BinaryOperation {
    @inline(__always)
    static func apply<W: OperandWord>(_ left: W, _ right: W, _ flags: inout UInt32) -> W {
        let result = left ^ right
        flags = flags & ~Flags.status | Flags.ofResult(result)
        return result
    }
}

/// INC and DEC leave CF alone, which lets a loop carry a sum across them.
enum Increment: UnaryOperation {
    @inline(__always)
    static func apply<W: OperandWord>(_ value: W, _ flags: inout UInt32) -> W {
        let carry = flags & Flags.carry
        let result = Add.apply(value, 1, &flags)
        flags = flags & ~Flags.carry | carry
        return result
    }
}

enum Decrement: UnaryOperation {
    @inline(__always)
    static func apply<W: OperandWord>(_ value: W, _ flags: inout UInt32) -> W {
        let carry = flags & Flags.carry
        let result = Subtract.apply(value, 1, &flags)
        flags = flags & ~Flags.carry | carry
        return result
    }
}

enum Negate: UnaryOperation {
    @inline(__always)
    static func apply<W: OperandWord>(_ value: W, _ flags: inout UInt32) -> W {
        Subtract.apply(0, value, &flags)
    }
}

enum Complement: UnaryOperation {
    @inline(__always)
    static func apply<W: OperandWord>(_ value: W, _ flags: inout UInt32) -> W { ~value }
}

extension CPU {
    @inline(__always)
    mutating func binary<Op: BinaryOperation, T: Tracer>(
        _ operation: Op.Type, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        switch instruction.width {
        case 1: try binary(operation, UInt8.self, instruction, &tracer)
        case 2: try binary(operation, UInt16.self, instruction, &tracer)
        default: try binary(operation, UInt32.self, instruction, &tracer)
        }
    }

    @inline(__always)
    private mutating func binary<Op: BinaryOperation, W: OperandWord, T: Tracer>(
        _: Op.Type, _: W.Type, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        let right: W
        let left: W
        if instruction.source.isMemory {  // The destination is then a register: no order of faults to keep.
            right = try load(instruction.source, instruction, &tracer)
            left = register(instruction.destination.code)
        } else {
            left = try loadForUpdate(instruction.destination, instruction, &tracer)
            right = try load(instruction.source, instruction, &tracer)
        }
        var newFlags = flags
        let result = Op.apply(left, right, &newFlags)
        try store(result, instruction.destination, instruction, &tracer)
        flags = newFlags
    }

    /// CMP and TEST: flags without a result.
    @inline(__always)
    mutating func compare<Op: BinaryOperation, T: Tracer>(
        _ operation: Op.Type, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        switch instruction.width {
        case 1: try compare(operation, UInt8.self, instruction, &tracer)
        case 2: try compare(operation, UInt16.self, instruction, &tracer)
        default: try compare(operation, UInt32.self, instruction, &tracer)
        }
    }

    @inline(__always)
    private mutating func compare<Op: BinaryOperation, W: OperandWord, T: Tracer>(
        _: Op.Type, _: W.Type, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        let left: W = try load(instruction.destination, instruction, &tracer)
        let right: W = try load(instruction.source, instruction, &tracer)
        _ = Op.apply(left, right, &flags)
    }

    @inline(__always)
    mutating func unary<Op: UnaryOperation, T: Tracer>(
        _ operation: Op.Type, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        switch instruction.width {
        case 1: try unary(operation, UInt8.self, instruction, &tracer)
        case 2: try unary(operation, UInt16.self, instruction, &tracer)
        default: try unary(operation, UInt32.self, instruction, &tracer)
        }
    }

    @inline(__always)
    private mutating func unary<Op: UnaryOperation, W: OperandWord, T: Tracer>(
        _: Op.Type, _: W.Type, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        let value: W = try loadForUpdate(instruction.destination, instruction, &tracer)
        var newFlags = flags
        let result = Op.apply(value, &newFlags)
        try store(result, instruction.destination, instruction, &tracer)
        flags = newFlags
    }
}
