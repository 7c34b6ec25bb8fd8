/// Reads and writes at linear addresses: paging is obeyed, pages may be crossed, effects are reported.
extension CPU {
    @inline(__always)
    mutating func readLinear<W: OperandWord, T: Tracer>(
        _ type: W.Type, _ linear: UInt32, user: Bool, purpose: Effect.Purpose = .operand, _ tracer: inout T
    ) throws(Exception) -> W {
        let access = Access(isWrite: false, isUser: user, isFetch: false)
        let value: W
        if linear & 0xFFF <= 0x1000 &- W.size {
            value = physical.load(type, at: try translate(linear, access, &tracer))
        } else {
            value = try readAcross(type, linear, access, &tracer)
        }
        tracer.record(.read(address: linear, size: UInt8(W.size), value: UInt64(value), purpose: purpose))
        return value
    }

    @inline(__always)
    mutating func writeLinear<W: OperandWord, T: Tracer>(
        _ value: W, _ linear: UInt32, user: Bool, _ tracer: inout T
    ) throws(Exception) {
        let access = Access(isWrite: true, isUser: user, isFetch: false)
        guard linear & 0xFFF <= 0x1000 &- W.size else {
            return try writeAcross(value, linear, access, &tracer)
        }
        let address = try translate(linear, access, &tracer)
        tracer.record(
            .write(
                address: linear, size: UInt8(W.size), old: UInt64(physical.load(W.self, at: address)),
                new: UInt64(value)))
        storePhysical(value, at: address, &tracer)
    }

    /// Checks that a write will succeed, so that an instruction can promise "all or nothing".
    @inline(__always)
    mutating func probeWrite<T: Tracer>(
        _ linear: UInt32, size: UInt32, user: Bool, _ tracer: inout T
    ) throws(Exception) {
        try probe(linear, size: size, Access(isWrite: true, isUser: user, isFetch: false), &tracer)
    }

    /// The same for a read.
    mutating func probeRead<T: Tracer>(
        _ linear: UInt32, size: UInt32, user: Bool, _ tracer: inout T
    ) throws(Exception) {
        try probe(linear, size: size, Access(isWrite: false, isUser: user, isFetch: false), &tracer)
    }

    @inline(__always)
    private mutating func probe<T: Tracer>(
        _ linear: UInt32, size: UInt32, _ access: Access, _ tracer: inout T
    ) throws(Exception) {
        _ = try translate(linear, access, &tracer)
        // A refusal names the first byte of the second page, as the access itself would.
        if linear & 0xFFF > 0x1000 &- size { _ = try translate((linear &+ size &- 1) & ~0xFFF, access, &tracer) }
    }

    /// Stores to RAM and forgets decoded instructions that the store changes.
    @inline(__always)
    mutating func storePhysical<W: OperandWord, T: Tracer>(_ value: W, at address: UInt32, _ tracer: inout T) {
        tracer.willOverwrite(
            .memory(address: address, size: UInt8(W.size), old: UInt64(physical.load(W.self, at: address))))
        physical.store(value, at: address)
        decoded.noteWrite(at: address, size: W.size)
    }

    @inline(never)
    private mutating func readAcross<W: OperandWord, T: Tracer>(
        _ type: W.Type, _ linear: UInt32, _ access: Access, _ tracer: inout T
    ) throws(Exception) -> W {
        var value: W = 0
        for index in 0..<W.size {
            let byte = physical.load(UInt8.self, at: try translate(linear &+ index, access, &tracer))
            value |= W(byte) << W(8 * index)
        }
        return value
    }

    @inline(never)
    private mutating func writeAcross<W: OperandWord, T: Tracer>(
        _ value: W, _ linear: UInt32, _ access: Access, _ tracer: inout T
    ) throws(Exception) {
        var addresses = InlineArray<8, UInt32>(repeating: 0)
        var old: UInt64 = 0
        for index in 0..<W.size {  // All translations first: a fault must leave nothing half written.
            let address = try translate(linear &+ index, access, &tracer)
            addresses[Int(index)] = address
            old |= UInt64(physical.load(UInt8.self, at: address)) << UInt64(8 * index)
        }
        tracer.record(.write(address: linear, size: UInt8(W.size), old: old, new: UInt64(value)))
        for index in 0..<W.size {
            storePhysical(UInt8(truncatingIfNeeded: value >> W(8 * index)), at: addresses[Int(index)], &tracer)
        }
    }
}
