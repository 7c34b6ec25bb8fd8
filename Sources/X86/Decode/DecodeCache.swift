/// Decoded instructions, kept by the physical address of their first byte and dropped as soon as anything
/// writes to their bytes, so that self-modifying code works.
///
/// Instructions that cross a page are not kept: their second page may change under them.
struct DecodeCache: ~Copyable {
    private typealias Page = UnsafeMutablePointer<Instruction>

    private let pages: UnsafeMutablePointer<Page?>
    private let pageCount: Int
    /// Pages that hold decoded code now. A guest that executes all of its memory must not exhaust ours.
    private var used: [Int] = []
    private static let mostPages = 256
    private static let slotsPerPage = Int(PhysicalMemory.pageSize)

    init(pageCount: Int) {
        self.pageCount = pageCount
        pages = .allocate(capacity: pageCount)
        pages.initialize(repeating: nil, count: pageCount)
    }

    deinit {
        for page in used { pages[page]?.deallocate() }
        pages.deallocate()
    }

    /// The instruction at a physical address; `length` is zero if there is none.
    @inline(__always)
    subscript(address: UInt32) -> Instruction {
        let page = Int(address >> 12)
        guard page < pageCount, let slots = pages[page] else { return Instruction() }
        return slots[Int(address & 0xFFF)]
    }

    /// The slots of the page of a physical address, if it has any. They stay until another page needs slots.
    func slots(at address: UInt32) -> UnsafePointer<Instruction>? {
        let page = Int(address >> 12)
        return page < pageCount ? pages[page].map { UnsafePointer($0) } : nil
    }

    mutating func insert(_ instruction: Instruction, at address: UInt32) {
        let page = Int(address >> 12)
        guard page < pageCount else { return }
        slots(of: page)[Int(address & 0xFFF)] = instruction
    }

    /// Must be called for every write to physical memory.
    @inline(__always)
    func noteWrite(at address: UInt32, size: UInt32) {
        let page = Int(address >> 12)
        if page < pageCount, let slots = pages[page] { Self.drop(slots, Int(address & 0xFFF), Int(size)) }
    }

    /// Forgets everything.
    mutating func removeAll() {
        for page in used {
            pages[page]?.deallocate()
            pages[page] = nil
        }
        used.removeAll(keepingCapacity: true)
    }

    private mutating func slots(of page: Int) -> Page {
        if let slots = pages[page] { return slots }
        if used.count >= Self.mostPages { removeAll() }
        let slots = Page.allocate(capacity: Self.slotsPerPage)
        slots.initialize(repeating: Instruction(), count: Self.slotsPerPage)
        pages[page] = slots
        used.append(page)
        return slots
    }

    /// An instruction that begins up to 14 bytes before the write may reach into it.
    @inline(never)
    private static func drop(_ slots: Page, _ offset: Int, _ size: Int) {
        for slot in max(0, offset - 14)..<min(slotsPerPage, offset + size) {
            slots[slot].length = 0
            slots[slot].plain = PlainForm()
        }
    }
}
