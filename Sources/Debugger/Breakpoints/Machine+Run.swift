import X86

/// Why a run with breakpoints ended.
public enum RunStop: Hashable, Sendable {
    case breakpoints([BreakpointHit])
    /// The goal.
    case reached
    case halted
    case shutdown
    /// As many steps as were allowed.
    case budget
    case interrupted
}

extension Machine {
    /// Runs, at least one step, until a breakpoint, the goal, or the machine's end.
    ///
    /// Effects are recorded only if a watchpoint needs them.
    /// - Parameters:
    ///   - goal: what the run is after; a breakpoint at the same place is reported first.
    ///   - breakpoints: passes are counted, one-shots go away. The instruction at which the run begins does not stop it.
    ///   - budget: the most steps to take.
    ///   - isInterrupted: asked every few thousand steps whether to give up.
    public func run(
        to goal: RunGoal, breakpoints: inout BreakpointTable, budget: Int, isInterrupted: () -> Bool = { false }
    ) -> RunStop {
        var watcher = GoalWatcher(goal, on: self)
        let context = MachineContext(self)
        for count in 0..<max(0, budget) {
            if cpu.isShutDown { return .shutdown }
            if cpu.isHalted { return .halted }
            if count % 4096 == 0, isInterrupted() { return .interrupted }
            watcher.note(before: self)
            var hits = stepQuietly(watching: &breakpoints, in: context)
            if !hasStopped { hits += breakpoints.hits(before: cpu.linearEIP, in: context) }
            if !hits.isEmpty { return .breakpoints(hits) }
            if watcher.isReached(by: self) { return .reached }
        }
        return cpu.isShutDown ? .shutdown : cpu.isHalted ? .halted : .budget
    }

    private func stepQuietly(
        watching breakpoints: inout BreakpointTable, in context: MachineContext
    ) -> [BreakpointHit] {
        stepCount += 1
        guard breakpoints.watchesData else {
            _ = cpu.step()
            return []
        }
        var recorder = EffectRecorder()
        _ = cpu.step(recording: &recorder)
        return breakpoints.hits(after: recorder.effects, in: context)
    }
}
