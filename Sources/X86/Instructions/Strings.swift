/// MOVS, CMPS, STOS, LODS, SCAS, INS and OUTS. With a REP prefix each step of the processor is one round,
/// and EIP stays on the instruction until the count runs out: interrupts and traces fall between rounds.
extension CPU {
    mutating func stringRound<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        guard !instruction.prefixes.isDisjoint(with: [.rep, .repne]) else {
            return try stringItem(instruction, &tracer)
        }
        let narrow = instruction.prefixes.contains(.address16)
        let count = narrow ? general[.ecx] & 0xFFFF : general[.ecx]
        boundary.remove(.betweenRounds)
        guard count != 0 else { return }
        try stringItem(instruction, &tracer)
        setCount(count &- 1, narrow: narrow)
        let compares = instruction.operation == .cmps || instruction.operation == .scas
        if compares, flag(Flags.zero) != instruction.prefixes.contains(.rep) { return }
        guard count != 1 else { return }
        nextEIP = eip
        boundary.insert(.betweenRounds)
    }

    private mutating func stringItem<T: Tracer>(
        _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        switch instruction.operation {
        case .movs: try moveString(instruction, &tracer)
        case .cmps: try compareString(instruction, &tracer)
        case .stos: try storeString(instruction, &tracer)
        case .lods: try loadString(instruction, &tracer)
        case .scas: try scanString(instruction, &tracer)
        case .ins: try inputString(instruction, &tracer)
        default: try outputString(instruction, &tracer)
        }
    }

    private mutating func setCount(_ count: UInt32, narrow: Bool) {
        general[.ecx] = narrow ? general[.ecx] & 0xFFFF_0000 | count & 0xFFFF : count
    }

    /// ESI or EDI, as wide as the instruction's addresses are.
    private mutating func pointer(_ register: Register, _ instruction: Instruction) -> UInt32 {
        instruction.prefixes.contains(.address16) ? general[register] & 0xFFFF : general[register]
    }

    /// Moves ESI or EDI by one item, up or down as DF says.
    private mutating func advance(_ register: Register, _ instruction: Instruction) {
        let distance = UInt32(instruction.width)
        let moved = flag(Flags.direction) ? general[register] &- distance : general[register] &+ distance
        general[register] =
            instruction.prefixes.contains(.address16)
            ? general[register] & 0xFFFF_0000 | moved & 0xFFFF : moved
    }

    private mutating func readItem<T: Tracer>(
        _ segment: SegmentName, _ offset: UInt32, _ width: UInt8, _ tracer: inout T
    ) throws(Exception) -> UInt32 {
        switch width {
        case 1: UInt32(try read(UInt8.self, segment, offset, &tracer))
        case 2: UInt32(try read(UInt16.self, segment, offset, &tracer))
        default: try read(UInt32.self, segment, offset, &tracer)
        }
    }

    private mutating func writeItem<T: Tracer>(
        _ value: UInt32, _ offset: UInt32, _ width: UInt8, _ tracer: inout T
    ) throws(Exception) {
        switch width {
        case 1: try write(UInt8(truncatingIfNeeded: value), .es, offset, &tracer)
        case 2: try write(UInt16(truncatingIfNeeded: value), .es, offset, &tracer)
        default: try write(value, .es, offset, &tracer)
        }
    }

    private mutating func compareItems(_ left: UInt32, _ right: UInt32, _ width: UInt8) {
        switch width {
        case 1: _ = Subtract.apply(UInt8(truncatingIfNeeded: left), UInt8(truncatingIfNeeded: right), &flags)
        case 2: _ = Subtract.apply(UInt16(truncatingIfNeeded: left), UInt16(truncatingIfNeeded: right), &flags)
        default: _ = Subtract.apply(left, right, &flags)
        }
    }

    private mutating func moveString<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        let source = pointer(.esi, instruction)
        let value = try readItem(instruction.segment, source, instruction.width, &tracer)
        try writeItem(value, pointer(.edi, instruction), instruction.width, &tracer)
        advance(.esi, instruction)
        advance(.edi, instruction)
    }

    private mutating func compareString<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        let source = pointer(.esi, instruction)
        let left = try readItem(instruction.segment, source, instruction.width, &tracer)
        let right = try readItem(.es, pointer(.edi, instruction), instruction.width, &tracer)
        compareItems(left, right, instruction.width)
        advance(.esi, instruction)
        advance(.edi, instruction)
    }

    private mutating func storeString<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        try writeItem(general[.eax], pointer(.edi, instruction), instruction.width, &tracer)
        advance(.edi, instruction)
    }

    private mutating func loadString<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        let source = pointer(.esi, instruction)
        let value = try readItem(instruction.segment, source, instruction.width, &tracer)
        setAccumulator(value, instruction.width)
        advance(.esi, instruction)
    }

    private mutating func scanString<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        let right = try readItem(.es, pointer(.edi, instruction), instruction.width, &tracer)
        compareItems(general[.eax], right, instruction.width)
        advance(.edi, instruction)
    }

    private mutating func inputString<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        let port = UInt16(truncatingIfNeeded: general[.edx])
        try permitPort(port, size: instruction.width, &tracer)
        let destination = pointer(.edi, instruction)
        let linear = try linear(.es, destination, UInt32(instruction.width), isWrite: true)
        try probeWrite(linear, size: UInt32(instruction.width), user: cpl == 3, &tracer)
        let value = readPort(port, size: instruction.width, &tracer)
        try writeItem(value, destination, instruction.width, &tracer)
        advance(.edi, instruction)
    }

    private mutating func outputString<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        let port = UInt16(truncatingIfNeeded: general[.edx])
        try permitPort(port, size: instruction.width, &tracer)
        let source = pointer(.esi, instruction)
        let value = try readItem(instruction.segment, source, instruction.width, &tracer)
        writePort(port, value, size: instruction.width, &tracer)
        advance(.esi, instruction)
    }

    mutating func setAccumulator(_ value: UInt32, _ width: UInt8) {
        switch width {
        case 1: setRegister(0, UInt8(truncatingIfNeeded: value))
        case 2: setRegister(0, UInt16(truncatingIfNeeded: value))
        default: general[.eax] = value
        }
    }
}
