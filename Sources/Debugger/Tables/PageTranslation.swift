import X86

/// How the page tables translate one linear address (SDM vol. 3, 4.3), read as a debugger reads them: nothing is marked.
public struct PageTranslation: Hashable, Sendable {
    /// A page-directory or page-table entry.
    public struct Entry: Hashable, Sendable {
        /// Where it lies in physical memory.
        public let physicalAddress: UInt32
        /// What it holds.
        public let value: UInt32

        /// P: bit 0.
        public var isPresent: Bool { value & 1 != 0 }
        /// PS: bit 7 of a directory's entry, a 4 MiB page.
        public var isLarge: Bool { value & 0x80 != 0 }
        /// The physical page number.
        public var frame: UInt32 { value >> 12 }
    }

    /// The linear address that was asked about.
    public let linear: UInt32
    /// The directory's entry.
    public let directory: Entry
    /// The table's entry; `nil` if the directory's entry is absent or maps a large page.
    public let table: Entry?

    /// Looks an address up; `nil` while paging is off.
    public init?(of linear: UInt32, on machine: Machine) {
        guard let cr0 = machine.cpu.controlRegister(0), cr0 >> 31 != 0, let cr3 = machine.cpu.controlRegister(3),
            let cr4 = machine.cpu.controlRegister(4)
        else { return nil }
        func entry(_ table: UInt32, _ index: UInt32) -> Entry {
            let address = table &+ index &* 4
            return Entry(physicalAddress: address, value: machine.cpu.physicalDoubleword(at: address))
        }
        self.linear = linear
        directory = entry(cr3 & ~0xFFF, linear >> 22)
        let hasLargePages = cr4 & 0x10 != 0
        let hasTable = directory.isPresent && !(hasLargePages && directory.isLarge)
        table = hasTable ? entry(directory.value & ~0xFFF, linear >> 12 & 0x3FF) : nil
    }
}
