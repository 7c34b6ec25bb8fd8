import X86

/// The descriptor tables as a debugger reads them from memory.
extension Machine {
    /// The GDT's entry for a selector; `nil` beyond the table's limit, where memory is absent, and for the LDT (bit 2).
    public func descriptor(_ selector: UInt16) -> Descriptor? {
        let offset = UInt32(selector & ~7)
        guard selector & 4 == 0, offset + 7 <= UInt32(cpu.gdtr.limit) else { return nil }
        return number(at: cpu.gdtr.base &+ offset, size: 8).map(Descriptor.init)
    }

    /// The IDT's entry for a vector; `nil` beyond the table's limit and where memory is absent.
    public func gate(_ vector: UInt8) -> Descriptor? {
        let offset = UInt32(vector) * 8
        guard offset + 7 <= UInt32(cpu.idtr.limit) else { return nil }
        return number(at: cpu.idtr.base &+ offset, size: 8).map(Descriptor.init)
    }

    /// The GDT's entries that are not zero, with their selectors (RPL 0).
    public func segmentDescriptors() -> [(selector: UInt16, descriptor: Descriptor)] {
        let last = cpu.gdtr.limit & ~7
        return stride(from: UInt16(0), through: last, by: 8).compactMap { selector in
            guard let descriptor = descriptor(selector), descriptor.raw != 0 else { return nil }
            return (selector, descriptor)
        }
    }

    /// The IDT's present gates, with their vectors.
    public func interruptGates() -> [(vector: UInt8, gate: Descriptor)] {
        (UInt8.min...UInt8.max).compactMap { vector in
            guard let gate = gate(vector), gate.isPresent else { return nil }
            return (vector, gate)
        }
    }
}

/// Which kind of system descriptor the type field means (SDM vol. 3, table 3-2).
public enum SystemDescriptor: UInt8, Hashable, Sendable, CaseIterable {
    case taskState16 = 1
    case localTable = 2
    case busyTaskState16 = 3
    case callGate16 = 4
    case taskGate = 5
    case interruptGate16 = 6
    case trapGate16 = 7
    case taskState32 = 9
    case busyTaskState32 = 11
    case callGate32 = 12
    case interruptGate32 = 14
    case trapGate32 = 15

    /// The manual's name: `interrupt gate`.
    public var name: String {
        switch self {
        case .taskState16: "available 16-bit TSS"
        case .localTable: "LDT"
        case .busyTaskState16: "busy 16-bit TSS"
        case .callGate16: "16-bit call gate"
        case .taskGate: "task gate"
        case .interruptGate16: "16-bit interrupt gate"
        case .trapGate16: "16-bit trap gate"
        case .taskState32: "available TSS"
        case .busyTaskState32: "busy TSS"
        case .callGate32: "call gate"
        case .interruptGate32: "interrupt gate"
        case .trapGate32: "trap gate"
        }
    }
}

extension Descriptor {
    /// The kind of a system descriptor or gate; `nil` for code, data and reserved types.
    public var system: SystemDescriptor? { isCodeOrData ? nil : SystemDescriptor(rawValue: type) }

    /// What it describes, in words: `code`, `data`, `busy TSS`, `interrupt gate`, `reserved` and so on.
    public var kind: String {
        guard isCodeOrData else { return system?.name ?? "reserved" }
        return type & 8 != 0 ? "code" : "data"
    }
}
