/// Memory as a debugger reads it: privilege is ignored up to ``visibleEnd``, absent pages give `nil`.
extension Machine {
    /// Up to `count` bytes from a linear address on, fewer where an absent page begins or where nothing is shown.
    public func bytes(at address: UInt32, count: Int) -> [UInt8] {
        let left = visibleEnd - min(visibleEnd, UInt64(address))
        return cpu.bytes(at: address, count: visibleEnd >= 1 << 32 ? count : min(count, Int(left)))
    }

    /// The byte at a linear address, or `nil` where no page is present or nothing is shown.
    public func byte(at address: UInt32) -> UInt8? { address < visibleEnd ? cpu.byte(at: address) : nil }

    /// The little-endian number of `size` bytes, 1 to 8, at a linear address.
    public func number(at address: UInt32, size: Int) -> UInt64? {
        let bytes = self.bytes(at: address, count: size)
        guard bytes.count == size else { return nil }
        return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The doubleword at a linear address.
    public func doubleword(at address: UInt32) -> UInt32? {
        number(at: address, size: 4).map { UInt32(truncatingIfNeeded: $0) }
    }
}
