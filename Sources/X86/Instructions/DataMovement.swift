/// MOV and its relatives: nothing here changes arithmetic flags, except CMPXCHG and XADD.
extension CPU {
    @inline(__always)
    mutating func move<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        switch instruction.width {
        case 1: try move(UInt8.self, instruction, &tracer)
        case 2: try move(UInt16.self, instruction, &tracer)
        default: try move(UInt32.self, instruction, &tracer)
        }
    }

    @inline(__always)
    private mutating func move<W: OperandWord, T: Tracer>(
        _: W.Type, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        let value: W = try load(instruction.source, instruction, &tracer)
        try store(value, instruction.destination, instruction, &tracer)
    }

    /// MOVZX and MOVSX from a byte or a word.
    @inline(__always)
    mutating func extend<S: OperandWord, T: Tracer>(
        from _: S.Type, signed: Bool, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        let value: S = try load(instruction.source, instruction, &tracer)
        let wide = signed ? UInt32(truncatingIfNeeded: S.Signed(truncatingIfNeeded: value)) : UInt32(value)
        setByWidth(instruction.destination.code, wide, instruction.width)
    }

    private mutating func setByWidth(_ number: UInt8, _ value: UInt32, _ width: UInt8) {
        switch width {
        case 1: setRegister(number, UInt8(truncatingIfNeeded: value))
        case 2: setRegister(number, UInt16(truncatingIfNeeded: value))
        default: setRegister(number, value)
        }
    }

    /// CMOVcc reads its source whether or not the condition holds, so it can fault either way.
    mutating func conditionalMove<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        if instruction.width == 2 {
            let value: UInt16 = try load(instruction.source, instruction, &tracer)
            if holds(instruction.condition) { setRegister(instruction.destination.code, value) }
        } else {
            let value: UInt32 = try load(instruction.source, instruction, &tracer)
            if holds(instruction.condition) { setRegister(instruction.destination.code, value) }
        }
    }

    mutating func setOnCondition<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        try store(UInt8(holds(instruction.condition) ? 1 : 0), instruction.destination, instruction, &tracer)
    }

    @inline(__always)
    mutating func loadEffectiveAddress(_ instruction: Instruction) {
        setByWidth(instruction.destination.code, effectiveAddress(instruction), instruction.width)
    }

    mutating func exchange<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        switch instruction.width {
        case 1: try exchange(UInt8.self, instruction, &tracer)
        case 2: try exchange(UInt16.self, instruction, &tracer)
        default: try exchange(UInt32.self, instruction, &tracer)
        }
    }

    private mutating func exchange<W: OperandWord, T: Tracer>(
        _: W.Type, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        // The memory operand may stand on either side.
        let (place, other) =
            instruction.source.isMemory
            ? (instruction.source, instruction.destination) : (instruction.destination, instruction.source)
        let value: W = try loadForUpdate(place, instruction, &tracer)
        try store(register(other.code) as W, place, instruction, &tracer)
        setRegister(other.code, value)
    }

    mutating func exchangeAdd<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        switch instruction.width {
        case 1: try exchangeAdd(UInt8.self, instruction, &tracer)
        case 2: try exchangeAdd(UInt16.self, instruction, &tracer)
        default: try exchangeAdd(UInt32.self, instruction, &tracer)
        }
    }

    private mutating func exchangeAdd<W: OperandWord, T: Tracer>(
        _: W.Type, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        let left: W = try loadForUpdate(instruction.destination, instruction, &tracer)
        var newFlags = flags
        let sum = Add.apply(left, register(instruction.source.code), &newFlags)
        if instruction.destination.isMemory {
            try store(sum, instruction.destination, instruction, &tracer)
            setRegister(instruction.source.code, left)
        } else {
            setRegister(instruction.source.code, left)
            setRegister(instruction.destination.code, sum)  // Last: XADD EAX,EAX doubles.
        }
        flags = newFlags
    }

    mutating func compareExchange<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        switch instruction.width {
        case 1: try compareExchange(UInt8.self, instruction, &tracer)
        case 2: try compareExchange(UInt16.self, instruction, &tracer)
        default: try compareExchange(UInt32.self, instruction, &tracer)
        }
    }

    /// The destination is written in both cases, so that the bus sees one locked read and one write.
    private mutating func compareExchange<W: OperandWord, T: Tracer>(
        _: W.Type, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        let value: W = try loadForUpdate(instruction.destination, instruction, &tracer)
        var newFlags = flags
        _ = Subtract.apply(register(0) as W, value, &newFlags)
        let isEqual = newFlags & Flags.zero != 0
        let new: W = isEqual ? register(instruction.source.code) : value
        try store(new, instruction.destination, instruction, &tracer)
        if !isEqual { setRegister(0, value) }
        flags = newFlags
    }

    mutating func compareExchange8<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        guard instruction.destination.isMemory else { throw .invalidOpcode(.memoryOperandOnly) }
        let value: UInt64 = try loadForUpdate(instruction.destination, instruction, &tracer)
        let isEqual = value == UInt64(general[.edx]) << 32 | UInt64(general[.eax])
        let new = isEqual ? UInt64(general[.ecx]) << 32 | UInt64(general[.ebx]) : value
        try store(new, instruction.destination, instruction, &tracer)
        setFlag(Flags.zero, isEqual)
        guard !isEqual else { return }
        general[.eax] = UInt32(truncatingIfNeeded: value)
        general[.edx] = UInt32(truncatingIfNeeded: value >> 32)
    }

    /// XLAT: AL becomes the byte at [EBX + AL].
    mutating func translateByte<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        let sum = general[.ebx] &+ (general[.eax] & 0xFF)
        let offset = instruction.prefixes.contains(.address16) ? sum & 0xFFFF : sum
        setRegister(0, try read(UInt8.self, instruction.segment, offset, &tracer))
    }

    /// BOUND: #BR unless the register lies between the two signed bounds in memory.
    mutating func checkBounds<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        if instruction.width == 2 {
            try checkBounds(UInt16.self, instruction, &tracer)
        } else {
            try checkBounds(UInt32.self, instruction, &tracer)
        }
    }

    private mutating func checkBounds<W: OperandWord, T: Tracer>(
        _: W.Type, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        let offset = effectiveAddress(instruction)
        let index = W.Signed(truncatingIfNeeded: register(instruction.destination.code) as W)
        let lower = W.Signed(truncatingIfNeeded: try read(W.self, instruction.segment, offset, &tracer))
        let behind = effectiveAddress(instruction, plus: W.size)
        let upper = W.Signed(truncatingIfNeeded: try read(W.self, instruction.segment, behind, &tracer))
        guard index >= lower, index <= upper else { throw Exception(.boundRange, .boundExceeded) }
    }
}
