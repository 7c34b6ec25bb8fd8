/// What this processor does for one operation: the text beside its semantics.
public struct InstructionEntry: Sendable {
    /// How the instruction's memory operand or its use of the stack can fault.
    public enum MemoryUse: Hashable, Sendable {
        case none, read, write, update, push, pop
    }

    /// The forms that an assembler accepts: "MOV destination, source".
    public let forms: [String]
    /// A sentence without a full stop, a verb first: "copies the source to the destination".
    public let summary: String
    /// Whole paragraphs.
    public let detail: [String]
    /// The instruction's own checks, in the order in which they are made; those of an operand's segment and page are
    /// in ``memory``.
    public let checks: [FaultRule]
    /// What becomes of EFLAGS when the instruction completes.
    public let flags: FlagEffects
    /// What memory the operand or the stack touches.
    public let memory: MemoryUse
    /// Whether a LOCK prefix is allowed, with a destination in memory.
    public let allowsLock: Bool
    /// What ``steps`` describes: "INT n from ring 3 to ring 0"; empty without steps.
    public let stepsTitle: String
    /// What happens inside, in order; empty where there is nothing to see.
    public let steps: [MicroStep]
    /// Where the manuals describe it.
    public let sources: [ManualSection]
    /// Which semantics this is about; `nil` for a prefix.
    var operation: Operation?

    init(
        _ forms: String..., does summary: String, _ detail: [String] = [], checks: [FaultRule] = [],
        flags: FlagEffects = .none, memory: MemoryUse = .none, lock: Bool = false, stepsTitle: String = "",
        steps: [MicroStep] = [], sources: ManualSection...
    ) {
        self.forms = forms
        self.summary = summary
        self.detail = detail
        self.checks = checks
        self.flags = flags
        self.memory = memory
        self.allowsLock = lock
        self.stepsTitle = stepsTitle
        self.steps = steps
        self.sources = sources
    }

    /// The models that execute it, oldest first.
    public var models: [CPUModel] { CPUModel.all.filter(isExecuted) }

    /// The models on which it is an undefined opcode, #UD.
    public var modelsWithout: [CPUModel] { CPUModel.all.filter { !isExecuted(by: $0) } }

    private func isExecuted(by model: CPUModel) -> Bool { operation.map(model.executes) ?? true }
}

extension InstructionEntry.MemoryUse {
    /// The faults of the operand's segment and page, as a sentence; empty for no memory.
    public var faults: String {
        switch self {
        case .none: ""
        case .read: "A source in memory must be readable" + Self.consequence
        case .write, .update: "A destination in memory must be writable, a source readable" + Self.consequence
        case .push: "The room below ESP must be writable stack: else #SS(0) by the segment or #PF(code) by the page."
        case .pop: "The stack at ESP must be readable: else #SS(0) by the segment or #PF(code) by the page."
        }
    }

    private static let consequence =
        ": else #GP(0), or #SS(0) in the stack segment, or #PF(code) by the page, or #AC(0) if it is misaligned in "
        + "ring 3 and both CR0.AM and EFLAGS.AC are set."
}
