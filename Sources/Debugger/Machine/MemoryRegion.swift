import X86

/// Neighbouring pages with the same rights.
public struct MemoryRegion: Hashable, Sendable {
    /// Linear address of the first byte.
    public let start: UInt32
    /// In bytes.
    public let size: UInt64
    /// Physical address of the first byte.
    public let physical: UInt32
    /// Ring 3 may access it.
    public let isUser: Bool
    /// It may be written.
    public let isWritable: Bool
    /// The first symbol in it, and how many there are.
    public let symbol: Symbol?
    /// How many symbols lie in it.
    public let symbolCount: Int

    /// The last byte.
    public var end: UInt32 { UInt32(truncatingIfNeeded: UInt64(start) + size - 1) }
}

extension Machine {
    /// What the page tables map, by address.
    public func memoryRegions() -> [MemoryRegion] {
        var groups: [[PageMapping]] = []
        for page in cpu.pageMappings() {
            if let last = groups.last?.last, Self.continues(last, page), !begins(page) {
                groups[groups.count - 1].append(page)
            } else {
                groups.append([page])
            }
        }
        return groups.compactMap(region)
    }

    private static func continues(_ last: PageMapping, _ page: PageMapping) -> Bool {
        last.linear &+ last.size == page.linear && last.isUser == page.isUser && last.isWritable == page.isWritable
    }

    /// Whether a segment of the file begins here, in a place of its own.
    private func begins(_ page: PageMapping) -> Bool {
        image.layout.segments.contains { $0.virtualAddress == page.linear }
    }

    private func region(_ pages: [PageMapping]) -> MemoryRegion? {
        guard let first = pages.first else { return nil }
        let size = pages.reduce(UInt64(0)) { $0 + UInt64($1.size) }
        let range = UInt64(first.linear)..<UInt64(first.linear) + size
        let inside = symbols.symbols.filter { range.contains($0.address) }
        return MemoryRegion(
            start: first.linear, size: size, physical: first.physical, isUser: first.isUser,
            isWritable: first.isWritable, symbol: inside.first, symbolCount: inside.count)
    }
}
