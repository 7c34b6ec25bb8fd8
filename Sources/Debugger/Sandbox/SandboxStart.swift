import X86

/// Brings a processor from where a boot loader leaves it, in ring 0 without paging, to ring n with paging on.
///
/// Only code can do that: nobody outside of the processor may set its privilege. So one page with a GDT, a stack and a few
/// instructions is shown to ring 0 for a moment. Its linear address is chosen to fall into the same slot of the TLB as the
/// first instruction of the program: fetching that one drops the last trace of the page.
struct SandboxStart {
    let memory: SandboxMemory
    let request: SandboxRequest
    private let page: UInt32

    /// Makes room in the page tables.
    init(_ memory: inout SandboxMemory, _ request: SandboxRequest) {
        // The slot depends on the lower bits of the page number only.
        page = ((request.start ?? request.origin) >> 12) ^ 0x8_0000
        memory.addTable(for: page)
        self.memory = memory
        self.request = request
    }

    // Offsets in the page.
    private static let switchCode: UInt32 = 0
    private static let loadCode: UInt32 = 0x20
    private static let tablePointer: UInt32 = 0x40
    private static let stack: UInt32 = 0x60
    private static let table: UInt32 = 0x100

    private var linear: UInt32 { page << 12 }
    private var codeSelector: UInt32 {
        let position = UInt32(Self.rings.firstIndex(of: UInt64(request.ring)) ?? 0)
        return (1 + 2 * position) << 3 | UInt32(request.ring)
    }
    private var dataSelector: UInt32 { codeSelector + 8 }

    func enter(_ cpu: inout CPU) throws(Exception) {
        memory.showStart(at: page, in: &cpu)
        load(into: &cpu)
        cpu[.eax] = 0x8001_0035  // PG, WP, NE, ET, EM, PE: as NT, without an x87 unit.
        cpu[.ecx] = SandboxMemory.directory
        cpu[.edx] = dataSelector
        cpu[.esp] = linear + Self.stack
        cpu.eip = SandboxMemory.startPage + Self.switchCode
        for _ in 0..<3 { try cpu.executeUndelivered() }
        if request.ring > 0 {
            cpu.eip = linear + Self.loadCode
            for _ in 0..<5 { try cpu.executeUndelivered() }
        }
        memory.hideStart(at: page, in: &cpu)
    }

    private func load(into cpu: inout CPU) {
        let base = SandboxMemory.startPage
        let lgdt = Self.lgdt(base + Self.tablePointer)
        cpu.loadPhysical(lgdt + Self.movCR3ECX + Self.movCR0EAX, at: base + Self.switchCode)
        cpu.loadPhysical(Self.movSegmentsEDX + [Self.iretd], at: base + Self.loadCode)
        let limit = [UInt8(Self.descriptors.count * 8 - 1), 0]
        cpu.loadPhysical(limit + SandboxMemory.littleEndian(linear + Self.table), at: base + Self.tablePointer)
        let frame = [request.origin, codeSelector, Flags.reserved, 0, dataSelector]
        cpu.loadPhysical(frame.flatMap(SandboxMemory.littleEndian), at: base + Self.stack)
        cpu.loadPhysical(Self.descriptors.flatMap(Self.littleEndian), at: base + Self.table)
    }

    private static func lgdt(_ pointer: UInt32) -> [UInt8] { [0x0F, 0x01, 0x15] + SandboxMemory.littleEndian(pointer) }
    private static let movCR3ECX: [UInt8] = [0x0F, 0x22, 0xD9]
    private static let movCR0EAX: [UInt8] = [0x0F, 0x22, 0xC0]
    /// MOV DS, ES, FS and GS, EDX.
    private static let movSegmentsEDX: [UInt8] = [0x8E, 0xDA, 0x8E, 0xC2, 0x8E, 0xE2, 0x8E, 0xEA]
    private static let iretd: UInt8 = 0xCF

    /// The order of the rings in the table, so that rings 0 and 3 have NT's selectors: 08h, 10h, 1Bh, 23h.
    private static let rings: [UInt64] = [0, 3, 1, 2]
    /// Flat 4 GiB segments, accessed already: code and data for each ring.
    private static let descriptors: [UInt64] =
        [0] + rings.flatMap { [0x00CF_9B00_0000_FFFF | $0 << 45, 0x00CF_9300_0000_FFFF | $0 << 45] }

    private static func littleEndian(_ value: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}
