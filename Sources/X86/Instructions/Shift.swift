/// Shifts and rotates. The count is taken modulo 32; a count of zero changes nothing, flags included.
/// OF is defined for a count of one only; for others it is what the P6 family computes, the same way.
protocol ShiftOperation {
    /// - Parameter count: 1–31.
    static func apply<W: OperandWord>(_ value: W, _ count: UInt32, _ flags: inout UInt32) -> W
}

enum ShiftLeft: ShiftOperation {
    static func apply<W: OperandWord>(_ value: W, _ count: UInt32, _ flags: inout UInt32) -> W {
        let result = value << W(truncatingIfNeeded: count)
        let isCarry = count <= UInt32(W.bitWidth) && value >> (W.bitWidth - Int(count)) & 1 != 0
        setShiftFlags(result, carry: isCarry, overflow: result.isNegative != isCarry, &flags)
        return result
    }
}

enum ShiftRight: ShiftOperation {
    static func apply<W: OperandWord>(_ value: W, _ count: UInt32, _ flags: inout UInt32) -> W {
        let result = value >> W(truncatingIfNeeded: count)
        let isCarry = value >> W(truncatingIfNeeded: count - 1) & 1 != 0
        // The bit that lay below the sign decides: OF is the XOR of the result's two highest bits.
        setShiftFlags(result, carry: isCarry, overflow: (result ^ (result << 1)).isNegative, &flags)
        return result
    }
}

enum ShiftArithmeticRight: ShiftOperation {
    static func apply<W: OperandWord>(_ value: W, _ count: UInt32, _ flags: inout UInt32) -> W {
        let signed = W.Signed(truncatingIfNeeded: value)
        let result = W(truncatingIfNeeded: signed >> W.Signed(truncatingIfNeeded: min(count, UInt32(W.bitWidth - 1))))
        let last = signed >> W.Signed(truncatingIfNeeded: min(count - 1, UInt32(W.bitWidth - 1)))
        setShiftFlags(result, carry: last & 1 != 0, overflow: false, &flags)
        return result
    }
}

private func setShiftFlags<W: OperandWord>(_ result: W, carry: Bool, overflow: Bool, _ flags: inout UInt32) {
    let bits = (carry ? Flags.carry : 0) | (overflow ? Flags.overflow : 0)
    flags = flags & ~Flags.status | Flags.ofResult(result) | bits
}

enum RotateLeft: ShiftOperation {
    static func apply<W: OperandWord>(_ value: W, _ count: UInt32, _ flags: inout UInt32) -> W {
        let turns = Int(count) % W.bitWidth
        let result = turns == 0 ? value : value << turns | value >> (W.bitWidth - turns)
        setRotateFlags(carry: result & 1 != 0, overflow: result.isNegative != (result & 1 != 0), &flags)
        return result
    }
}

enum RotateRight: ShiftOperation {
    static func apply<W: OperandWord>(_ value: W, _ count: UInt32, _ flags: inout UInt32) -> W {
        let turns = Int(count) % W.bitWidth
        let result = turns == 0 ? value : value >> turns | value << (W.bitWidth - turns)
        setRotateFlags(carry: result.isNegative, overflow: (result ^ (result << 1)).isNegative, &flags)
        return result
    }
}

/// Rotates through CF: a ring of one bit more than the operand has.
enum RotateCarryLeft: ShiftOperation {
    static func apply<W: OperandWord>(_ value: W, _ count: UInt32, _ flags: inout UInt32) -> W {
        var result = value
        var carry = flags & Flags.carry != 0
        for _ in 0..<Int(count) % (W.bitWidth + 1) {
            let out = result.isNegative
            result = result << 1 | (carry ? 1 : 0)
            carry = out
        }
        setRotateFlags(carry: carry, overflow: result.isNegative != carry, &flags)
        return result
    }
}

