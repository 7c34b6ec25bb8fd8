/// JMP and CALL with a selector (SDM vol. 2, JMP and CALL): what the selector names decides what happens.
extension CPU {
    mutating func farTransfer<T: Tracer>(
        _ instruction: Instruction, isCall: Bool, _ tracer: inout T
    ) throws(Exception) {
        let (selector, offset) = try farPointer(instruction, &tracer)
        let target = try readDescriptor(selector, fault: .generalProtection, &tracer)
        if target.descriptor.isCodeOrData {
            try checkDirectTarget(target)
            if isCall { return try call(target, offset, instruction.width, &tracer) }
            return try jump(to: target, offset, &tracer)
        }
        switch target.descriptor.type {
        case SystemType.callGate16, SystemType.callGate32:
            if isCall { return try callThroughGate(target, &tracer) }
            try jumpThroughGate(target, &tracer)
        case SystemType.taskGate:
            try switchTask(throughGate: target, cause: isCall ? .call : .jump, &tracer)
        case _ where target.descriptor.isTaskState:
            try switchTask(to: target, cause: isCall ? .call : .jump, &tracer)
        default: throw .generalProtection(UInt32(selector & ~3), .segmentType)
        }
    }

    /// Loads CS and EIP with a code segment that was checked. CPL stays.
    mutating func jump<T: Tracer>(
        to target: CheckedSegment, _ offset: UInt32, _ tracer: inout T
    ) throws(Exception) {
        guard offset <= target.descriptor.limit else { throw .generalProtection(0, .codeLimit) }
        var code = try load(target, &tracer)
        code.selector = code.selector & ~3 | UInt16(cpl)
        setSegment(.cs, code, &tracer)
        nextEIP = offset
    }

    private mutating func call<T: Tracer>(
        _ target: CheckedSegment, _ offset: UInt32, _ width: UInt8, _ tracer: inout T
    ) throws(Exception) {
        var frame = StackFrame(width: width)
        frame.append(UInt32(segments[.cs].selector))
        frame.append(nextEIP)
        try checkRoom(for: frame.count, width, on: currentStack, errorCode: 0)
        guard offset <= target.descriptor.limit else { throw .generalProtection(0, .codeLimit) }
        try enter(target, ring: cpl, frame, on: currentStack, &tracer)
        nextEIP = offset
    }

    /// SDM vol. 3, 5.8.1: a direct transfer reaches code of the same ring, or conforming code further in.
    private func checkDirectTarget(_ target: CheckedSegment) throws(Exception) {
        let code = UInt32(target.selector & ~3)
        let descriptor = target.descriptor
        guard descriptor.isCode else { throw .generalProtection(code, .segmentType) }
        let isAllowed =
            descriptor.isConforming
            ? descriptor.dpl <= cpl : descriptor.dpl == cpl && UInt8(target.selector & 3) <= cpl
        guard isAllowed else { throw .generalProtection(code, .segmentPrivilege) }
        guard descriptor.isPresent else {
            throw Exception(.segmentNotPresent, errorCode: code, .segmentAbsent)
        }
    }

    private mutating func farPointer<T: Tracer>(
        _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) -> (UInt16, UInt32) {
        guard instruction.destination.isMemory else {
            return (UInt16(truncatingIfNeeded: instruction.immediate), instruction.displacement)
        }
        return try readFarPointer(instruction, &tracer)
    }

    /// A far pointer in memory: the offset first, the selector behind it.
    mutating func readFarPointer<T: Tracer>(
        _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) -> (UInt16, UInt32) {
        let address = effectiveAddress(instruction)
        let offset =
            instruction.width == 2
            ? UInt32(try read(UInt16.self, instruction.segment, address, &tracer))
            : try read(UInt32.self, instruction.segment, address, &tracer)
        let behind = effectiveAddress(instruction, plus: UInt32(instruction.width))
        return (try read(UInt16.self, instruction.segment, behind, &tracer), offset)
    }
}
