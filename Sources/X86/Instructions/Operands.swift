/// Where operands come from and go to.
///
/// Readers are `mutating` here and in other small helpers of the hot path: through a plain method the optimiser
/// borrows the processor by copying all of it.
extension CPU {
    @inline(__always)
    mutating func register<W: OperandWord>(_ number: UInt8) -> W {
        if W.bitWidth == 8, number >= 4 {  // AH, CH, DH, BH
            return W(truncatingIfNeeded: general[number &- 4] >> 8)
        }
        return W(truncatingIfNeeded: general[number])
    }

    @inline(__always)
    mutating func setRegister<W: OperandWord>(_ number: UInt8, _ value: W) {
        let wide = UInt32(truncatingIfNeeded: value)
        if W.bitWidth == 32 {
            general[number] = wide
        } else if W.bitWidth == 16 {
            general[number] = general[number] & 0xFFFF_0000 | wide
        } else if number < 4 {
            general[number] = general[number] & 0xFFFF_FF00 | wide
        } else {
            general[number &- 4] = general[number &- 4] & 0xFFFF_00FF | wide << 8
        }
    }

    @inline(__always)
    mutating func effectiveAddress(_ instruction: Instruction) -> UInt32 {
        let sum =
            general[instruction.base] &+ general[instruction.index] &<< UInt32(instruction.scale)
            &+ instruction.displacement
        return instruction.prefixes.contains(.address16) ? sum & 0xFFFF : sum
    }

    /// The address of a later part of the operand: with 16-bit addresses it wraps at 64 KiB too, as in Bochs.
    mutating func effectiveAddress(_ instruction: Instruction, plus offset: UInt32) -> UInt32 {
        let address = effectiveAddress(instruction) &+ offset
        return instruction.prefixes.contains(.address16) ? address & 0xFFFF : address
    }

    @inline(__always)
    mutating func load<W: OperandWord, T: Tracer>(
        _ operand: Operand, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) -> W {
        if operand.isRegister { return register(operand.code) }
        if operand.isMemory {
            return try read(W.self, instruction.segment, effectiveAddress(instruction), &tracer)
        }
        return W(truncatingIfNeeded: instruction.immediate)
    }

    @inline(__always)
    mutating func store<W: OperandWord, T: Tracer>(
        _ value: W, _ operand: Operand, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        if operand.isRegister { return setRegister(operand.code, value) }
        try write(value, instruction.segment, effectiveAddress(instruction), &tracer)
    }

    /// Reads an operand that the instruction will write as well: a fault is a write's fault, and comes before
    /// anything has changed.
    @inline(__always)
    mutating func loadForUpdate<W: OperandWord, T: Tracer>(
        _ operand: Operand, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) -> W {
        if operand.isRegister { return register(operand.code) }
        let linear = try linear(instruction.segment, effectiveAddress(instruction), W.size, isWrite: true)
        try checkAlignment(linear, W.size)
        try probeWrite(linear, size: W.size, user: cpl == 3, &tracer)
        return try readLinear(W.self, linear, user: cpl == 3, &tracer)
    }

    /// The value of a flag as 0 or 1.
    @inline(__always)
    mutating func flag(_ mask: UInt32) -> Bool { flags & mask != 0 }

    @inline(__always)
    mutating func setFlag(_ mask: UInt32, _ value: Bool) {
        if value { flags |= mask } else { flags &= ~mask }
    }

    /// Replaces EFLAGS for a reason that a trace should show.
    mutating func setFlags<T: Tracer>(_ new: UInt32, _ tracer: inout T) {
        let old = flags
        flags = new
        guard new != old else { return }
        if (old ^ new) & Attention.watchedFlags != 0 { updateAttention() }
        tracer.record(.changeFlags(old: old, new: new))
    }

    /// Evaluates a condition code.
    @inline(__always)
    mutating func holds(_ condition: UInt8) -> Bool { Flags.satisfy(condition, flags) }
}
