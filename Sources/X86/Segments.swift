/// An 8-byte entry of the GDT, LDT or IDT (SDM vol. 3, 3.4.5 and 6.11).
///
///      63      56 55   52 51   48 47       40 39      32
///     | base 31:24| G D L | lim   | P DPL S T | base 23:16|
///     | base 15:0             | limit 15:0                |
public struct Descriptor: Hashable, Sendable {
    /// The eight bytes, little-endian.
    public let raw: UInt64

    /// Wraps eight bytes as read from a descriptor table.
    public init(raw: UInt64) { self.raw = raw }

    /// Type field, bits 40–43.
    public var type: UInt8 { UInt8(raw >> 40 & 0xF) }
    /// S: one for code and data, zero for gates, TSS and LDT.
    public var isCodeOrData: Bool { raw >> 44 & 1 != 0 }
    /// Descriptor privilege level, 0–3.
    public var dpl: UInt8 { UInt8(raw >> 45 & 3) }
    /// P.
    public var isPresent: Bool { raw >> 47 & 1 != 0 }
    /// Linear address where the segment begins.
    public var base: UInt32 {
        UInt32(truncatingIfNeeded: raw >> 16 & 0xFF_FFFF) | UInt32(truncatingIfNeeded: raw >> 56) << 24
    }
    /// Highest offset, in bytes, granularity applied.
    public var limit: UInt32 {
        let field = UInt32(truncatingIfNeeded: raw & 0xFFFF | raw >> 32 & 0xF_0000)
        return raw >> 55 & 1 != 0 ? field << 12 | 0xFFF : field
    }
    /// Access byte and the four upper attribute bits: bits 40–47 and 52–55.
    var attributes: UInt16 { UInt16(truncatingIfNeeded: raw >> 40 & 0xFF | raw >> 44 & 0xF00) }

    var isCode: Bool { isCodeOrData && type & 8 != 0 }
    var isConforming: Bool { isCode && type & 4 != 0 }
    var isWritableData: Bool { isCodeOrData && type & 0b1010 == 0b0010 }
    var isReadable: Bool { isCodeOrData && (type & 8 == 0 || type & 2 != 0) }

    /// Of a gate: the selector of its handler's segment.
    public var gateSelector: UInt16 { UInt16(truncatingIfNeeded: raw >> 16) }
    /// Of a gate: the handler's offset. A 16-bit gate has the lower half only.
    public var gateOffset: UInt32 {
        let lower = UInt32(truncatingIfNeeded: raw & 0xFFFF)
        return isWideSystem ? lower | UInt32(truncatingIfNeeded: raw >> 48) << 16 : lower
    }
    /// Of a call gate: how many parameters go to the inner stack, 0–31.
    var parameterCount: Int { Int(raw >> 32 & 31) }

    /// Of a gate or TSS: the 32-bit kind, not the 80286's.
    var isWideSystem: Bool { type & 8 != 0 }
    /// A TSS, available or busy.
    var isTaskState: Bool { !isCodeOrData && type & 0b0101 == 0b0001 }
    /// Of a TSS: its task runs, or waits for a nested one.
    var isBusy: Bool { type & 2 != 0 }
}

/// Types of system descriptors (SDM vol. 3, table 3-2).
enum SystemType {
    static let localTable: UInt8 = 0x2
    static let callGate16: UInt8 = 0x4
    static let taskGate: UInt8 = 0x5
    static let interruptGate16: UInt8 = 0x6
    static let trapGate16: UInt8 = 0x7
    static let callGate32: UInt8 = 0xC
    static let interruptGate32: UInt8 = 0xE
    static let trapGate32: UInt8 = 0xF
}

/// A segment register with the hidden part that the processor keeps beside the selector.
public struct SegmentRegister: Hashable, Sendable {
    /// The visible part.
    public internal(set) var selector: UInt16
    /// Hidden: linear address where the segment begins.
    public internal(set) var base: UInt32
    /// Hidden: highest offset in bytes.
    public internal(set) var limit: UInt32
    /// Hidden: access byte (bits 0–7), AVL, L, D/B, G (bits 8–11). Zero after a null selector was loaded.
    public internal(set) var attributes: UInt16

