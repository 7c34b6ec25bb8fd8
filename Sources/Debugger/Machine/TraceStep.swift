import X86

/// One executed instruction, or one round of a repeated string instruction.
public struct TraceStep: Sendable {
    /// How many steps the machine had taken before, counted from power-on.
    public let index: Int
    /// The registers before it.
    public let before: RegisterState
    /// Its linear address.
    public let address: UInt32
    /// Its bytes; empty where no page is present, or where the processor was refused them.
    public private(set) var bytes: [UInt8]
    /// Its text, in Intel syntax.
    public private(set) var code: Disassembly
    /// The nearest symbol, if one covers the address.
    public let location: SymbolLocation?
    /// What it did, in order; empty until it is executed.
    public internal(set) var effects: [Effect] = []
    /// What became of it; `nil` until it is executed.
    public internal(set) var outcome: StepOutcome?

    init(
        index: Int, before: RegisterState, address: UInt32, bytes: [UInt8], code: Disassembly,
        location: SymbolLocation?
    ) {
        self.index = index
        self.before = before
        self.address = address
        self.bytes = bytes
        self.code = code
        self.location = location
    }

    /// The exception that it raised, if any.
    public var exception: Exception? {
        if case .exception(let exception) = outcome { return exception }
        return nil
    }

    /// Whether the instruction itself could not be read: ring 3 that jumps into the kernel learns nothing of it.
    public var isFetchRefused: Bool {
        guard let exception, exception.vector == .pageFault, exception.address == address else { return false }
        return (exception.errorCode ?? 0) & 2 == 0  // A write to the instruction's own address is no fetch.
    }

    /// The step as a user-mode debugger sees it: what happened in the kernel is part of the instruction.
    public var seenFromUserMode: TraceStep {
        var step = self
        step.effects = []
        step.outcome = .executed
        return step
    }

    /// Takes the bytes back that a debugger can see and the processor could not.
    mutating func hideRefusedFetch() {
        guard isFetchRefused else { return }
        bytes = []
        code = .notFetched
    }
}
