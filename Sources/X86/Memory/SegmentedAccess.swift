/// Reads and writes through a segment register: type and limit are checked first (SDM vol. 3, 5.3–5.5).
extension CPU {
    @inline(__always)
    mutating func read<W: OperandWord, T: Tracer>(
        _ type: W.Type, _ segment: SegmentName, _ offset: UInt32, _ tracer: inout T
    ) throws(Exception) -> W {
        let linear = try linear(segment, offset, W.size, isWrite: false)
        try checkAlignment(linear, W.size)
        return try readLinear(type, linear, user: cpl == 3, &tracer)
    }

    @inline(__always)
    mutating func write<W: OperandWord, T: Tracer>(
        _ value: W, _ segment: SegmentName, _ offset: UInt32, _ tracer: inout T
    ) throws(Exception) {
        let linear = try linear(segment, offset, W.size, isWrite: true)
        try checkAlignment(linear, W.size)
        try writeLinear(value, linear, user: cpl == 3, &tracer)
    }

    /// The linear address of `size` bytes at an offset, or the fault that the segment's checks raise.
    @inline(__always)
    mutating func linear(
        _ name: SegmentName, _ offset: UInt32, _ size: UInt32, isWrite: Bool
    ) throws(Exception) -> UInt32 {
        if segments[name].isFlatWritable, offset <= 0 &- size { return offset }
        return try checkedLinear(name, offset, size, isWrite: isWrite)
    }

    @inline(never)
    private mutating func checkedLinear(
        _ name: SegmentName, _ offset: UInt32, _ size: UInt32, isWrite: Bool
    ) throws(Exception) -> UInt32 {
        let segment = segments[name]
        guard segment.isUsable else { throw segmentFault(name, .segmentNull) }
        if isWrite, !segment.isWritable { throw segmentFault(name, .segmentNotWritable) }
        if !isWrite, !segment.isReadable { throw segmentFault(name, .segmentNotReadable) }
        guard segment.contains(offset, size: size) else { throw segmentFault(name, .segmentLimit) }
        return segment.base &+ offset
    }

    /// Violations through SS are stack faults, through any other segment general protection.
    private func segmentFault(_ name: SegmentName, _ check: Check) -> Exception {
        Exception(name == .ss ? .stackFault : .generalProtection, errorCode: 0, check)
    }
}