    init(selector: UInt16, base: UInt32, limit: UInt32, attributes: UInt16) {
        self.selector = selector
        self.base = base
        self.limit = limit
        self.attributes = attributes
    }

    init(selector: UInt16, _ descriptor: Descriptor) {
        self.init(
            selector: selector, base: descriptor.base, limit: descriptor.limit, attributes: descriptor.attributes)
    }

    /// The fixed flat values that SYSENTER and SYSCALL put in CS (SDM vol. 2, SYSENTER).
    static func flatCode(selector: UInt16, dpl: UInt8) -> SegmentRegister {
        SegmentRegister(selector: selector, base: 0, limit: .max, attributes: 0xC9B | UInt16(dpl) << 5)
    }

    /// The fixed flat values that SYSENTER and SYSCALL put in SS.
    static func flatData(selector: UInt16, dpl: UInt8) -> SegmentRegister {
        SegmentRegister(selector: selector, base: 0, limit: .max, attributes: 0xC93 | UInt16(dpl) << 5)
    }

    static let null = unusable(selector: 0)

    /// A selector without a segment behind it.
    static func unusable(selector: UInt16) -> SegmentRegister {
        SegmentRegister(selector: selector, base: 0, limit: 0, attributes: 0)
    }

    /// Descriptor privilege level of the hidden part.
    public var dpl: UInt8 { UInt8(attributes >> 5 & 3) }
    var isUsable: Bool { attributes & 0x80 != 0 }
    /// D/B: 32-bit code, or a stack that uses ESP.
    @inline(__always) var is32Bit: Bool { attributes & 0x400 != 0 }
    /// 32-bit code whose offsets are linear addresses.
    var isFlat32Bit: Bool { base == 0 && limit == .max && is32Bit }
    var isCode: Bool { attributes & 0x18 == 0x18 }
    var isConforming: Bool { attributes & 0x1C == 0x1C }
    var isWritable: Bool { attributes & 0x1A == 0x12 }
    var isReadable: Bool { attributes & 0x1A != 0x18 }
    var isExpandDown: Bool { attributes & 0x1C == 0x14 }

    /// Whether `size` bytes from an offset on lie within the limit (SDM vol. 3, 5.3).
    func contains(_ offset: UInt32, size: UInt32) -> Bool {
        let (last, wraps) = offset.addingReportingOverflow(size &- 1)
        guard !wraps else { return false }
        guard isExpandDown else { return last <= limit }
        return offset > limit && last <= (is32Bit ? UInt32.max : 0xFFFF)
    }

    /// Present, base 0, limit 4 GiB, writable data that grows up: no check can fail.
    @inline(__always) var isFlatWritable: Bool {
        base == 0 && limit == .max && attributes & 0x9E == 0x92
    }
}

/// The six segment registers of one processor; behind a pointer for the reason that `RegisterFile` tells.
struct SegmentFile: ~Copyable {
    private let registers: UnsafeMutablePointer<SegmentRegister>

    /// All of them flat data segments.
    init() {
        registers = .allocate(capacity: SegmentName.allCases.count)
        registers.initialize(repeating: .flatData(selector: 0x10, dpl: 0), count: SegmentName.allCases.count)
    }

    deinit { registers.deallocate() }

    @inline(__always)
    subscript(name: SegmentName) -> SegmentRegister {
        get { registers[Int(name.rawValue)] }
        nonmutating set { registers[Int(name.rawValue)] = newValue }
    }
}

/// A descriptor that was read for a segment register and not loaded yet: checks may still refuse it.
struct CheckedSegment {
    let selector: UInt16
    let descriptor: Descriptor
    /// Linear address of the descriptor.
    let address: UInt32
}

/// GDTR or IDTR.
public struct TableRegister: Hashable, Sendable {
    /// Linear address of entry 0.
    public internal(set) var base: UInt32 = 0
    /// Offset of the last byte of the table.
    public internal(set) var limit: UInt16 = 0
}
