import X86

/// Descriptors, page-table entries and flags in words.
enum DescriptorText {
    /// `interrupt gate to 0008:80400000 nt!KiSystemService, DPL 3, present`
    static func gate(_ descriptor: Descriptor, _ names: PlaceNames) -> String {
        guard !descriptor.isCodeOrData, let kind = gates[descriptor.type] else { return "no gate" }
        let target = NumberFormat.padded(descriptor.gateSelector, to: 4)
        let symbol = names.symbol(descriptor.gateOffset).map { " \($0)" } ?? ""
        let place =
            descriptor.type == taskGate
            ? " to the task of TSS \(target)"
            : " to \(target):\(NumberFormat.padded(descriptor.gateOffset, to: 8))\(symbol)"
        return "\(kind)\(place), \(access(descriptor))"
    }

    /// `code, flat 4 GiB, DPL 0, present`
    static func segment(_ descriptor: Descriptor, _ names: PlaceNames) -> String {
        guard descriptor.isCodeOrData else {
            if gates[descriptor.type] != nil { return gate(descriptor, names) }
            return "\(systems[descriptor.type] ?? "no descriptor"), \(span(descriptor)), \(access(descriptor))"
        }
        let isCode = descriptor.type & 8 != 0
        let kind = isCode ? (descriptor.type & 4 != 0 ? "conforming code" : "code") : data(descriptor.type)
        return "\(kind), \(span(descriptor)), \(access(descriptor))"
    }

    /// `flat 4 GiB`, `base ffdff000, limit 00001fff`
    static func span(base: UInt32, limit: UInt32) -> String {
        if base == 0, limit == .max { return "flat 4 GiB" }
        let first = base == 0 ? "0" : NumberFormat.padded(base, to: 8)
        return "base \(first), limit \(limit == .max ? "4 GiB" : NumberFormat.padded(limit, to: 8))"
    }

    /// `frame 0020b000, P=1, R/W=1, U/S=1`
    static func page(_ entry: UInt32) -> String {
        guard entry & 1 != 0 else { return "P=0, not present" }
        let isLarge = entry & 0x80 != 0
        return [
            "frame \(NumberFormat.padded(entry & ~0xFFF, to: 8))", "P=1", "R/W=\(entry >> 1 & 1)",
            "U/S=\(entry >> 2 & 1)", isLarge ? "4 MiB or PAT" : nil,
        ].compactMap(\.self).joined(separator: ", ")
    }

    /// `IF cleared, TF set`
    static func flags(from old: UInt32, to new: UInt32) -> String? {
        let changed = Flags.names.filter { (old ^ new) & $0.mask != 0 }
        guard !changed.isEmpty else { return nil }
        return changed.map { "\($0.name.uppercased()) \(new & $0.mask != 0 ? "set" : "cleared")" }
            .joined(separator: ", ")
    }

    private static func span(_ descriptor: Descriptor) -> String {
        span(base: descriptor.base, limit: descriptor.limit)
    }

    private static func access(_ descriptor: Descriptor) -> String {
        "DPL \(descriptor.dpl), \(descriptor.isPresent ? "present" : "NOT present")"
    }

    private static func data(_ type: UInt8) -> String { type & 2 != 0 ? "writable data" : "read-only data" }

    /// SDM vol. 3, table 3-2.
    private static let taskGate: UInt8 = 5
    private static let gates: [UInt8: String] = [
        0x4: "16-bit call gate", taskGate: "task gate", 0x6: "16-bit interrupt gate", 0x7: "16-bit trap gate",
        0xC: "call gate", 0xE: "interrupt gate", 0xF: "trap gate",
    ]
    private static let systems: [UInt8: String] = [
        0x1: "16-bit TSS", 0x2: "LDT", 0x3: "busy 16-bit TSS", 0x9: "TSS", 0xB: "busy TSS",
    ]
}
