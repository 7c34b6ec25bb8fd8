import X86

/// One computer under a microscope: a processor, the image that it booted, and the names of its addresses.
public final class Machine {
    /// The processor with its memory.
    public var cpu: CPU
    /// What was booted.
    public let image: BootableImage
    /// How many steps were taken since power-on.
    public internal(set) var stepCount = 0

    /// The registers that a Multiboot loader promises (Multiboot specification 0.6.96, 3.2).
    private static let loaderMagic: UInt32 = 0x2BAD_B002

    /// A machine just before the image's first instruction.
    public init(image: BootableImage, model: CPUModel) {
        self.image = image
        cpu = CPU(model: model, memorySize: UInt32(MultibootImage.defaultMemorySize))
        for segment in image.layout.segments {
            cpu.loadPhysical(segment.bytes, at: segment.physicalAddress)
        }
        cpu.eip = image.layout.entry
        cpu[.eax] = Self.loaderMagic
    }

    /// The names of addresses.
    public var symbols: SymbolTable { image.symbols }

    /// Whether the processor executes nothing more by itself: it has shut down, or waits in HLT for an interrupt.
    public var hasStopped: Bool { cpu.isHalted || cpu.isShutDown }

    /// Executes one instruction and tells everything about it.
    public func step() -> TraceStep {
        var recorder = EffectRecorder()
        var step = nextStep()
        step.outcome = cpu.step(recording: &recorder)
        step.effects = recorder.effects
        step.hideRefusedFetch()
        stepCount += 1
        return step
    }

    /// The instruction that is about to execute: the same as ``step()``, with nothing executed yet.
    public func nextStep() -> TraceStep {
        let address = cpu.linearEIP
        let available = cpu.bytes(at: address, count: 15)
        let code = Self.intel.disassemble(available, at: address)
        return TraceStep(
            index: stepCount, before: cpu.state, address: address, bytes: Array(available.prefix(code.length)),
            code: code, location: symbols.location(of: UInt64(address)))
    }

    private static let intel = Disassembler(.intel)

    /// Why a run ended.
    public enum RunEnd: String, Hashable, Sendable {
        case reached
        case halted
        case shutdown
        case budget = "max-steps"
        case interrupted
    }

    /// Runs without recording until EIP is `address`.
    /// - Parameters:
    ///   - address: where to stop; `nil` to run until the machine stops.
    ///   - budget: the most steps to take.
    ///   - isInterrupted: asked every few thousand steps whether to give up.
    /// - Returns: why it ended. A machine that is already there does not run.
    @discardableResult
    public func run(
        to address: UInt32?, budget: Int = Machine.defaultBudget, isInterrupted: () -> Bool = { false }
    ) -> RunEnd {
        var left = budget
        while left > 0 {
            let chunk = min(left, 65_536)
            let (outcome, steps) = cpu.run(budget: chunk, until: address)
            stepCount += steps
            left -= chunk
            if outcome == .halted { return .halted }
            if outcome == .shutdown { return .shutdown }
            if cpu.eip == address { return .reached }
            if isInterrupted() { return .interrupted }
        }
        return .budget
    }

    /// A generous bound for a run that a lesson asks for; a boot takes about a thousand steps.
    public static let defaultBudget = 2_000_000
}
