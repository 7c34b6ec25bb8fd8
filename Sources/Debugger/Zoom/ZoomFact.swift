import X86

/// One effect of an instruction in words: what was touched, its value, what the value means.
public struct ZoomFact: Hashable, Sendable {
    /// What kind of thing happened, as one word.
    public enum Kind: String, Hashable, Sendable {
        case reads, writes, walks, marks, checks, loads, changes, receives, sends
    }

    /// The verb.
    public let kind: Kind
    /// `IDT[2Eh] at 8003f570`, `MSR 176h IA32_SYSENTER_EIP`, `CPL`.
    public let subject: String
    /// `8040ee00'00080000`, `3 to 0`.
    public let value: String
    /// What the value means, if that does not go without saying.
    public let meaning: String?

    init(_ kind: Kind, _ subject: String, _ value: String, _ meaning: String? = nil) {
        self.kind = kind
        self.subject = subject
        self.value = value
        self.meaning = meaning
    }
}

/// Effects to facts, with the names of one machine.
struct FactWriter {
    let names: PlaceNames
    /// ESP before the instruction.
    let stack: UInt32

    /// - Returns: nil for an exception, which is told elsewhere.
    func fact(_ effect: Effect) -> ZoomFact? {
        switch effect {
        case .read(let address, let size, let value, let purpose): read(address, size, value, purpose)
        case .write(let address, let size, let old, let new): write(address, size, old, new)
        case .pageWalk(let entry, let value):
            ZoomFact(.walks, Self.physical(entry), hex(value), DescriptorText.page(value))
        case .pageMark(let entry, let old, let new):
            ZoomFact(.marks, Self.physical(entry), hex(new), Self.marks(old, new))
        case .readMSR(let index, let value): msr(.reads, index, value)
        case .writeMSR(let index, _, let new): msr(.writes, index, new)
        case .loadSegment(let name, let selector, let base, let limit, let dpl, let fixed):
            segment(name, selector, DescriptorText.span(base: base, limit: limit) + ", DPL \(dpl)", fixed)
        case .checkGate(_, let dpl, let cpl, let software): gate(dpl, cpl, software)
        case .checkCallGate(let selector, let dpl, let cpl), .checkTaskGate(let selector, let dpl, let cpl):
            gate(dpl, max(cpl, UInt8(selector & 3)), true)
        case .switchTask(let from, let to, let cause):
            ZoomFact(.changes, "TR", "\(selector(from)) to \(selector(to))", "a task switch by \(cause.rawValue)")
        case .switchStack(let oldSS, let oldESP, let newSS, let newESP):
            ZoomFact(.changes, "SS:ESP", "\(selector(oldSS)):\(hex(oldESP)) to \(selector(newSS)):\(hex(newESP))")
        case .changeRing(let from, let to): ZoomFact(.changes, "CPL", "\(from) to \(to)")
        case .changeFlags(let old, let new):
            ZoomFact(.changes, "EFLAGS", "\(hex(old)) to \(hex(new))", DescriptorText.flags(from: old, to: new))
        case .writeControl(let index, let old, let new):
            ZoomFact(.changes, "CR\(index)", "\(hex(old)) to \(hex(new))")
        case .input(let port, let size, let value): self.port(.receives, port, size, value)
        case .output(let port, let size, let value): self.port(.sends, port, size, value)
        case .interrupt(let vector):
            ZoomFact(.receives, vector == 2 ? "NMI" : "external interrupt", "vector \(NumberFormat.manual(vector))")
        case .raise: nil
        }
    }

    private func read(_ address: UInt32, _ size: UInt8, _ value: UInt64, _ purpose: Effect.Purpose) -> ZoomFact {
        let meaning =
            switch purpose {
            case .interruptGate: DescriptorText.gate(Descriptor(raw: value), names)
            case .descriptor: size == 8 ? DescriptorText.segment(Descriptor(raw: value), names) : nil
            case .taskState: nil as String?
            case .operand: pointee(value, size)
            }
        return ZoomFact(.reads, place(address), NumberFormat.bytes(value, size: size), meaning)
    }

    private func write(_ address: UInt32, _ size: UInt8, _ old: UInt64, _ new: UInt64) -> ZoomFact {
        let meaning = pointee(new, size) ?? "was \(NumberFormat.bytes(old, size: size))"
        return ZoomFact(.writes, place(address), NumberFormat.bytes(new, size: size), meaning)
    }

