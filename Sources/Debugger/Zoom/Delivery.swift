import X86

/// How the processor entered the handler of an exception or interrupt.
public struct Delivery: Hashable, Sendable {
    /// A value on the handler's stack.
    public struct Slot: Hashable, Sendable {
        /// Where it lies.
        public let address: UInt32
        /// In hexadecimal digits.
        public let value: String
        /// `EIP`, `error code`.
        public let name: String
        /// What the operating system calls it, if that is known: `ErrCode`.
        public let field: String?
        /// What the value means.
        public let meaning: String?
    }

    /// Which handler.
    public let vector: UInt8?
    /// `nt!KiTrap0E`, or the address without a symbol; `nil` if it was not reached.
    public let handler: String?
    /// What happened on the way, the pushes apart.
    public let steps: [ZoomStep]
    /// What the handler finds, ESP first; empty behind a task gate.
    public let frame: [Slot]

    /// - Parameter errorCode: whether one is pushed behind the frame.
    init(_ effects: [Effect], errorCode: Bool, isWhole: Bool, _ writer: FactWriter) {
        let pushes = effects.pushes
        let declared = (InstructionReference.interrupt?.steps ?? []).filter { $0.access != .write }
        var alignment = StepAlignment(declared, pushed: 0, writer)
        for effect in effects where !effect.isPageTable && !pushes.contains(effect) { alignment.add(effect) }
        steps = alignment.steps(isWhole: false)
        vector = effects.lazy.compactMap { if case .checkGate(let vector, _, _, _) = $0 { vector } else { nil } }.first
        handler = isWhole ? Self.handler(effects, writer.names) : nil
        let isTask = effects.contains { if case .switchTask = $0 { true } else { false } }
        frame = isTask || !isWhole ? [] : Self.frame(pushes, errorCode: errorCode, writer.names)
    }

    private static func handler(_ effects: [Effect], _ names: PlaceNames) -> String? {
        effects.lazy.compactMap { effect -> String? in
            guard case .read(_, _, let raw, .interruptGate) = effect else { return nil }
            let offset = Descriptor(raw: raw).gateOffset
            return names.symbol(offset) ?? NumberFormat.padded(offset, to: 8)
        }.first
    }

    private static func frame(_ pushes: [Effect], errorCode: Bool, _ names: PlaceNames) -> [Slot] {
        let labels = frameLabels.suffix(max(0, pushes.count - (errorCode ? 1 : 0))) + (errorCode ? ["error code"] : [])
        return zip(pushes, labels).compactMap { effect, label -> Slot? in
            guard case .write(let address, let size, _, let value) = effect else { return nil }
            return Slot(
                address: address, value: NumberFormat.bytes(value, size: size), name: label,
                field: names.frameFields[label], meaning: meaning(label, UInt32(truncatingIfNeeded: value), names))
        }.reversed()
    }

    /// What a gate pushes on the way to an inner ring, in this order; without a change of ring without the first two.
    static let frameLabels = ["SS", "ESP", "EFLAGS", "CS", "EIP"]

    private static func meaning(_ label: String, _ value: UInt32, _ names: PlaceNames) -> String? {
        switch label {
        case "EIP": names.symbol(value)
        case "CS": "ring \(value & 3)"
        case "EFLAGS":
            Flags.names.filter { value & $0.mask != 0 }.map { $0.name.uppercased() }.joined(separator: " ")
        default: nil
        }
    }
}

extension InstructionReference {
    /// INT n's page: exceptions and interrupts go the same way.
    static let interrupt = named("int")?.entries.first
}

extension Effect {
    var isPageTable: Bool {
        switch self {
        case .pageWalk, .pageMark: true
        default: false
        }
    }
}

extension [Effect] {
    /// The memory writes, without the processor's own marks in descriptors.
    var pushes: [Effect] {
        var access: UInt32?
        return filter { effect in
            switch effect {
            case .read(let address, _, _, .descriptor):
                access = address &+ 5
                return false
            case .write(let address, _, _, _): return address != access
            default: return false
            }
        }
    }
}
