import X86

/// What lies at an address of one machine: entries of its descriptor tables, fields of its TSS, symbols.
public struct PlaceNames: Sendable {
    /// How an operating system calls the values that a gate pushes, by the name of the manuals: `EIP`, `error code`.
    public typealias FrameFields = [String: String]

    /// The names of addresses.
    public let symbols: SymbolTable
    let frameFields: FrameFields
    private let interrupts: TableRegister
    private let descriptors: TableRegister
    private let task: SegmentRegister

    /// The names on the machine as it is now.
    /// - Parameter frameFields: what its operating system calls the values that a gate pushes.
    public init(_ machine: Machine, frameFields: FrameFields = [:]) {
        symbols = machine.symbols
        self.frameFields = frameFields
        interrupts = machine.cpu.idtr
        descriptors = machine.cpu.gdtr
        task = machine.cpu.tr
    }

    /// `IDT[2Eh]`, `GDT[08h]`, `TSS.ESP0`, `nt!KiServiceTable+0x60`; `nil` for an address without a name.
    public func place(_ address: UInt32) -> String? {
        if let offset = Self.offset(of: address, in: interrupts.base, interrupts.limit) {
            return "IDT[\(NumberFormat.manual(offset / 8))]\(Self.rest(offset % 8))"
        }
        if let offset = Self.offset(of: address, in: descriptors.base, descriptors.limit) {
            return "GDT[\(NumberFormat.manual(offset & ~7))]\(Self.rest(offset % 8))"
        }
        return taskField(address) ?? symbol(address)
    }

    /// The symbol that covers an address, with the offset in it.
    public func symbol(_ address: UInt32) -> String? { symbols.location(of: UInt64(address)).map { "\($0)" } }

    private static func offset(of address: UInt32, in base: UInt32, _ limit: UInt16) -> UInt32? {
        guard address >= base, address &- base <= UInt32(limit), limit > 0 else { return nil }
        return address &- base
    }

    private static func rest(_ offset: UInt32) -> String { offset == 0 ? "" : "+\(offset)" }

    private func taskField(_ address: UInt32) -> String? {
        guard task.selector != 0, address >= task.base, address &- task.base <= min(task.limit, 0x67) else {
            return nil
        }
        let offset = address &- task.base
        let isWide = task.attributes & 8 != 0
        guard isWide, let field = Self.taskFields[offset] else { return "TSS+\(NumberFormat.manual(offset))" }
        return "TSS.\(field)"
    }

    /// SDM vol. 3, figure 7-2.
    private static let taskFields: [UInt32: String] = [
        0x00: "Link", 0x04: "ESP0", 0x08: "SS0", 0x0C: "ESP1", 0x10: "SS1", 0x14: "ESP2", 0x18: "SS2", 0x1C: "CR3",
        0x20: "EIP", 0x24: "EFLAGS", 0x28: "EAX", 0x2C: "ECX", 0x30: "EDX", 0x34: "EBX", 0x38: "ESP", 0x3C: "EBP",
        0x40: "ESI", 0x44: "EDI", 0x48: "ES", 0x4C: "CS", 0x50: "SS", 0x54: "DS", 0x58: "FS", 0x5C: "GS",
        0x60: "LDT", 0x64: "T", 0x66: "IOMapBase",
    ]
}

extension NumberFormat {
    /// A number as the manuals of the processor write it: `0Eh`, `176h`, `C0000081h`.
    static func manual(_ value: some FixedWidthInteger & UnsignedInteger) -> String {
        (value < 16 ? "0" : "") + String(value, radix: 16, uppercase: true) + "h"
    }

    /// A value of so many bytes; eight bytes in two halves, as WinDbg writes them.
    static func bytes(_ value: UInt64, size: UInt8) -> String {
        guard size == 8 else { return padded(value, to: Int(size) * 2) }
        return padded(value >> 32, to: 8) + "`" + padded(value & 0xFFFF_FFFF, to: 8)
    }
}
