/// The stack that a gate to an inner ring finds in the TSS (SDM vol. 3, 5.8.5).
extension CPU {
    /// SSn:ESPn of a 32-bit TSS, or SSn:SPn of a 16-bit one, with the checks that make #TS and #SS.
    mutating func innerStack<T: Tracer>(
        _ ring: UInt8, _ external: UInt32, _ tracer: inout T
    ) throws(Exception) -> TargetStack {
        let isWide = taskRegister.attributes & 8 != 0
        let offset = isWide ? UInt32(ring) * 8 + 4 : UInt32(ring) * 4 + 2
        guard offset + (isWide ? 5 : 3) <= taskRegister.limit else {
            let code = UInt32(taskRegister.selector & ~3) | external
            throw Exception(.invalidTSS, errorCode: code, .taskStateLimit)
        }
        let base = taskRegister.base &+ offset
        let selector = try readTask(UInt16.self, base &+ (isWide ? 4 : 2), &tracer)
        let pointer =
            isWide ? try readTask(UInt32.self, base, &tracer) : UInt32(try readTask(UInt16.self, base, &tracer))
        let segment = try stackSegment(selector, ring, .invalidTSS, external: external, &tracer)
        let register = SegmentRegister(selector: selector, segment.descriptor)
        return TargetStack(segment: register, descriptor: segment, pointer: pointer)
    }

    /// A stack segment for `ring`: writable data of exactly that privilege.
    mutating func stackSegment<T: Tracer>(
        _ selector: UInt16, _ ring: UInt8, _ fault: Exception.Vector, external: UInt32 = 0, _ tracer: inout T
    ) throws(Exception) -> CheckedSegment {
        let code = UInt32(selector & ~3) | external
        let segment = try readDescriptor(selector, fault: fault, external: external, &tracer)
        guard UInt8(selector & 3) == ring, segment.descriptor.dpl == ring, segment.descriptor.isWritableData else {
            throw Exception(fault, errorCode: code, .stackSelector)
        }
        guard segment.descriptor.isPresent else {
            throw Exception(.stackFault, errorCode: code, .segmentAbsent)
        }
        return segment
    }

    /// A field of a TSS.
    mutating func readTask<W: OperandWord, T: Tracer>(
        _ type: W.Type, _ linear: UInt32, _ tracer: inout T
    ) throws(Exception) -> W {
        try readLinear(type, linear, user: false, purpose: .taskState, &tracer)
    }
}
