/// Interrupts from outside: INTR with its vectors, and NMI (SDM vol. 3, 6.3 and 6.7).
struct InterruptRequests: Equatable {
    /// One bit for each vector.
    private var vectors = InlineArray<4, UInt64>(repeating: 0)
    private var hasNMI = false
    /// An NMI was taken and no IRET has been executed since.
    private(set) var blocksNMI = false

    /// The pending vector that is served first: as in a local APIC, the highest.
    var highest: UInt8? {
        for index in (0..<4).reversed() where vectors[index] != 0 {
            return UInt8(index * 64 + 63 - vectors[index].leadingZeroBitCount)
        }
        return nil
    }

    /// An NMI is pending and not blocked.
    var wantsNMI: Bool { hasNMI && !blocksNMI }

    mutating func insert(_ vector: UInt8) { vectors[Int(vector >> 6)] |= 1 << UInt64(vector & 63) }

    mutating func remove(_ vector: UInt8) { vectors[Int(vector >> 6)] &= ~(1 << UInt64(vector & 63)) }

    mutating func insertNMI() { hasNMI = true }

    mutating func takeNMI() {
        hasNMI = false
        blocksNMI = true
    }

    mutating func unblockNMI() { blocksNMI = false }

    static func == (left: Self, right: Self) -> Bool {
        left.hasNMI == right.hasNMI && left.blocksNMI == right.blocksNMI
            && (0..<4).allSatisfy { left.vectors[$0] == right.vectors[$0] }
    }
}

extension CPU {
    /// Asks for an external interrupt, as an interrupt controller does on INTR.
    ///
    /// The request is held until a boundary where IF is set and no STI, MOV SS or POP SS came just before; it wakes
    /// a halted processor. Of several pending vectors the highest is served first; asking for one that is pending
    /// changes nothing.
    public mutating func requestInterrupt(vector: UInt8) {
        events.interrupts.insert(vector)
        updateAttention()
    }

    /// Takes a request back that has not been served yet.
    public mutating func withdrawInterrupt(vector: UInt8) {
        events.interrupts.remove(vector)
        updateAttention()
    }

    /// Asks for a non-maskable interrupt, vector 2. IF does not matter. While an NMI's handler runs, up to its IRET,
    /// one further request is held and not served (SDM vol. 3, 6.7.1).
    public mutating func requestNMI() {
        events.interrupts.insertNMI()
        updateAttention()
    }

    /// The processor is halted, and an interrupt on INTR would wake it; otherwise only an NMI would.
    public var awaitsInterrupt: Bool { isHalted && flags & Flags.interrupt != 0 }

    /// An interrupt was requested that nothing but the instruction before could hold back: it wakes a halted processor.
    public var hasInterruptToTake: Bool { attention.contains(.interrupt) }

    /// NMI, then INTR, if the boundary lets one through (SDM vol. 3, table 6-2).
    mutating func takeExternalInterrupt<T: Tracer>(_ tracer: inout T) -> StepOutcome? {
        guard !events.shadow.contains(.stack) else { return nil }
        if events.interrupts.wantsNMI {
            events.interrupts.takeNMI()
            return deliverExternal(Self.vectorOfNMI, &tracer)
        }
        guard flags & Flags.interrupt != 0, !events.shadow.contains(.maskable) else { return nil }
        guard let vector = events.interrupts.highest else { return nil }
        events.interrupts.remove(vector)
        return deliverExternal(vector, &tracer)
    }

    /// IRET lets the next NMI through, even an IRET that faults (SDM vol. 3, 6.7.1).
    mutating func unblockNMI() {
        guard events.interrupts.blocksNMI else { return }
        events.interrupts.unblockNMI()
        updateAttention()
    }

    private static let vectorOfNMI: UInt8 = 2
}

/// What the instruction before the boundary holds back at it.
struct InterruptShadow: OptionSet {
    let rawValue: UInt8
    /// STI set IF: maskable interrupts wait for one more instruction (SDM vol. 2, STI).
    static let maskable = InterruptShadow(rawValue: 1)
    /// MOV SS or POP SS: interrupts and debug exceptions wait until ESP is loaded as well (SDM vol. 3, 6.8.3).
    static let stack = InterruptShadow(rawValue: 2)
}

extension CPU {
    /// STI has set IF.
    mutating func shadowInterrupts() {
        events.shadow.insert(.maskable)
        attention.insert(.shadow)
    }

    /// SS was loaded. Of several such instructions in a row, only the first holds anything back.
    mutating func shadowStack() {
        guard !boundary.contains(.isBehindStackLoad) else { return }
        events.shadow.insert(.stack)
        attention.insert(.shadow)
    }
}
