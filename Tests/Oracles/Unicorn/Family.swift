import Testing
import X86

/// One way to write an instruction, with everything else about it random.
struct Form: Sendable {
    /// The mnemonics that it covers.
    let names: [String]
    /// The flags that it depends on: in a sequence they must be defined.
    var reads: UInt32 = 0
    /// Whether it may stand in a sequence, where only the stack pointer's whereabouts are known.
    var inSequence = true
    let emit: @Sendable (inout CaseBuilder) -> Void

    init(
        _ names: [String], reads: UInt32 = 0, inSequence: Bool = true,
        _ emit: @escaping @Sendable (inout CaseBuilder) -> Void
    ) {
        self.names = names
        self.reads = reads
        self.inSequence = inSequence
        self.emit = emit
    }

    init(
        _ name: String, reads: UInt32 = 0, inSequence: Bool = true,
        _ emit: @escaping @Sendable (inout CaseBuilder) -> Void
    ) {
        self.init([name], reads: reads, inSequence: inSequence, emit)
    }
}

/// Instructions that are tested together.
struct Family: Sendable, CustomTestStringConvertible {
    let name: String
    let forms: [Form]

    var testDescription: String { name }

    static let all = [
        Family(name: "arithmetic", forms: Form.arithmetic), Family(name: "multiplication", forms: Form.multiplication),
        Family(name: "shifts and rotates", forms: Form.shifts), Family(name: "bits", forms: Form.bits),
        Family(name: "decimal adjustment", forms: Form.decimal), Family(name: "data movement", forms: Form.movement),
        Family(name: "exchange", forms: Form.exchange), Family(name: "flags", forms: Form.flagInstructions),
        Family(name: "stack", forms: Form.stack), Family(name: "branches", forms: Form.branches),
        Family(name: "strings", forms: Form.strings), Family(name: "segment registers", forms: Form.segments),
        Family(name: "refused in ring 3", forms: Form.refused),
    ]
    /// What remains of all families when instructions follow each other.
    static let sequences = all.flatMap(\.forms).filter(\.inSequence)

    /// The random case that belongs to a seed.
    func singleInstruction(seed: UInt64) -> GuestCase {
        var builder = CaseBuilder(seed: seed)
        builder.random.pick(forms).emit(&builder)
        return builder.guest
    }

    /// Two to six instructions that run into each other.
    static func sequence(seed: UInt64) -> GuestCase {
        var builder = CaseBuilder(seed: seed, isSequence: true)
        for _ in 0..<2 + builder.random.below(5) {
            let form = builder.random.pick(sequences)
            guard form.reads & builder.guest.undefinedFlags == 0 else { continue }
            form.emit(&builder)
        }
        if builder.guest.code.isEmpty { builder.emit([0x90]) }
        return builder.guest
    }

    /// All mnemonics that are generated.
    static var mnemonics: Set<String> { Set(all.flatMap(\.forms).flatMap(\.names)) }
}
