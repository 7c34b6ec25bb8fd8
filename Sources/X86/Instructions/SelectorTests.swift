/// LAR, LSL, VERR, VERW and ARPL: what a program may ask about a selector without risking a fault
/// (SDM vol. 3, 5.10). The answer is in ZF.
extension CPU {
    /// LAR: the access rights, bits 8–23 of the descriptor's upper half.
    mutating func loadAccessRights<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        try query(instruction, validSystemTypes: [1, 2, 3, 4, 5, 9, 0xB, 0xC], &tracer) { descriptor in
            UInt32(truncatingIfNeeded: descriptor.raw >> 32) & 0x00FF_FF00
        }
    }

    /// LSL: the limit in bytes. Gates have none.
    mutating func loadSegmentLimit<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        try query(instruction, validSystemTypes: [1, 2, 3, 9, 0xB], &tracer) { $0.limit }
    }

    private mutating func query<T: Tracer>(
        _ instruction: Instruction, validSystemTypes: [UInt8], _ tracer: inout T, _ answer: (Descriptor) -> UInt32
    ) throws(Exception) {
        let selector: UInt16 = try load(instruction.source, instruction, &tracer)
        let descriptor = try visibleDescriptor(selector, &tracer)
        let found = descriptor.flatMap { $0.isCodeOrData || validSystemTypes.contains($0.type) ? $0 : nil }
        setFlag(Flags.zero, found != nil)
        guard let found else { return }
        if instruction.width == 2 {
            setRegister(instruction.destination.code, UInt16(truncatingIfNeeded: answer(found)))
        } else {
            setRegister(instruction.destination.code, answer(found))
        }
    }

    /// VERR and VERW: whether the segment could be read or written from here.
    mutating func verifySegment<T: Tracer>(
        _ instruction: Instruction, write: Bool, _ tracer: inout T
    ) throws(Exception) {
        let selector: UInt16 = try load(instruction.destination, instruction, &tracer)
        let descriptor = try visibleDescriptor(selector, &tracer)
        setFlag(Flags.zero, descriptor.map { write ? $0.isWritableData : $0.isReadable } ?? false)
    }

    /// The descriptor, or `nil` where a load would be refused: the selector is null, lies outside its table, or
    /// the privilege does not allow it.
    private mutating func visibleDescriptor<T: Tracer>(
        _ selector: UInt16, _ tracer: inout T
    ) throws(Exception) -> Descriptor? {
        guard hasDescriptor(selector) else { return nil }
        let descriptor = try readDescriptor(selector, fault: .generalProtection, &tracer).descriptor
        let isVisible = descriptor.isConforming || descriptor.dpl >= max(cpl, UInt8(selector & 3))
        return isVisible ? descriptor : nil
    }

    /// ARPL: raises the selector's RPL to the other's, so that a service does not lend its privilege.
    mutating func adjustRequestedPrivilege<T: Tracer>(
        _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        let selector: UInt16 = try loadForUpdate(instruction.destination, instruction, &tracer)
        let wanted = (register(instruction.source.code) as UInt16) & 3
        let isRaised = selector & 3 < wanted
        if isRaised { try store(selector & ~3 | wanted, instruction.destination, instruction, &tracer) }
        setFlag(Flags.zero, isRaised)
    }
}
