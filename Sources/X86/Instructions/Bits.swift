/// Single bits: BT, BTS, BTR, BTC, BSF, BSR, BSWAP.
extension CPU {
    /// What happens to the tested bit.
    enum BitChange {
        case none, set, reset, complement

        @inline(__always)
        func apply<W: OperandWord>(_ value: W, _ mask: W) -> W {
            switch self {
            case .none: value
            case .set: value | mask
            case .reset: value & ~mask
            case .complement: value ^ mask
            }
        }
    }

    mutating func testBit<T: Tracer>(
        _ instruction: Instruction, _ change: BitChange, _ tracer: inout T
    ) throws(Exception) {
        if instruction.width == 2 {
            try testBit(UInt16.self, instruction, change, &tracer)
        } else {
            try testBit(UInt32.self, instruction, change, &tracer)
        }
    }

    private mutating func testBit<W: OperandWord, T: Tracer>(
        _: W.Type, _ instruction: Instruction, _ change: BitChange, _ tracer: inout T
    ) throws(Exception) {
        var instruction = instruction
        let number: W = try load(instruction.source, instruction, &tracer)
        if instruction.destination.isMemory, instruction.source.isRegister {
            // A register is a signed bit offset that reaches far beyond the operand (SDM vol. 2, BT).
            let words = W.Signed(truncatingIfNeeded: number) >> W.Signed(W.bitWidth.trailingZeroBitCount)
            let distance = UInt32(truncatingIfNeeded: Int64(words)) &* W.size
            instruction.displacement = instruction.displacement &+ distance
        }
        let value: W =
            change == .none
            ? try load(instruction.destination, instruction, &tracer)
            : try loadForUpdate(instruction.destination, instruction, &tracer)
        let mask: W = 1 << (number & W(W.bitWidth - 1))
        if change != .none {
            try store(change.apply(value, mask), instruction.destination, instruction, &tracer)
        }
        setFlag(Flags.carry, value & mask != 0)
    }

    mutating func scanBits<T: Tracer>(
        _ instruction: Instruction, reverse: Bool, _ tracer: inout T
    ) throws(Exception) {
        if instruction.width == 2 {
            try scanBits(UInt16.self, instruction, reverse: reverse, &tracer)
        } else {
            try scanBits(UInt32.self, instruction, reverse: reverse, &tracer)
        }
    }

    /// A source of zero sets ZF and leaves the destination alone, as all these processors do.
    private mutating func scanBits<W: OperandWord, T: Tracer>(
        _: W.Type, _ instruction: Instruction, reverse: Bool, _ tracer: inout T
    ) throws(Exception) {
        let value: W = try load(instruction.source, instruction, &tracer)
        setFlag(Flags.zero, value == 0)
        guard value != 0 else { return }
        let number = reverse ? W.bitWidth - 1 - value.leadingZeroBitCount : value.trailingZeroBitCount
        setRegister(instruction.destination.code, W(truncatingIfNeeded: number))
    }

    mutating func swapBytes(_ instruction: Instruction) {
        let number = instruction.destination.code
        if instruction.width == 2 {
            setRegister(number, UInt16(0))  // Undefined by the manual; zero on every processor since the 486.
        } else {
            general[number] = general[number].byteSwapped
        }
    }
}
