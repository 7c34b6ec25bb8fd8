import X86

/// How often an instruction touched something outside the processor's own registers.
public struct AccessCounts: Hashable, Sendable {
    /// Memory reads, by purpose.
    public private(set) var reads: [Effect.Purpose: Int] = [:]
    /// Memory writes: pushes, for an interrupt.
    public private(set) var writes = 0
    /// Model-specific registers read.
    public private(set) var modelSpecific = 0
    /// Entries of page tables read; the processor's TLB saves most of them.
    public private(set) var pageEntries = 0

    /// All memory reads, page tables apart.
    public var allReads: Int { reads.values.reduce(0, +) }
    /// Whether memory stays untouched.
    public var isFreeOfMemory: Bool { allReads == 0 && writes == 0 }

    /// What happened.
    public init(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .read(_, _, _, let purpose): reads[purpose, default: 0] += 1
            case .write: writes += 1
            case .readMSR: modelSpecific += 1
            case .pageWalk: pageEntries += 1
            default: break
            }
        }
    }

    /// What an instruction's page declares.
    init(_ steps: [MicroStep]) {
        for step in steps {
            switch step.access {
            case .read(let purpose): reads[purpose, default: 0] += 1
            case .write: writes += 1
            case nil: break
            }
            for case .modelSpecific(let count) in step.acts { modelSpecific += count }
        }
    }

    /// `5 memory reads (1 IDT gate, 2 descriptors, 2 TSS fields), 5 memory writes, no MSR`
    public var text: String {
        let memory =
            isFreeOfMemory
            ? ["no memory access"] : [Self.count(allReads, "memory read") + detail, Self.count(writes, "memory write")]
        return (memory + [Self.count(modelSpecific, "MSR read")]).joined(separator: ", ")
    }

    private var detail: String {
        let order: [(Effect.Purpose, String)] = [
            (.interruptGate, "IDT gate"), (.descriptor, "descriptor"), (.taskState, "TSS field"), (.operand, "operand"),
        ]
        let parts = order.compactMap { purpose, name in reads[purpose].map { Self.count($0, name) } }
        let isPlain = reads.keys.allSatisfy { $0 == .operand }
        return isPlain ? "" : " (\(parts.joined(separator: ", ")))"
    }

    static func count(_ count: Int, _ name: String) -> String {
        "\(count == 0 ? "no" : "\(count)") \(name)\(count == 1 ? "" : "s")"
    }
}

/// What another door between the same rings costs, as its page declares.
public struct DoorCost: Hashable, Sendable {
    /// `SYSENTER`
    public let name: String
    /// Its accesses.
    public let counts: AccessCounts

    private static let families = [["INT", "SYSENTER", "SYSCALL"], ["IRETD", "SYSEXIT", "SYSRET"]]

    /// The other doors in the direction of an instruction; none for one that is no door.
    static func others(than mnemonic: String) -> [DoorCost] {
        let name = mnemonic.uppercased()
        guard let family = families.first(where: { $0.contains(name) }) else { return [] }
        return family.filter { $0 != name }.compactMap { name in
            InstructionReference.named(name)?.entries.first.map {
                DoorCost(name: $0.forms.first ?? name, counts: AccessCounts($0.steps))
            }
        }
    }
}
