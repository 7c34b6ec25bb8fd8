/// The general registers, numbered as the processor encodes them (SDM vol. 2, table 2-2).
public enum Register: UInt8, CaseIterable, Sendable {
    case eax, ecx, edx, ebx, esp, ebp, esi, edi

    /// The lower-case name, as a debugger prints it.
    public var name: String { Self.names[Int(rawValue)] }

    /// Looked up millions of times by whoever prints traces: an interpolation would ask the runtime each time.
    private static let names = allCases.map { "\($0)" }
}

/// The segment registers, numbered as the processor encodes them (SDM vol. 2, table 2-2).
public enum SegmentName: UInt8, CaseIterable, Sendable {
    case es, cs, ss, ds, fs, gs

    /// The lower-case name, as a debugger prints it.
    public var name: String { Self.names[Int(rawValue)] }

    private static let names = allCases.map { "\($0)" }
}

/// The general registers of one processor.
///
/// Slots are 64 bits wide: a 32-bit write clears the upper half, exactly as long mode will want it.
/// Slot 8 is always zero, so that an address without base or index needs no test.
///
/// They lie behind a pointer because the optimiser copies a whole inline array, and at times the whole
/// processor, to read one element of it.
struct RegisterFile: ~Copyable {
    /// The slot that an absent base or index register names.
    static let none: UInt8 = 8

    /// The registers themselves, for as long as the file exists.
    let view: View

    init() { view = View(slots: .allocate(capacity: 16)) }

    deinit { view.slots.deallocate() }

    @inline(__always)
    subscript(index: UInt8) -> UInt32 {
        get { view[index] }
        nonmutating set { view[index] = newValue }
    }

    @inline(__always)
    subscript(name: Register) -> UInt32 {
        get { view[name.rawValue] }
        nonmutating set { view[name.rawValue] = newValue }
    }

    /// The eight registers in 32 bytes.
    struct Packed {
        fileprivate let low: SIMD4<UInt32>
        fileprivate let high: SIMD4<UInt32>
    }

    /// Where the registers are.
    struct View {
        fileprivate let slots: UnsafeMutablePointer<UInt64>

        fileprivate init(slots: UnsafeMutablePointer<UInt64>) {
            self.slots = slots
            slots.initialize(repeating: 0, count: 16)
        }

        /// All eight registers at once.
        @inline(__always)
        var packed: Packed {
            get {
                let halves = UnsafeRawPointer(slots).loadUnaligned(as: SIMD16<UInt32>.self).evenHalf
                return Packed(low: halves.lowHalf, high: halves.highHalf)
            }
            nonmutating set {
                for index in 0..<4 {
                    slots[index] = UInt64(newValue.low[index])
                    slots[index + 4] = UInt64(newValue.high[index])
                }
            }
        }

        @inline(__always)
        subscript(index: UInt8) -> UInt32 {
            get { UInt32(truncatingIfNeeded: slots[Int(index & 15)]) }
            nonmutating set { slots[Int(index & 15)] = UInt64(newValue) }
        }

        @inline(__always)
        subscript(name: Register) -> UInt32 {
            get { self[name.rawValue] }
            nonmutating set { self[name.rawValue] = newValue }
        }
    }
}

/// What a debugger shows of a processor's registers at one moment: a value, detached from the machine.
public struct RegisterState: Hashable, Sendable {
    private var general: InlineArray<8, UInt32>
    private var selectors: InlineArray<6, UInt16>
    /// The offset of the next instruction in CS.
    public var eip: UInt32
    /// The flags, reserved bits included.
    public var eflags: UInt32
    /// The current privilege level, 0–3.
    public var cpl: UInt8

    /// All registers zero.
    public init() {
        general = InlineArray(repeating: 0)
        selectors = InlineArray(repeating: 0)
        eip = 0
        eflags = Flags.reserved
        cpl = 0
    }

    /// The value of a general register.
    public subscript(register: Register) -> UInt32 {
        get { general[Int(register.rawValue)] }
        set { general[Int(register.rawValue)] = newValue }
    }

    /// The selector in a segment register.
    public subscript(segment: SegmentName) -> UInt16 {
        get { selectors[Int(segment.rawValue)] }
        set { selectors[Int(segment.rawValue)] = newValue }
    }

    /// Equal in every register.
    public static func == (left: Self, right: Self) -> Bool {
        left.eip == right.eip && left.eflags == right.eflags && left.cpl == right.cpl
            && Register.allCases.allSatisfy { left[$0] == right[$0] }
            && SegmentName.allCases.allSatisfy { left[$0] == right[$0] }
    }

    /// Hashes every register.
    public func hash(into hasher: inout Hasher) {
        for register in Register.allCases { hasher.combine(self[register]) }
        for segment in SegmentName.allCases { hasher.combine(self[segment]) }
        hasher.combine(eip)
        hasher.combine(eflags)
        hasher.combine(cpl)
    }
}
