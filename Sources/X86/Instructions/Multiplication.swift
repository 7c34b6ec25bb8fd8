/// MUL, IMUL, DIV, IDIV and the sign extensions that prepare a division (SDM vol. 2).
extension CPU {
    mutating func multiply<T: Tracer>(
        _ instruction: Instruction, signed: Bool, _ tracer: inout T
    ) throws(Exception) {
        switch instruction.width {
        case 1: try multiply(UInt8.self, instruction, signed: signed, &tracer)
        case 2: try multiply(UInt16.self, instruction, signed: signed, &tracer)
        default: try multiply(UInt32.self, instruction, signed: signed, &tracer)
        }
    }

    /// The double-width product in AX, DX:AX or EDX:EAX; CF and OF say whether the upper half matters.
    private mutating func multiply<W: OperandWord, T: Tracer>(
        _: W.Type, _ instruction: Instruction, signed: Bool, _ tracer: inout T
    ) throws(Exception) {
        let factor: W = try load(instruction.destination, instruction, &tracer)
        let accumulator: W = register(0)
        let product =
            signed
            ? UInt64(
                bitPattern: Int64(W.Signed(truncatingIfNeeded: accumulator))
                    &* Int64(W.Signed(truncatingIfNeeded: factor)))
            : UInt64(accumulator) &* UInt64(factor)
        let low = W(truncatingIfNeeded: product)
        let high = W(truncatingIfNeeded: product >> UInt64(W.bitWidth))
        let plain: W = signed && low.isNegative ? .max : 0
        setAccumulatorPair(high: high, low: low)
        setMultiplyFlags(low, overflow: high != plain)
    }

    /// IMUL with two or three operands: the product is truncated to the destination.
    mutating func multiplyInto<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        if instruction.width == 2 {
            try multiplyInto(UInt16.self, instruction, &tracer)
        } else {
            try multiplyInto(UInt32.self, instruction, &tracer)
        }
    }

    private mutating func multiplyInto<W: OperandWord, T: Tracer>(
        _: W.Type, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        let hasImmediate = instruction.prefixes.contains(.hasImmediate)
        let left: W = try load(instruction.source, instruction, &tracer)
        let right: W =
            hasImmediate
            ? W(truncatingIfNeeded: instruction.immediate) : register(instruction.destination.code)
        let product = Int64(W.Signed(truncatingIfNeeded: left)) &* Int64(W.Signed(truncatingIfNeeded: right))
        let low = W(truncatingIfNeeded: product)
        setRegister(instruction.destination.code, low)
        setMultiplyFlags(low, overflow: Int64(W.Signed(truncatingIfNeeded: low)) != product)
    }

    /// SF, ZF, AF and PF are undefined; the P6 family sets SF and PF from the low half and clears ZF and AF.
    private mutating func setMultiplyFlags<W: OperandWord>(_ low: W, overflow: Bool) {
        let described = Flags.ofResult(low) & ~Flags.zero
        flags = flags & ~Flags.status | described | (overflow ? Flags.carry | Flags.overflow : 0)
    }

    private mutating func setAccumulatorPair<W: OperandWord>(high: W, low: W) {
        if W.bitWidth == 8 {
            setRegister(0, UInt16(truncatingIfNeeded: high) << 8 | UInt16(truncatingIfNeeded: low))
        } else {
            setRegister(0, low)
            setRegister(2, high)
        }
    }

    mutating func divide<T: Tracer>(
        _ instruction: Instruction, signed: Bool, _ tracer: inout T
    ) throws(Exception) {
        switch instruction.width {
        case 1: try divide(UInt8.self, instruction, signed: signed, &tracer)
        case 2: try divide(UInt16.self, instruction, signed: signed, &tracer)
        default: try divide(UInt32.self, instruction, signed: signed, &tracer)
        }
    }

    private mutating func divide<W: OperandWord, T: Tracer>(
        _: W.Type, _ instruction: Instruction, signed: Bool, _ tracer: inout T
    ) throws(Exception) {
        let divisor: W = try load(instruction.destination, instruction, &tracer)
        guard divisor != 0 else { throw Exception(.divideError, .divideByZero) }
        let dividend = accumulatorPair(W.self)
        if signed {
            let (quotient, remainder) = try signedDivision(dividend, divisor)
            setDivisionResult(quotient, remainder)
        } else {
            let quotient = dividend / UInt64(divisor)
            guard quotient <= UInt64(W.max) else { throw Exception(.divideError, .divideOverflow) }
            setDivisionResult(W(truncatingIfNeeded: quotient), W(truncatingIfNeeded: dividend % UInt64(divisor)))
        }
    }

    private func signedDivision<W: OperandWord>(
        _ dividend: UInt64, _ divisor: W
    ) throws(Exception) -> (W, W) {
        let unused = UInt64(64 - 2 * W.bitWidth)
        let left = Int64(bitPattern: dividend << unused) >> Int64(unused)
        let right = Int64(W.Signed(truncatingIfNeeded: divisor))
        let (quotient, overflow) = left.dividedReportingOverflow(by: right)
        guard !overflow, quotient >= Int64(W.Signed.min), quotient <= Int64(W.Signed.max) else {
            throw Exception(.divideError, .divideOverflow)
        }
        return (W(truncatingIfNeeded: quotient), W(truncatingIfNeeded: left &- quotient &* right))
    }

    private mutating func accumulatorPair<W: OperandWord>(_: W.Type) -> UInt64 {
        if W.bitWidth == 8 { return UInt64(register(0) as UInt16) }
        let low: W = register(0)
        let high: W = register(2)
        return UInt64(high) << UInt64(W.bitWidth) | UInt64(low)
    }

    private mutating func setDivisionResult<W: OperandWord>(_ quotient: W, _ remainder: W) {
        setRegister(0, quotient)
        setRegister(W.bitWidth == 8 ? 4 : 2, remainder)  // AH, or DX and EDX
    }

    /// CBW and CWDE.
    mutating func signExtendAccumulator(_ instruction: Instruction) {
        if instruction.width == 2 {
            setRegister(0, UInt16(bitPattern: Int16(Int8(truncatingIfNeeded: general[.eax]))))
        } else {
            setRegister(0, UInt32(bitPattern: Int32(Int16(truncatingIfNeeded: general[.eax]))))
        }
    }

    /// CWD and CDQ.
    mutating func signExtendIntoData(_ instruction: Instruction) {
        if instruction.width == 2 {
            setRegister(2, (register(0) as UInt16).isNegative ? UInt16.max : 0)
        } else {
            setRegister(2, general[.eax].isNegative ? UInt32.max : 0)
        }
    }
}
