/// The translation look-aside buffer: a direct-mapped cache of page translations with their rights
/// (SDM vol. 3, 4.10). Like the real one it may hold a translation that the page tables no longer have,
/// until INVLPG or a load of CR3.
struct TLB: ~Copyable {
    struct Entry: Hashable {
        /// Linear page number, or `invalid`.
        var page: UInt32
        /// Physical address of the page.
        var frame: UInt32
        var rights: Rights
    }

    /// Who may do what through an entry. Write rights appear only once the dirty bit is set.
    struct Rights: OptionSet, Hashable {
        let rawValue: UInt8
        static let supervisorRead = Rights(rawValue: 1)
        static let supervisorWrite = Rights(rawValue: 2)
        static let userRead = Rights(rawValue: 4)
        static let userWrite = Rights(rawValue: 8)
    }

    static let invalid: UInt32 = .max
    fileprivate static let count: UInt32 = 1024
    private let entries: UnsafeMutablePointer<Entry>

    /// The entries, for as long as the TLB exists.
    var view: View { View(entries: UnsafePointer(entries)) }

    /// A way to look entries up.
    struct View {
        fileprivate let entries: UnsafePointer<Entry>

        /// The entry that may hold the translation of a page.
        @inline(__always)
        subscript(page: UInt32) -> Entry { entries[Int(page & (TLB.count - 1))] }
    }

    init() {
        entries = .allocate(capacity: Int(Self.count))
        entries.initialize(
            repeating: Entry(page: Self.invalid, frame: 0, rights: []), count: Int(Self.count))
    }

    deinit { entries.deallocate() }

    @inline(__always)
    subscript(page: UInt32) -> Entry {
        get { entries[Int(page & (Self.count - 1))] }
        nonmutating set { entries[Int(page & (Self.count - 1))] = newValue }
    }

    func flush<T: Tracer>(_ tracer: inout T) {
        for slot in 0..<Int(Self.count) where entries[slot].page != Self.invalid { invalidate(slot, &tracer) }
    }

    func flush<T: Tracer>(page: UInt32, _ tracer: inout T) {
        let slot = Self.slot(of: page)
        if entries[slot].page == page { invalidate(slot, &tracer) }
    }

    private func invalidate<T: Tracer>(_ slot: Int, _ tracer: inout T) {
        tracer.willOverwrite(state(ofSlot: slot))
        entries[slot].page = Self.invalid
    }

    // MARK: For recording

    static func slot(of page: UInt32) -> Int { Int(page & (count - 1)) }

    @inline(__always)
    func state(ofSlot slot: Int) -> OverwrittenState {
        let entry = entries[slot]
        return .translation(
            slot: UInt16(slot), page: entry.page, frame: entry.frame, rights: entry.rights.rawValue)
    }

    /// Puts an entry back where it was.
    func restore(slot: Int, _ entry: Entry) { entries[slot & Int(Self.count - 1)] = entry }

    /// All entries, to be restored as a whole.
    var contents: [Entry] {
        get { Array(UnsafeBufferPointer(start: entries, count: Int(Self.count))) }
        nonmutating set { for (slot, entry) in newValue.enumerated() { restore(slot: slot, entry) } }
    }
}
