/// JMP, CALL, RET and LOOP within the code segment. The target is checked before anything changes.
extension CPU {
    /// Sets the next EIP, or faults if it lies outside the code segment.
    @inline(__always)
    mutating func branch(to target: UInt32, _ width: UInt8) throws(Exception) {
        let target = width == 2 ? target & 0xFFFF : target
        guard target <= segments[.cs].limit else {
            throw .generalProtection(0, .codeLimit)
        }
        nextEIP = target
    }

    /// The target of a near JMP or CALL: relative for an immediate, absolute for a register or memory.
    @inline(__always)
    private mutating func target<T: Tracer>(
        _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) -> UInt32 {
        if instruction.destination == .immediate { return nextEIP &+ instruction.immediate }
        if instruction.width == 2 {
            return UInt32(try load(instruction.destination, instruction, &tracer) as UInt16)
        }
        return try load(instruction.destination, instruction, &tracer)
    }

    @inline(__always)
    mutating func jump<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        try branch(to: try target(instruction, &tracer), instruction.width)
    }

    @inline(__always)
    mutating func jumpIf(_ condition: Bool, _ instruction: Instruction) throws(Exception) {
        if condition { try branch(to: nextEIP &+ instruction.immediate, instruction.width) }
    }

    /// LOOP, LOOPE and LOOPNE count in CX or ECX, by the address size.
    mutating func loop(_ instruction: Instruction, while condition: Bool) throws(Exception) {
        let narrow = instruction.prefixes.contains(.address16)
        let count = narrow ? (general[.ecx] &- 1) & 0xFFFF : general[.ecx] &- 1
        try jumpIf(count != 0 && condition, instruction)
        general[.ecx] = narrow ? general[.ecx] & 0xFFFF_0000 | count : count
    }

    /// JCXZ and JECXZ, by the address size.
    mutating func jumpIfCountZero(_ instruction: Instruction) throws(Exception) {
        let mask: UInt32 = instruction.prefixes.contains(.address16) ? 0xFFFF : .max
        try jumpIf(general[.ecx] & mask == 0, instruction)
    }

    @inline(__always)
    mutating func call<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        let returnAddress = nextEIP
        try branch(to: try target(instruction, &tracer), instruction.width)
        try pushSized(returnAddress, instruction.width, &tracer)
    }

    @inline(__always)
    mutating func returnNear<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        let target = try peekSized(instruction.width, &tracer)
        try branch(to: target, instruction.width)
        dropStack(UInt32(instruction.width) &+ argumentBytes(instruction))
    }

    /// The operand of RET n.
    func argumentBytes(_ instruction: Instruction) -> UInt32 {
        instruction.destination == .immediate ? instruction.immediate & 0xFFFF : 0
    }
}
