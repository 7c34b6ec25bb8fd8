/// Looks for bytes in a machine's memory, as `s` does.
public struct MemorySearch: Sendable {
    /// What is looked for.
    public let pattern: [UInt8]
    /// Distance between the places that are looked at: 4 for doublewords.
    public let stride: UInt32

    /// - Parameters:
    ///   - pattern: at least one byte; an empty one is found nowhere.
    ///   - stride: in bytes, counted from the beginning of the range; 0 counts as 1.
    public init(_ pattern: [UInt8], stride: UInt32 = 1) {
        self.pattern = pattern
        self.stride = max(1, stride)
    }

    private static let chunk: UInt64 = 0x10000
    private static let page: UInt64 = 0x1000

    /// The addresses in a range at which the whole pattern stands, ascending. Absent pages are skipped.
    /// - Parameters:
    ///   - length: bytes of the range; it ends at FFFFFFFF at the latest.
    ///   - limit: after so many the search ends.
    ///   - isInterrupted: asked from time to time whether to give up.
    public func matches(
        in machine: Machine, from start: UInt32, length: UInt64, limit: Int, isInterrupted: () -> Bool = { false }
    ) -> [UInt32] {
        let end = min(UInt64(start) + length, 1 << 32)
        var found: [UInt32] = []
        var position = UInt64(start)
        while position + UInt64(pattern.count) <= end, found.count < limit, !pattern.isEmpty, !isInterrupted() {
            let wanted = min(Self.chunk + UInt64(pattern.count) - 1, end - position)
            let bytes = machine.cpu.bytes(at: UInt32(position), count: Int(wanted))
            let offsets = offsets(in: bytes, phase: UInt32(position - UInt64(start)) % stride)
            found += offsets.prefix(limit - found.count).map { UInt32(position) + UInt32($0) }
            let isCut = UInt64(bytes.count) < wanted
            position = isCut ? Self.pageEnd(position + UInt64(bytes.count)) : position + min(Self.chunk, wanted)
        }
        return found
    }

    /// Where the pattern stands among bytes.
    /// - Parameter phase: how far the first byte lies behind a place that is looked at.
    private func offsets(in bytes: [UInt8], phase: UInt32) -> [Int] {
        var found: [Int] = []
        var offset = Int((stride - phase) % stride)
        bytes.withUnsafeBufferPointer { bytes in
            while offset + pattern.count <= bytes.count {
                if bytes[offset] == pattern[0], bytes[offset..<offset + pattern.count].elementsEqual(pattern) {
                    found.append(offset)
                }
                offset += Int(stride)
            }
        }
        return found
    }

    private static func pageEnd(_ position: UInt64) -> UInt64 { (position / page + 1) * page }
}
