/// Two-level paging (SDM vol. 3, 4.3): a linear address to a physical one, with the rights of both levels.
///
///      31        22 21        12 11          0
///     | directory  |   table    |   offset    |
extension CPU {
    /// What an access wants of a page.
    struct Access {
        let isWrite: Bool
        let isUser: Bool
        let isFetch: Bool

        @inline(__always)
        var needed: TLB.Rights {
            isUser ? (isWrite ? .userWrite : .userRead) : (isWrite ? .supervisorWrite : .supervisorRead)
        }

        /// Bits 1 and 2 of a page fault's error code (SDM vol. 3, figure 4-12); bit 0 says "protection".
        var errorBits: UInt32 { (isWrite ? 2 : 0) | (isUser ? 4 : 0) }
    }

    @inline(__always)
    mutating func translate<T: Tracer>(
        _ linear: UInt32, _ access: Access, _ tracer: inout T
    ) throws(Exception) -> UInt32 {
        let entry = tlb[linear >> 12]
        if entry.page == linear >> 12, !entry.rights.isDisjoint(with: access.needed) {
            return entry.frame | linear & 0xFFF
        }
        return try walk(linear, access, &tracer)
    }

    /// The slow path: reads the tables, marks them, and remembers the result.
    @inline(never)
    private mutating func walk<T: Tracer>(
        _ linear: UInt32, _ access: Access, _ tracer: inout T
    ) throws(Exception) -> UInt32 {
        guard control.isPagingOn else {
            remember(
                linear, frame: linear & ~0xFFF, [.supervisorRead, .supervisorWrite, .userRead, .userWrite], &tracer)
            return linear
        }
        let directory = PageEntry(in: control.cr3 & ~0xFFF, index: linear >> 22)
        let upper = try read(directory, for: linear, access, &tracer)
        if upper & PageEntry.large != 0, control.hasLargePages {
            return try finishLarge(linear, access, directory, upper, &tracer)
        }
        let table = PageEntry(in: upper & ~0xFFF, index: linear >> 12 & 0x3FF)
        let lower = try read(table, for: linear, access, &tracer)
        try permit(upper & lower, linear, access, &tracer)
        mark(directory, upper, PageEntry.accessed, &tracer)
        let dirty = access.isWrite ? PageEntry.dirty : 0
        let marked = mark(table, lower, PageEntry.accessed | dirty, &tracer)
        remember(linear, frame: lower & ~0xFFF, rights(upper & lower, dirty: marked & PageEntry.dirty != 0), &tracer)
        return lower & ~0xFFF | linear & 0xFFF
    }

    private mutating func finishLarge<T: Tracer>(
        _ linear: UInt32, _ access: Access, _ directory: PageEntry, _ entry: UInt32, _ tracer: inout T
    ) throws(Exception) -> UInt32 {
        guard entry & PageEntry.largeReserved(on: model) == 0 else {
            throw pageFault(linear, access, 0b1001, .pageReservedBit, &tracer)
        }
        try permit(entry, linear, access, &tracer)
        let marked = mark(directory, entry, PageEntry.accessed | (access.isWrite ? PageEntry.dirty : 0), &tracer)
        let frame = PageEntry.largeFrame(entry) | linear & 0x003F_F000
        remember(linear, frame: frame, rights(entry, dirty: marked & PageEntry.dirty != 0), &tracer)
        return frame | linear & 0xFFF
    }

    private mutating func read<T: Tracer>(
        _ entry: PageEntry, for linear: UInt32, _ access: Access, _ tracer: inout T
    ) throws(Exception) -> UInt32 {
        let value = physical.load(UInt32.self, at: entry.address)
        tracer.record(.pageWalk(entry: entry.address, value: value))
        guard value & PageEntry.present != 0 else { throw pageFault(linear, access, 0, .pageAbsent, &tracer) }
        return value
    }

