/// A page that is present, as the page tables have it.
public struct PageMapping: Hashable, Sendable {
    /// Linear address of its first byte.
    public let linear: UInt32
    /// Physical address of its first byte.
    public let physical: UInt32
    /// In bytes: 4 KiB or 4 MiB.
    public let size: UInt32
    /// Ring 3 may access it: U/S in both levels.
    public let isUser: Bool
    /// It may be written: R/W in both levels. Without CR0.WP ring 0 writes to other pages too.
    public let isWritable: Bool
}

extension CPU {
    /// Every present page, by address. Empty while paging is off. Marks nothing accessed.
    public func pageMappings() -> [PageMapping] {
        guard control.isPagingOn else { return [] }
        return (UInt32(0)..<1024).flatMap { index -> [PageMapping] in
            let upper = entry(in: control.cr3, index)
            guard upper & PageEntry.present != 0 else { return [] }
            if upper & PageEntry.large != 0, control.hasLargePages {
                return [mapping(index << 22, upper & 0xFFC0_0000, 4 << 20, rights: upper)]
            }
            return (UInt32(0)..<1024).compactMap { page in
                let lower = entry(in: upper, page)
                guard lower & PageEntry.present != 0 else { return nil }
                return mapping(index << 22 | page << 12, lower & ~0xFFF, 4 << 10, rights: upper & lower)
            }
        }
    }

    private func entry(in table: UInt32, _ index: UInt32) -> UInt32 {
        physical.load(UInt32.self, at: (table & ~0xFFF) &+ index &* 4)
    }

    private func mapping(_ linear: UInt32, _ physical: UInt32, _ size: UInt32, rights: UInt32) -> PageMapping {
        PageMapping(
            linear: linear, physical: physical, size: size, isUser: rights & PageEntry.user != 0,
            isWritable: rights & PageEntry.writable != 0)
    }
}
