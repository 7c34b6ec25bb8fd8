/// The page of code that is being executed: its decoded instructions, found without translating EIP again.
///
/// It is open only in flat 32-bit code, where no limit can be passed within a page, and is closed by whatever
/// could make another fetch of the same EIP come out differently: a new CS or ring, a flushed translation.
/// Writes to the page need not close it, since they empty the slots that they change.
struct CodeWindow {
    private static let closed: UInt32 = .max

    private var page = Self.closed
    private var frame: UInt32 = 0
    private var slots: UnsafePointer<Instruction>?

    /// The instruction at a linear address; `length` is zero if the window does not show one.
    @inline(__always)
    subscript(address: UInt32) -> Instruction {
        guard address >> 12 == page, let slots else { return Instruction() }
        return slots[Int(address & 0xFFF)]
    }

    /// The slots of the page of an address, if the window shows that page.
    @inline(__always)
    func slots(at address: UInt32) -> UnsafePointer<Instruction>? { address >> 12 == page ? slots : nil }

    /// The physical address of a linear one, if the window shows its page: known without the TLB, so that what the
    /// cache happens to hold has no say in which translations the TLB keeps.
    func physicalAddress(of address: UInt32) -> UInt32? { address >> 12 == page ? frame | address & 0xFFF : nil }

    mutating func open(at address: UInt32, physical: UInt32, _ slots: UnsafePointer<Instruction>?) {
        page = address >> 12
        frame = physical & ~0xFFF
        self.slots = slots
    }

    mutating func close() { page = Self.closed }

    /// The addresses of an open page.
    struct Place: Hashable {
        let linear: UInt32
        let physical: UInt32
    }

    /// The page that it shows.
    var place: Place? { page == Self.closed ? nil : Place(linear: page << 12, physical: frame) }
}

extension CPU {
    /// Forgets all translations of linear addresses.
    mutating func flushTranslations<T: Tracer>(_ tracer: inout T) {
        tlb.flush(&tracer)
        window.close()
    }

    /// Forgets the translation of one page, by its number.
    mutating func flushTranslation<T: Tracer>(of page: UInt32, _ tracer: inout T) {
        tlb.flush(page: page, &tracer)
        window.close()
    }
}