    /// Both levels must allow the access; a supervisor's write to a read-only page is a fault only with WP.
    private mutating func permit<T: Tracer>(
        _ combined: UInt32, _ linear: UInt32, _ access: Access, _ tracer: inout T
    ) throws(Exception) {
        if access.isUser, combined & PageEntry.user == 0 {
            throw pageFault(linear, access, 1, .pageIsSupervisor, &tracer)
        }
        if access.isWrite, combined & PageEntry.writable == 0, access.isUser || control.isWriteProtectOn {
            throw pageFault(linear, access, 1, .pageIsReadOnly, &tracer)
        }
    }

    /// A page fault also drops the translation that it contradicts (SDM vol. 3, 4.10.4.1).
    private mutating func pageFault<T: Tracer>(
        _ linear: UInt32, _ access: Access, _ bits: UInt32, _ check: Check, _ tracer: inout T
    ) -> Exception {
        flushTranslation(of: linear >> 12, &tracer)
        return Exception(.pageFault, errorCode: bits | access.errorBits, address: linear, check)
    }

    @discardableResult
    private mutating func mark<T: Tracer>(
        _ entry: PageEntry, _ old: UInt32, _ bits: UInt32, _ tracer: inout T
    ) -> UInt32 {
        let new = old | bits
        guard new != old else { return old }
        storePhysical(new, at: entry.address, &tracer)
        tracer.record(.pageMark(entry: entry.address, old: old, new: new))
        return new
    }

    private mutating func rights(_ combined: UInt32, dirty: Bool) -> TLB.Rights {
        let writable = combined & PageEntry.writable != 0
        var rights: TLB.Rights = .supervisorRead
        if dirty, writable || !control.isWriteProtectOn { rights.insert(.supervisorWrite) }
        if combined & PageEntry.user != 0 {
            rights.insert(.userRead)
            if dirty, writable { rights.insert(.userWrite) }
        }
        return rights
    }

    private mutating func remember<T: Tracer>(
        _ linear: UInt32, frame: UInt32, _ rights: TLB.Rights, _ tracer: inout T
    ) {
        tracer.willOverwrite(tlb.state(ofSlot: TLB.slot(of: linear >> 12)))
        tlb[linear >> 12] = TLB.Entry(page: linear >> 12, frame: frame, rights: rights)
    }
}

/// Where a page-directory or page-table entry lies, and its bits (SDM vol. 3, tables 4-4 to 4-6).
struct PageEntry {
    /// Physical address.
    let address: UInt32

    init(in table: UInt32, index: UInt32) { address = table &+ index &* 4 }

    static let present: UInt32 = 1 << 0
    static let writable: UInt32 = 1 << 1
    static let user: UInt32 = 1 << 2
    static let accessed: UInt32 = 1 << 5
    static let dirty: UInt32 = 1 << 6
    static let large: UInt32 = 1 << 7
    /// Bits 32–35 of a 4 MiB page's physical address, where the model has PSE-36.
    private static let largeHighAddress: UInt32 = 0x0001_E000
    /// The bit that chooses a memory type by the PAT, where the model has one.
    private static let largeAttribute: UInt32 = 0x0000_1000

    /// The bits of a 4 MiB entry that must be zero: 17–21 always, as no model has more than 36 address bits
    /// (SDM vol. 3, 4.3 and table 4-4).
    static func largeReserved(on model: CPUModel) -> UInt32 {
        let high = model.has(CPUModel.Feature.pageSizeExtension36) ? 0 : largeHighAddress
        let attribute = model.has(CPUModel.Feature.pageAttributeTable) ? 0 : largeAttribute
        return 0x003E_0000 | high | attribute
    }

    /// Where a 4 MiB page begins. Above 4 GiB nobody answers; nor does anybody at the top of the first 4 GiB, which
    /// stands for all of that.
    static func largeFrame(_ entry: UInt32) -> UInt32 {
        entry & largeHighAddress == 0 ? entry & 0xFFC0_0000 : 0xFFC0_0000
    }
}
