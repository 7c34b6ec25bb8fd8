/// CLI, STI, LAHF, SAHF and the decimal adjustments, which live on AF.
extension CPU {
    /// CLI and STI are allowed where CPL ≤ IOPL.
    mutating func setInterruptFlag<T: Tracer>(_ value: Bool, _ tracer: inout T) throws(Exception) {
        guard UInt32(cpl) <= (flags & Flags.ioPrivilege) >> 12 else {
            throw .generalProtection(0, .inputOutputPrivilege)
        }
        if value, !flag(Flags.interrupt) { shadowInterrupts() }
        setFlags(value ? flags | Flags.interrupt : flags & ~Flags.interrupt, &tracer)
    }

    /// LAHF: AH becomes the low byte of EFLAGS.
    mutating func loadFlags() { setRegister(4, UInt8(truncatingIfNeeded: flags)) }

    /// SAHF: SF, ZF, AF, PF and CF come from AH.
    mutating func storeFlags() {
        let mask = Flags.sign | Flags.zero | Flags.adjust | Flags.parity | Flags.carry
        flags = flags & ~mask | UInt32(register(4) as UInt8) & mask
    }

    /// DAA and DAS: packed decimal after addition or subtraction.
    mutating func decimalAdjust(subtract: Bool) {
        let old: UInt8 = register(0)
        let oldCarry = flag(Flags.carry)
        var value = old
        var carry = false
        let adjusts = old & 0xF > 9 || flag(Flags.adjust)
        if adjusts {
            carry = oldCarry || (subtract ? old < 6 : old > 0xF9)
            value = subtract ? value &- 6 : value &+ 6
        }
        if old > 0x99 || oldCarry {
            value = subtract ? value &- 0x60 : value &+ 0x60
            carry = true
        }
        setRegister(0, value)
        let bits = (carry ? Flags.carry : 0) | (adjusts ? Flags.adjust : 0)
        flags = flags & ~Flags.status | Flags.ofResult(value) | bits
    }

    /// AAA and AAS: unpacked decimal after addition or subtraction.
    mutating func unpackedAdjust(subtract: Bool) {
        let low: UInt8 = register(0)
        let adjusts = low & 0xF > 9 || flag(Flags.adjust)
        if adjusts {
            let accumulator: UInt16 = register(0)
            setRegister(0, subtract ? accumulator &- 0x106 : accumulator &+ 0x106)
        }
        let digit = (register(0) as UInt8) & 0xF
        setRegister(0, digit)
        flags = flags & ~Flags.status | Flags.ofResult(digit) | (adjusts ? Flags.carry | Flags.adjust : 0)
    }

    /// AAM: AL into two digits, in any base but zero.
    mutating func adjustAfterMultiply(_ instruction: Instruction) throws(Exception) {
        let base = UInt8(truncatingIfNeeded: instruction.immediate)
        guard base != 0 else { throw Exception(.divideError, .divideByZero) }
        let value: UInt8 = register(0)
        setRegister(4, value / base)
        setRegister(0, value % base)
        flags = flags & ~Flags.status | Flags.ofResult(value % base)
    }

    /// AAD: two digits into AL, before a division.
    mutating func adjustBeforeDivide(_ instruction: Instruction) {
        let base = UInt8(truncatingIfNeeded: instruction.immediate)
        let value = (register(0) as UInt8) &+ (register(4) as UInt8) &* base
        setRegister(0, UInt16(value))
        flags = flags & ~Flags.status | Flags.ofResult(value)
    }
}