enum RotateCarryRight: ShiftOperation {
    static func apply<W: OperandWord>(_ value: W, _ count: UInt32, _ flags: inout UInt32) -> W {
        var result = value
        var carry = flags & Flags.carry != 0
        for _ in 0..<Int(count) % (W.bitWidth + 1) {
            let out = result & 1 != 0
            result = result >> 1 | (carry ? W.signBit : 0)
            carry = out
        }
        setRotateFlags(carry: carry, overflow: (result ^ (result << 1)).isNegative, &flags)
        return result
    }
}

private func setRotateFlags(carry: Bool, overflow: Bool, _ flags: inout UInt32) {
    let bits = (carry ? Flags.carry : 0) | (overflow ? Flags.overflow : 0)
    flags = flags & ~(Flags.carry | Flags.overflow) | bits
}

extension CPU {
    @inline(__always)
    mutating func shift<Op: ShiftOperation, T: Tracer>(
        _ operation: Op.Type, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        switch instruction.width {
        case 1: try shift(operation, UInt8.self, instruction, &tracer)
        case 2: try shift(operation, UInt16.self, instruction, &tracer)
        default: try shift(operation, UInt32.self, instruction, &tracer)
        }
    }

    @inline(__always)
    private mutating func shift<Op: ShiftOperation, W: OperandWord, T: Tracer>(
        _: Op.Type, _: W.Type, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        let count = shiftCount(instruction.source, instruction)
        let value: W = try loadForUpdate(instruction.destination, instruction, &tracer)
        guard count != 0 else { return }
        var newFlags = flags
        let result = Op.apply(value, count, &newFlags)
        try store(result, instruction.destination, instruction, &tracer)
        flags = newFlags
    }

    /// CL or the immediate, modulo 32.
    @inline(__always)
    private mutating func shiftCount(_ operand: Operand, _ instruction: Instruction) -> UInt32 {
        (operand.isRegister ? general[.ecx] : instruction.immediate) & 31
    }

    mutating func shiftDouble<T: Tracer>(
        _ instruction: Instruction, left: Bool, _ tracer: inout T
    ) throws(Exception) {
        if instruction.width == 2 {
            try shiftDouble(UInt16.self, instruction, left: left, &tracer)
        } else {
            try shiftDouble(UInt32.self, instruction, left: left, &tracer)
        }
    }

    /// SHLD and SHRD: the bits that move in come from a register. 16-bit counts above 16 are undefined;
    /// as on the P6 family the register's bits are then followed by the destination's own.
    private mutating func shiftDouble<W: OperandWord, T: Tracer>(
        _: W.Type, _ instruction: Instruction, left: Bool, _ tracer: inout T
    ) throws(Exception) {
        let hasImmediate = instruction.prefixes.contains(.hasImmediate)
        let count = (hasImmediate ? instruction.immediate : general[.ecx]) & 31
        let value: W = try loadForUpdate(instruction.destination, instruction, &tracer)
        guard count != 0 else { return }
        let filler: W = register(instruction.source.code)
        let (result, isCarry) = Self.shiftDouble(value, filler, UInt64(count), left: left)
        var newFlags = flags
        let overflow = (result ^ value).isNegative
        setShiftFlags(result, carry: isCarry, overflow: overflow, &newFlags)
        try store(result, instruction.destination, instruction, &tracer)
        flags = newFlags
    }

    private static func shiftDouble<W: OperandWord>(
        _ value: W, _ filler: W, _ count: UInt64, left: Bool
    ) -> (W, Bool) {
        let size = UInt64(W.bitWidth)
        // 16-bit operands make a 48-bit string value:filler:value, 32-bit ones a 64-bit one.
        if left {
            let string =
                size == 16
                ? UInt64(value) << 32 | UInt64(filler) << 16 | UInt64(value) : UInt64(value) << 32 | UInt64(filler)
            let top = size == 16 ? UInt64(48) : 64
            let moved = string << count
            return (W(truncatingIfNeeded: moved >> (top - size)), string >> (top - count) & 1 != 0)
        }
        let string =
            size == 16
            ? UInt64(value) << 32 | UInt64(filler) << 16 | UInt64(value) : UInt64(filler) << 32 | UInt64(value)
        return (W(truncatingIfNeeded: string >> count), string >> (count - 1) & 1 != 0)
    }
}
