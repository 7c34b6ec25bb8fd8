import X86

/// A stretch of a machine's run, recorded.
public struct Trace: Sendable {
    /// The instructions, in order.
    public let steps: [TraceStep]
    /// The registers after the last one.
    public let after: RegisterState
    /// Why the recording ended.
    public let end: Machine.RunEnd
    /// What the guest printed meanwhile.
    public let output: [UInt8]
}

extension Machine {
    /// Records until EIP is `address`, at least one step.
    /// - Parameters:
    ///   - address: where to stop; `nil` to record until the machine stops.
    ///   - budget: the most steps to record.
    ///   - isInterrupted: asked at each step whether to give up.
    ///   - observe: called with each step as it is done.
    public func trace(
        to address: UInt32?, budget: Int = Machine.traceBudget, isInterrupted: () -> Bool = { false },
        observe: (TraceStep) -> Void = { _ in }
    ) -> Trace {
        var steps: [TraceStep] = []
        let printed = cpu.console.bytes.count
        let end = record(to: address, budget: budget, isInterrupted: isInterrupted) {
            steps.append($0)
            observe($0)
        }
        return Trace(
            steps: steps, after: cpu.state, end: end, output: Array(cpu.console.bytes.dropFirst(printed)))
    }

    /// Like ``trace(to:budget:isInterrupted:observe:)``, but keeps nothing: for runs of any length.
    @discardableResult
    public func record(
        to address: UInt32?, budget: Int, isInterrupted: () -> Bool = { false },
        _ observe: (TraceStep) -> Void
    ) -> RunEnd {
        for count in 0..<max(0, budget) {
            if cpu.isShutDown { return .shutdown }
            if isIdle { return .halted }
            if count > 0, cpu.eip == address { return .reached }
            if isInterrupted() { return .interrupted }
            observe(step())
        }
        if cpu.isShutDown { return .shutdown }
        return cpu.eip == address ? .reached : isIdle ? .halted : .budget
    }

    /// The most steps that a trace keeps in memory.
    public static let traceBudget = 100_000
}
