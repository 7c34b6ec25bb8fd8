import X86

/// An entry of the GDT (SDM vol. 3, 3.4.5).
public struct SegmentDescriptor: Hashable, Sendable {
    /// Offset in the table: the selector with RPL 0.
    public let selector: UInt16
    /// Linear address where the segment begins.
    public let base: UInt32
    /// Highest offset in bytes.
    public let limit: UInt32
    /// Privilege level that it asks for.
    public let dpl: UInt8
    /// P.
    public let isPresent: Bool
    /// Bits 0–4 of the access byte: S and the type.
    let kind: UInt8

    init(selector: UInt16, value: UInt64) {
        self.selector = selector
        base = UInt32(truncatingIfNeeded: value >> 16 & 0xFF_FFFF | value >> 32 & 0xFF00_0000)
        let units = UInt32(truncatingIfNeeded: value & 0xFFFF | value >> 32 & 0xF_0000)
        limit = value >> 55 & 1 == 1 ? units << 12 | 0xFFF : units
        dpl = UInt8(value >> 45 & 3)
        isPresent = value >> 47 & 1 == 1
        kind = UInt8(value >> 40 & 0x1F)
    }

    /// What it describes: `code`, `data`, `busy TSS` and so on.
    public var type: String {
        switch kind {
        case 0x18...0x1F: "code"
        case 0x10...0x17: "data"
        case 0x09: "available TSS"
        case 0x0B: "busy TSS"
        case 0x01: "available 16-bit TSS"
        case 0x03: "busy 16-bit TSS"
        case 0x02: "LDT"
        case 0x0C: "call gate"
        case 0x05: "task gate"
        default: "reserved"
        }
    }
}

/// An entry of the IDT (SDM vol. 3, 6.11).
public struct InterruptGate: Hashable, Sendable {
    /// Number of the interrupt or exception.
    public let vector: UInt8
    /// Code segment of the handler; of a task gate, the TSS.
    public let selector: UInt16
    /// Where the handler begins.
    public let offset: UInt32
    /// INT n reaches it from this ring and those inside.
    public let dpl: UInt8
    /// `interrupt gate`, `trap gate`, `task gate` or `reserved`.
    public let type: String

    init?(vector: UInt8, value: UInt64) {
        guard value >> 47 & 1 == 1 else { return nil }
        self.vector = vector
        selector = UInt16(truncatingIfNeeded: value >> 16)
        offset = UInt32(truncatingIfNeeded: value & 0xFFFF | value >> 32 & 0xFFFF_0000)
        dpl = UInt8(value >> 45 & 3)
        type =
            switch value >> 40 & 0x1F {
            case 0x0E: "interrupt gate"
            case 0x0F: "trap gate"
            case 0x05: "task gate"
            default: "reserved"
            }
    }
}

extension Machine {
    /// The GDT's entries that are not zero.
    public func segmentDescriptors() -> [SegmentDescriptor] {
        entries(of: cpu.gdtr).compactMap { index, value in
            value == 0 ? nil : SegmentDescriptor(selector: UInt16(index * 8), value: value)
        }
    }

    /// The IDT's present gates.
    public func interruptGates() -> [InterruptGate] {
        entries(of: cpu.idtr).prefix(256).compactMap { InterruptGate(vector: UInt8($0), value: $1) }
    }

    private func entries(of table: TableRegister) -> [(Int, UInt64)] {
        let context = MachineContext(self)
        return (0..<(Int(table.limit) + 1) / 8).map { index in
            (index, context.memory(at: UInt64(table.base) + UInt64(index * 8), size: 8) ?? 0)
        }
    }
}
