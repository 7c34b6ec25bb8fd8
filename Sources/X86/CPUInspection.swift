/// How a debugger looks at the processor and changes it, without the guest noticing: no faults, no accessed
/// bits, no effects.
extension CPU {
    /// A general register.
    public subscript(register: Register) -> UInt32 {
        get { general[register] }
        set { general[register] = newValue }
    }

    /// EFLAGS. Bit 1 always reads as one; bits that do not exist stay zero.
    public var eflags: UInt32 {
        get { flags }
        set {
            flags = newValue & Flags.writable | Flags.reserved
            updateAttention()
        }
    }

    /// A segment register, hidden part included.
    public func segment(_ name: SegmentName) -> SegmentRegister { segments[name] }

    /// CR0, CR2, CR3 or CR4; `nil` for a number that does not exist.
    public func controlRegister(_ index: Int) -> UInt32? {
        switch index {
        case 0: control.cr0
        case 2: control.cr2
        case 3: control.cr3
        case 4: control.cr4
        default: nil
        }
    }

    /// The task register, hidden part included.
    public var tr: SegmentRegister { taskRegister }

    /// A model-specific register, or `nil` if this model has none of that number.
    public func msr(_ index: UInt32) -> UInt64? { readMSR(index) }

    /// All registers that a debugger shows.
    public var state: RegisterState {
        var state = RegisterState()
        for register in Register.allCases { state[register] = general[register] }
        for name in SegmentName.allCases { state[name] = segments[name].selector }
        state.eip = eip
        state.eflags = flags
        state.cpl = cpl
        return state
    }

    /// The physical address behind a linear one, or `nil` where no page is present. Privilege is ignored.
    public func physicalAddress(of linear: UInt32) -> UInt32? {
        guard control.isPagingOn else { return linear }
        let upper = physical.load(UInt32.self, at: (control.cr3 & ~0xFFF) &+ (linear >> 22) &* 4)
        guard upper & PageEntry.present != 0 else { return nil }
        if upper & PageEntry.large != 0, control.hasLargePages {
            return PageEntry.largeFrame(upper) | linear & 0x3F_FFFF
        }
        let lower = physical.load(UInt32.self, at: (upper & ~0xFFF) &+ (linear >> 12 & 0x3FF) &* 4)
        guard lower & PageEntry.present != 0 else { return nil }
        return lower & ~0xFFF | linear & 0xFFF
    }

    /// The byte at a linear address, or `nil` where no page is present.
    public func byte(at linear: UInt32) -> UInt8? {
        physicalAddress(of: linear).map { physical.load(UInt8.self, at: $0) }
    }

    /// Up to `count` bytes from a linear address on, fewer where an absent page begins.
    public func bytes(at linear: UInt32, count: Int) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(min(count, 4096))
        while result.count < count {
            let next = linear &+ UInt32(truncatingIfNeeded: result.count)
            guard let address = physicalAddress(of: next) else { break }
            let restOfPage = Int(PhysicalMemory.pageSize - next % PhysicalMemory.pageSize)
            physical.append(to: &result, from: address, count: min(count - result.count, restOfPage))
        }
        return result
    }

    /// Copies bytes into RAM, as a loader or a ROM does before the guest starts.
    /// - Returns: false, with nothing written, if they do not fit.
    @discardableResult
    public mutating func loadPhysical(_ bytes: some Collection<UInt8>, at address: UInt32) -> Bool {
        guard UInt64(address) + UInt64(bytes.count) <= UInt64(physical.size) else { return false }
        window.close()
        decoded.removeAll()
        physical.copy(bytes, to: address)
        return true
    }
}

extension CPU {
    /// The linear address of the next instruction.
    public var linearEIP: UInt32 { segments[.cs].base &+ eip }
}
