import X86

/// What a search through the past looks at: each recorded step, executed again.
protocol StepProbe {
    /// What it finds.
    associatedtype Finding
    /// Whether effects must be recorded for it, which takes longer.
    var needsEffects: Bool { get }

    /// A step is about to be executed.
    mutating func willStep(_ machine: Machine)

    /// It was executed.
    /// - Returns: a finding, if the step is what is looked for.
    mutating func didStep(_ machine: Machine, _ outcome: StepOutcome, _ effects: [Effect]) -> Finding?

    /// The finding that ends the search among those of a stretch, ascending; stretches come latest first.
    mutating func choose(from found: [(step: Int, finding: Finding)]) -> (step: Int, finding: Finding)?
}

extension StepProbe {
    mutating func choose(from found: [(step: Int, finding: Finding)]) -> (step: Int, finding: Finding)? {
        found.last
    }
}

/// How a search through the past ended.
enum SearchEnd<Finding> {
    /// The machine is just before the step.
    case found(step: Int, Finding)
    /// There is none; the machine is where it was.
    case nothing
    /// Somebody gave up; the machine is where it was.
    case interrupted
}

extension Timeline {
    /// Looks for the latest step that a probe finds, from `floor` up to the present, and goes to the moment before it.
    func search<Probe: StepProbe>(
        _ probe: inout Probe, from floor: Int, _ monitor: TravelMonitor
    ) -> SearchEnd<Probe.Finding> {
        let origin = moment
        guard let last = checkpoints.index(upTo: origin), floor < origin.step else { return .nothing }
        var end = origin.step
        for index in (0...last).reversed() where end > floor {
            let entry = checkpoints.entries[index]
            guard let found = findings(of: &probe, from: entry, floor, to: end, monitor) else {
                travel(to: origin)
                return .interrupted
            }
            if let chosen = probe.choose(from: found) {
                travel(to: moment(before: chosen.step))
                return .found(step: chosen.step, chosen.finding)
            }
            end = min(end, entry.moment.step)
            monitor.progress(end)
        }
        travel(to: origin)
        return .nothing
    }

    /// - Returns: what the probe finds between a checkpoint and a later step; `nil` if it was interrupted.
    private func findings<Probe: StepProbe>(
        of probe: inout Probe, from entry: CheckpointStore.Entry, _ floor: Int, to end: Int, _ monitor: TravelMonitor
    ) -> [(step: Int, finding: Probe.Finding)]? {
        restore(entry)
        let first = max(floor, position)
        if first > position { travel(to: moment(before: first)) }
        forgetJournal()
        var found: [(step: Int, finding: Probe.Finding)] = []
        var recorder = EffectRecorder()
        while position < end {
            if position & 0xFFF == 0, monitor.isInterrupted() { return nil }
            let step = position
            repeatEvents(upTo: events.count)
            probe.willStep(machine)
            let outcome = machine.repeatStep(probe.needsEffects, &recorder)
            if let finding = probe.didStep(machine, outcome, recorder.effects) { found.append((step, finding)) }
        }
        return found
    }
}

extension Machine {
    fileprivate func repeatStep(_ needsEffects: Bool, _ recorder: inout EffectRecorder) -> StepOutcome {
        stepCount += 1
        guard needsEffects else { return cpu.step() }
        recorder.removeAll()
        return cpu.step(recording: &recorder)
    }
}
