/// Memory as a kernel debugger reads it: privilege is ignored, absent pages give `nil`.
extension Machine {
    /// The little-endian number of `size` bytes, 1 to 8, at a linear address.
    public func number(at address: UInt32, size: Int) -> UInt64? {
        let bytes = cpu.bytes(at: address, count: size)
        guard bytes.count == size else { return nil }
        return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The doubleword at a linear address.
    public func doubleword(at address: UInt32) -> UInt32? {
        number(at: address, size: 4).map { UInt32(truncatingIfNeeded: $0) }
    }
}
