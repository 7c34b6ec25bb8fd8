/// How a debugger changes the processor at somebody's wish: whatever the current ring, without faults and effects.
extension CPU {
    /// Sets a model-specific register with the checks of a WRMSR in ring 0.
    /// - Throws: the #GP that WRMSR would raise: no such register on this model, or reserved bits.
    public mutating func setMSR(_ index: UInt32, to value: UInt64) throws(Exception) {
        guard readMSR(index) != nil else { throw .generalProtection(0, .noSuchRegisterNumber) }
        try writeMSR(index, value)
    }

    /// Copies bytes to linear addresses, whatever the rights of their pages.
    ///
    /// Translations are forgotten, for the bytes may be those of a page table.
    /// - Returns: false, with nothing written, if a page is absent or lies beyond RAM.
    public mutating func patch(_ bytes: [UInt8], at linear: UInt32) -> Bool {
        var pieces: [(address: UInt32, bytes: ArraySlice<UInt8>)] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let next = linear &+ UInt32(truncatingIfNeeded: rest.startIndex)
            let piece = rest.prefix(Int(PhysicalMemory.pageSize - next % PhysicalMemory.pageSize))
            guard let address = physicalAddress(of: next),
                UInt64(address) + UInt64(piece.count) <= UInt64(physical.size)
            else { return false }
            pieces.append((address, piece))
            rest = rest.dropFirst(piece.count)
        }
        for piece in pieces { loadPhysical(piece.bytes, at: piece.address) }
        var nobody = NoTracer()
        flushTranslations(&nobody)
        return true
    }

    /// The doubleword at a physical address, such as a page-table entry; ones where no RAM answers.
    public func physicalDoubleword(at address: UInt32) -> UInt32 { physical.load(UInt32.self, at: address) }
}
