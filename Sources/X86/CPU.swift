/// A 32-bit x86 processor with its RAM: rings, segments, paging, exceptions, and the instructions of the
/// Pentium II without the x87, MMX and SSE units.
///
/// It starts as a Multiboot loader leaves a machine: protected mode, flat segments, ring 0, paging off,
/// interrupts off. Whatever the guest does, nothing here traps or loops in the host: an exception goes
/// through the guest's IDT, and three of them on top of each other are a shutdown.
public struct CPU: ~Copyable {
    /// The processor that this one behaves as.
    public let model: CPUModel

    let general = RegisterFile()
    /// The offset of the next instruction in CS.
    public var eip: UInt32 = 0
    var nextEIP: UInt32 = 0
    var flags: UInt32 = Flags.reserved
    /// The current privilege level, 0–3.
    public internal(set) var cpl: UInt8 = 0
    let segments = SegmentFile()
    var taskRegister = SegmentRegister(selector: 0, base: 0, limit: 0xFFFF, attributes: 0x8B)
    var localTable = SegmentRegister(selector: 0, base: 0, limit: 0xFFFF, attributes: 0x82)
    /// The register that locates the global descriptor table.
    public internal(set) var gdtr = TableRegister()
    /// The register that locates the interrupt descriptor table.
    public internal(set) var idtr = TableRegister()
    var control = ControlRegisters()
    var debugRegisters = InlineArray<8, UInt32>(repeating: 0)
    /// The model-specific registers of the system-call instructions.
    public internal(set) var msrs = ModelSpecificRegisters()

    var physical: PhysicalMemory
    let tlb = TLB()
    let decoder = Decoder()
    var decoded: DecodeCache
    var window = CodeWindow()

    /// What the guest wrote to port E9h, the debug console of Bochs and QEMU.
    public internal(set) var console = DebugConsole()
    /// Instructions completed since the start.
    public internal(set) var instructionCount: UInt64 = 0
    /// What the guest has set the time-stamp counter ahead by.
    var timeStampOffset: UInt64 = 0
    /// HLT was executed, and no interrupt has come since.
    public internal(set) var isHalted = false
    /// The processor stopped after a triple fault.
    public internal(set) var isShutDown = false
    /// What the last instruction did that bears on the instruction boundary behind it.
    var boundary: InstructionBoundary = []
    /// What waits for an instruction boundary.
    var events = PendingEvents()
    /// RAM as it was at the last checkpoint; empty before the first.
    var savedPages: [SavedPage] = []
    /// Empty if the next step is just an instruction.
    var attention: Attention = []

    /// A processor in front of `memorySize` bytes of zeroed RAM.
    public init(model: CPUModel, memorySize: UInt32 = 16 << 20) {
        self.model = model
        physical = PhysicalMemory(size: memorySize)
        decoded = DecodeCache(pageCount: physical.pageCount)
        segments[.cs] = .flatCode(selector: 0x08, dpl: 0)
        debugRegisters[6] = 0xFFFF_0FF0
        debugRegisters[7] = 0x0000_0400
    }
}

/// What one step did.
public enum StepOutcome: Hashable, Sendable {
    /// An instruction, or one round of a repeated string instruction, completed.
    case executed
    /// An exception was raised and its handler is about to run. If raising it raised another, this is the one
    /// that was delivered.
    case exception(Exception)
    /// The handler of an external interrupt or an NMI is about to run.
    case interrupt(vector: UInt8)
    /// The processor waits in HLT and nothing that could wake it has been requested. Only a caller that requests an
    /// interrupt makes a further step worth its while; with IF clear it takes an NMI.
    case halted
    /// Triple fault.
    case shutdown
}

extension CPU {
    /// Executes one instruction, or delivers the exception that it raises through the guest's IDT.
    public mutating func step() -> StepOutcome {
        var tracer = NoTracer()
        return step(&tracer)
    }

    /// Executes one instruction and records everything that happens inside it.
    public mutating func step(recording recorder: inout EffectRecorder) -> StepOutcome { step(&recorder) }

    /// Runs until the processor halts or shuts down, the next instruction is the one at `stop`, or `budget` steps are
    /// done. Exceptions and interrupts are delivered on the way.
    /// - Returns: the last step's outcome and how many steps were taken.
    public mutating func run(budget: Int, until stop: UInt32? = nil) -> (outcome: StepOutcome, steps: Int) {
        var tracer = NoTracer()
        return run(budget: budget, until: stop, &tracer)
    }

    /// Runs as `run(budget:until:)` does and records everything that happens.
    public mutating func run(
        budget: Int, until stop: UInt32? = nil, recording recorder: inout EffectRecorder
    ) -> (outcome: StepOutcome, steps: Int) {
        run(budget: budget, until: stop, &recorder)
    }

    @inline(__always)
    mutating func run<T: BurstTracer>(
        budget: Int, until stop: UInt32?, _ tracer: inout T
    ) -> (outcome: StepOutcome, steps: Int) {
        var count = 0
        while true {
            if attention.isEmpty { count &+= burst(atMost: budget &- count, until: stop, &tracer) }
            if count >= budget || eip == stop { return (.executed, count) }
            let outcome = step(&tracer)
            if outcome == .halted || outcome == .shutdown { return (outcome, count) }
            count &+= 1
        }
    }

    /// Executes one instruction without delivering anything: the exception is thrown to the caller, and the
    /// registers are as before the instruction. For scripts that test single instructions.
    public mutating func executeUndelivered() throws(Exception) {
        var tracer = NoTracer()
        try executeApart(&tracer)
    }

    @inline(__always)
    private mutating func step<T: Tracer>(_ tracer: inout T) -> StepOutcome {
        guard attention.isEmpty else { return attentiveStep(&tracer) }
        do {
            try execute(&tracer)
            return .executed
        } catch {
            return deliver(error, &tracer)
        }
    }

    @inline(__always)
    private mutating func execute<T: Tracer>(_ tracer: inout T) throws(Exception) {
        try execute(try fetch(&tracer), &tracer)
    }

    @inline(__always)
    mutating func execute<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        nextEIP = eip &+ UInt32(instruction.length)
        try perform(instruction, &tracer)
        eip = nextEIP
        instructionCount &+= 1
    }

    /// The same as a function of its own, for whoever is not in a hurry: the hot loop has all semantics inlined.
    @inline(never)
    mutating func executeApart<T: Tracer>(_ tracer: inout T) throws(Exception) { try execute(&tracer) }
}
