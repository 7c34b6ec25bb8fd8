/// Loading segment registers: where the descriptor is found and which checks it must pass (SDM vol. 3, 5.6).
extension CPU {
    mutating func setSegment<T: Tracer>(
        _ name: SegmentName, _ value: SegmentRegister, fixed: Bool = false, _ tracer: inout T
    ) {
        segments[Int(name.rawValue)] = value
        tracer.record(
            .loadSegment(
                name, selector: value.selector, base: value.base, limit: value.limit, dpl: value.dpl,
                fixed: fixed))
    }

    mutating func setRing<T: Tracer>(_ ring: UInt8, _ tracer: inout T) {
        guard ring != cpl else { return }
        tracer.record(.changeRing(from: cpl, to: ring))
        cpl = ring
    }

    /// Reads a descriptor from the GDT or LDT.
    /// - Parameter fault: the exception for a null selector or one outside its table.
    /// - Returns: the descriptor and its linear address.
    mutating func readDescriptor<T: Tracer>(
        _ selector: UInt16, fault: Exception.Vector, external: UInt32 = 0, _ tracer: inout T
    ) throws(Exception) -> (Descriptor, UInt32) {
        guard selector & ~3 != 0 else { throw Exception(fault, errorCode: external, .selectorNull) }
        let isLocal = selector & 4 != 0
        let base = isLocal ? localTable.base : gdtr.base
        let limit = isLocal ? localTable.limit : UInt32(gdtr.limit)
        let offset = UInt32(selector & ~7)
        guard offset &+ 7 <= limit, !isLocal || localTable.selector & ~3 != 0 else {
            throw Exception(fault, errorCode: UInt32(selector & ~3) | external, .selectorOutsideTable)
        }
        let address = base &+ offset
        let raw = try readLinear(UInt64.self, address, user: false, purpose: .descriptor, &tracer)
        return (Descriptor(raw: raw), address)
    }

    /// The processor sets the accessed bit of a code or data descriptor when it loads it.
    mutating func markAccessed<T: Tracer>(
        _ descriptor: Descriptor, at address: UInt32, _ tracer: inout T
    ) throws(Exception) -> Descriptor {
        guard descriptor.isCodeOrData, descriptor.type & 1 == 0 else { return descriptor }
        let marked = Descriptor(raw: descriptor.raw | 1 << 40)
        try writeLinear(UInt8(truncatingIfNeeded: marked.raw >> 40), address &+ 5, user: false, &tracer)
        return marked
    }

    /// MOV, POP and LDS-like loads of any register but CS.
    mutating func loadSegment<T: Tracer>(
        _ name: SegmentName, _ selector: UInt16, _ tracer: inout T
    ) throws(Exception) {
        if name == .ss { return try loadStackSegment(selector, &tracer) }
        guard selector & ~3 != 0 else {
            var empty = SegmentRegister.null
            empty.selector = selector
            return setSegment(name, empty, &tracer)
        }
        let code = UInt32(selector & ~3)
        let (descriptor, address) = try readDescriptor(selector, fault: .generalProtection, &tracer)
        guard descriptor.isReadable else { throw .generalProtection(code, .segmentType) }
        if !descriptor.isConforming, descriptor.dpl < max(cpl, UInt8(selector & 3)) {
            throw .generalProtection(code, .segmentPrivilege)
        }
        guard descriptor.isPresent else {
            throw Exception(.segmentNotPresent, errorCode: code, .segmentAbsent)
        }
        let loaded = try markAccessed(descriptor, at: address, &tracer)
        setSegment(name, SegmentRegister(selector: selector, loaded), &tracer)
    }

    private mutating func loadStackSegment<T: Tracer>(
        _ selector: UInt16, _ tracer: inout T
    ) throws(Exception) {
        let code = UInt32(selector & ~3)
        let (descriptor, address) = try readDescriptor(selector, fault: .generalProtection, &tracer)
        guard UInt8(selector & 3) == cpl, descriptor.dpl == cpl else {
            throw .generalProtection(code, .segmentPrivilege)
        }
        guard descriptor.isWritableData else { throw .generalProtection(code, .segmentType) }
        guard descriptor.isPresent else { throw Exception(.stackFault, errorCode: code, .segmentAbsent) }
        let loaded = try markAccessed(descriptor, at: address, &tracer)
        setSegment(.ss, SegmentRegister(selector: selector, loaded), &tracer)
    }

    mutating func moveToSegment<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        guard let name = SegmentName(rawValue: instruction.special), name != .cs else {
            throw .invalidOpcode(.noSuchRegister)
        }
        let selector: UInt16 = try load(instruction.source, instruction, &tracer)
        try loadSegment(name, selector, &tracer)
    }

    /// To a register the selector is zero-extended; to memory always two bytes go.
    mutating func moveFromSegment<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        let selector = segments[Int(instruction.special)].selector
        if instruction.destination.isMemory || instruction.width == 2 {
            try store(selector, instruction.destination, instruction, &tracer)
        } else {
            setRegister(instruction.destination.code, UInt32(selector))
        }
    }

    /// With a 32-bit operand these processors write two bytes and move ESP by four; QEMU and Bochs write
    /// four. The manual allows both (SDM vol. 2, PUSH); we write four, zero-extended.
    mutating func pushSegment<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        try pushSized(UInt32(segments[Int(instruction.special)].selector), instruction.width, &tracer)
    }

    mutating func popSegment<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        guard let name = SegmentName(rawValue: instruction.special) else {
            throw .invalidOpcode(.noSuchRegister)
        }
        let selector = UInt16(truncatingIfNeeded: try peekSized(instruction.width, &tracer))
        try loadSegment(name, selector, &tracer)
        dropStack(UInt32(instruction.width))
    }

    /// LDS, LES, LFS, LGS and LSS.
    mutating func loadFarPointer<T: Tracer>(
        _ instruction: Instruction, _ name: SegmentName, _ tracer: inout T
    ) throws(Exception) {
        guard instruction.source.isMemory else { throw .invalidOpcode(.memoryOperandOnly) }
        let (selector, offset) = try readFarPointer(instruction, &tracer)
        try loadSegment(name, selector, &tracer)
        if instruction.width == 2 {
            setRegister(instruction.destination.code, UInt16(truncatingIfNeeded: offset))
        } else {
            setRegister(instruction.destination.code, offset)
        }
    }

    /// On the way to an outer ring, data segments that the outer ring may not use become null.
    mutating func nullInnerSegments<T: Tracer>(_ tracer: inout T) {
        for name in [SegmentName.es, .ds, .fs, .gs] {
            let segment = segments[Int(name.rawValue)]
            if segment.isUsable, !segment.isConforming, segment.dpl < cpl {
                setSegment(name, .null, &tracer)
            }
        }
    }
}
