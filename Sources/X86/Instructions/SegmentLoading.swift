/// Loading segment registers: where the descriptor is found and which checks it must pass (SDM vol. 3, 5.6).
extension CPU {
    mutating func setSegment<T: Tracer>(
        _ name: SegmentName, _ value: SegmentRegister, fixed: Bool = false, _ tracer: inout T
    ) {
        segments[name] = value
        if name == .cs { window.close() }
        tracer.record(
            .loadSegment(
                name, selector: value.selector, base: value.base, limit: value.limit, dpl: value.dpl,
                fixed: fixed))
    }

    mutating func setRing<T: Tracer>(_ ring: UInt8, _ tracer: inout T) {
        guard ring != cpl else { return }
        tracer.record(.changeRing(from: cpl, to: ring))
        cpl = ring
        window.close()
    }

    /// Reads a descriptor from the GDT or LDT.
    /// - Parameter fault: the exception for a null selector or one outside its table.
    mutating func readDescriptor<T: Tracer>(
        _ selector: UInt16, fault: Exception.Vector, external: UInt32 = 0, _ tracer: inout T
    ) throws(Exception) -> CheckedSegment {
        guard selector & ~3 != 0 else { throw Exception(fault, errorCode: external, .selectorNull) }
        guard hasDescriptor(selector) else {
            throw Exception(fault, errorCode: UInt32(selector & ~3) | external, .selectorOutsideTable)
        }
        let base = selector & 4 != 0 ? localTable.base : gdtr.base
        let address = base &+ UInt32(selector & ~7)
        let raw = try readLinear(UInt64.self, address, user: false, purpose: .descriptor, &tracer)
        return CheckedSegment(selector: selector, descriptor: Descriptor(raw: raw), address: address)
    }

    /// Whether a selector is not null and lies within its table.
    func hasDescriptor(_ selector: UInt16) -> Bool {
        guard selector & ~3 != 0 else { return false }
        let last = UInt32(selector & ~7) + 7
        guard selector & 4 != 0 else { return last <= UInt32(gdtr.limit) }
        return localTable.selector & ~3 != 0 && last <= localTable.limit
    }

    /// The register that a descriptor makes. Loading a code or data descriptor sets its accessed bit.
    mutating func load<T: Tracer>(
        _ segment: CheckedSegment, _ tracer: inout T
    ) throws(Exception) -> SegmentRegister {
        let descriptor = segment.descriptor
        guard descriptor.isCodeOrData, descriptor.type & 1 == 0 else {
            return SegmentRegister(selector: segment.selector, descriptor)
        }
        let marked = Descriptor(raw: descriptor.raw | 1 << 40)
        try writeLinear(UInt8(truncatingIfNeeded: marked.raw >> 40), segment.address &+ 5, user: false, &tracer)
        return SegmentRegister(selector: segment.selector, marked)
    }

    /// MOV, POP and LDS-like loads of any register but CS.
    mutating func loadSegment<T: Tracer>(
        _ name: SegmentName, _ selector: UInt16, _ tracer: inout T
    ) throws(Exception) {
        if name == .ss { return try loadStackSegment(selector, &tracer) }
        guard selector & ~3 != 0 else {
            return setSegment(name, .unusable(selector: selector), &tracer)
        }
        let code = UInt32(selector & ~3)
        let segment = try readDescriptor(selector, fault: .generalProtection, &tracer)
        let descriptor = segment.descriptor
        guard descriptor.isReadable else { throw .generalProtection(code, .segmentType) }
        if !descriptor.isConforming, descriptor.dpl < max(cpl, UInt8(selector & 3)) {
            throw .generalProtection(code, .segmentPrivilege)
        }
        guard descriptor.isPresent else {
            throw Exception(.segmentNotPresent, errorCode: code, .segmentAbsent)
        }
        setSegment(name, try load(segment, &tracer), &tracer)
    }

    private mutating func loadStackSegment<T: Tracer>(
        _ selector: UInt16, _ tracer: inout T
    ) throws(Exception) {
        let code = UInt32(selector & ~3)
        let segment = try readDescriptor(selector, fault: .generalProtection, &tracer)
        let descriptor = segment.descriptor
        guard UInt8(selector & 3) == cpl, descriptor.dpl == cpl else {
            throw .generalProtection(code, .segmentPrivilege)
        }
        guard descriptor.isWritableData else { throw .generalProtection(code, .segmentType) }
        guard descriptor.isPresent else { throw Exception(.stackFault, errorCode: code, .segmentAbsent) }
        setSegment(.ss, try load(segment, &tracer), &tracer)
    }

    mutating func moveToSegment<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        guard let name = SegmentName(rawValue: instruction.special), name != .cs else {
            throw .invalidOpcode(.noSuchRegister)
        }
        let selector: UInt16 = try load(instruction.source, instruction, &tracer)
        try loadSegment(name, selector, &tracer)
        if name == .ss { shadowStack() }
    }

    /// The segment register that MOV or PUSH names.
    private func namedSegment(_ instruction: Instruction) throws(Exception) -> SegmentRegister {
        guard let name = SegmentName(rawValue: instruction.special) else { throw .invalidOpcode(.noSuchRegister) }
        return segments[name]
    }

    /// To a register the selector is zero-extended; to memory always two bytes go.
    mutating func moveFromSegment<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        let selector = try namedSegment(instruction).selector
        if instruction.destination.isMemory || instruction.width == 2 {
            try store(selector, instruction.destination, instruction, &tracer)
        } else {
            setRegister(instruction.destination.code, UInt32(selector))
        }
    }

    /// With a 32-bit operand the manual leaves the choice: the selector zero-extended, or a 16-bit move and the upper
    /// half as it was (SDM vol. 2, PUSH). The Pentium did the former, the 486 and the P6 the latter (SDM vol. 3,
    /// "Selector Pushes and Pops"); of the other emulators QEMU writes four bytes and Bochs two. We write four on every
    /// model: nothing that is left over on a stack then looks like part of a selector.
    mutating func pushSegment<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        try pushSized(UInt32(try namedSegment(instruction).selector), instruction.width, &tracer)
    }

    mutating func popSegment<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        guard let name = SegmentName(rawValue: instruction.special) else {
            throw .invalidOpcode(.noSuchRegister)
        }
        let selector = UInt16(truncatingIfNeeded: try peekSized(instruction.width, &tracer))
        let original = general[.esp]
        dropStack(UInt32(instruction.width))  // POP SS still counts in the old stack's width.
        do {
            try loadSegment(name, selector, &tracer)
        } catch {
            general[.esp] = original
            throw error
        }
        if name == .ss { shadowStack() }
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
            let segment = segments[name]
            if segment.isUsable, !segment.isConforming, segment.dpl < cpl {
                setSegment(name, .null, &tracer)
            }
        }
    }
}