    /// A value of a gate's frame.
    func push(_ value: UInt64, _ size: UInt8, to address: UInt32, _ label: String) -> ZoomFact {
        let field = names.frameFields[label].map { "frame field \($0)" }
        let meaning = [pointee(value, size), field].compactMap(\.self).joined(separator: ", ")
        return ZoomFact(
            .writes, "stack at \(hex(address))", NumberFormat.bytes(value, size: size), meaning.isEmpty ? nil : meaning)
    }

    /// The symbol that a doubleword points at or into.
    private func pointee(_ value: UInt64, _ size: UInt8) -> String? {
        size == 4 ? names.symbol(UInt32(truncatingIfNeeded: value)) : nil
    }

    /// `[esp+4] at 0012ffec`, `TSS.ESP0 at 80042004`, `memory at 00401000`.
    func place(_ address: UInt32) -> String {
        "\(stackSlot(address) ?? names.place(address) ?? "memory") at \(hex(address))"
    }

    private func stackSlot(_ address: UInt32) -> String? {
        let distance = Int32(bitPattern: address &- stack)
        guard (-64..<256).contains(distance) else { return nil }
        let digits = String(distance.magnitude, radix: 16)
        return distance == 0 ? "[esp]" : "[esp\(distance < 0 ? "-" : "+")\(digits)]"
    }

    private func msr(_ kind: ZoomFact.Kind, _ index: UInt32, _ value: UInt64) -> ZoomFact {
        let name = Self.msrNames[index].map { " \($0)" } ?? ""
        let size: UInt8 = value >> 32 == 0 ? 4 : 8
        let target = UInt32(truncatingIfNeeded: value)
        return ZoomFact(
            kind, "MSR \(NumberFormat.manual(index))\(name)", NumberFormat.bytes(value, size: size),
            names.symbol(target))
    }

    /// SDM vol. 4 and AMD's names.
    private static let msrNames: [UInt32: String] = [
        0x10: "IA32_TIME_STAMP_COUNTER", 0x174: "IA32_SYSENTER_CS", 0x175: "IA32_SYSENTER_ESP",
        0x176: "IA32_SYSENTER_EIP", 0xC000_0080: "EFER", 0xC000_0081: "STAR",
    ]

    private func segment(_ name: SegmentName, _ selector: UInt16, _ span: String, _ fixed: Bool) -> ZoomFact {
        let source = fixed ? "fixed: no table was read" : selector & ~3 == 0 ? "null" : nil
        let meaning =
            selector & ~3 == 0 && !fixed ? "null: unusable" : [span, source].compactMap(\.self).joined(separator: ", ")
        return ZoomFact(.loads, name.name.uppercased(), self.selector(selector), meaning)
    }

    private func gate(_ dpl: UInt8, _ ring: UInt8, _ counts: Bool) -> ZoomFact {
        let verdict =
            !counts
            ? "DPL does not count, no instruction asked"
            : dpl >= ring ? "allowed: DPL is at least CPL" : "refused: DPL is less than CPL"
        return ZoomFact(.checks, "gate", "DPL \(dpl), CPL \(ring)", verdict)
    }

    private func port(_ kind: ZoomFact.Kind, _ port: UInt16, _ size: UInt8, _ value: UInt32) -> ZoomFact {
        ZoomFact(kind, "port \(NumberFormat.manual(port))", NumberFormat.bytes(UInt64(value), size: size))
    }

    /// The physical address of a page-table entry that was read.
    func entry(of effect: Effect) -> String {
        if case .pageWalk(let entry, _) = effect { hex(entry) } else { "" }
    }

    private func hex(_ value: UInt32) -> String { NumberFormat.padded(value, to: 8) }
    private func selector(_ value: UInt16) -> String { NumberFormat.padded(value, to: 4) }

    private static func physical(_ entry: UInt32) -> String {
        "page-table entry at physical \(NumberFormat.padded(entry, to: 8))"
    }

    private static func marks(_ old: UInt32, _ new: UInt32) -> String {
        let bits = [(0x20, "accessed"), (0x40, "dirty")].filter { (old ^ new) & UInt32($0.0) != 0 }.map(\.1)
        return "\(bits.joined(separator: " and ")) set"
    }
}
