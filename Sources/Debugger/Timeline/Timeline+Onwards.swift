import X86

/// Onwards from the present moment. In the past that forgets what was recorded ahead: it is going to be different.
extension Timeline {
    /// What every way onwards forgets; nothing at the end of the recording.
    public var ahead: TimelineFork? {
        guard isInPast else { return nil }
        let now = moment
        return TimelineFork(
            step: position, steps: end - position, events: Array(events[happened...]),
            marks: marks.filter { $0.moment > now })
    }

    /// Forgets what is recorded ahead, as every way onwards does by itself.
    /// - Returns: what was forgotten; nothing at the end of the recording.
    @discardableResult
    public func fork() -> TimelineFork? {
        prepareToRecord()
        guard let fork = ahead else { return nil }
        let now = moment
        events.removeSubrange(happened...)
        marks.removeAll { $0.moment > now }
        checkpoints.removeAll(after: now)
        end = position
        return fork
    }

    private func prepareToRecord() {
        forgetJournal()
        if !isAsRecorded { travel(to: moment) }
    }

    /// Executes one instruction and tells everything about it.
    /// - Returns: nothing if the machine has stopped.
    public func step() -> TraceStep? {
        guard !machine.hasStopped else { return nil }
        fork()
        keepCheckpointIfDue()
        defer { end = position }
        return machine.step()
    }

    /// Runs as ``Machine/run(to:breakpoints:budget:isInterrupted:)`` does.
    public func run(
        to goal: RunGoal, breakpoints: inout BreakpointTable, budget: Int, isInterrupted: () -> Bool = { false }
    ) -> RunStop {
        fork()
        defer { end = position }
        if let address = plainTarget(of: goal), !breakpoints.canStop {
            return runFast(to: address, budget: budget, isInterrupted)
        }
        return machine.run(
            to: goal, breakpoints: &breakpoints, budget: budget, isInterrupted: isInterrupted,
            beforeStep: keepCheckpointIfDue)
    }

    /// Takes so many steps, or fewer if the machine stops or somebody interrupts.
    /// - Returns: how many steps were taken.
    @discardableResult
    public func run(steps: Int, isInterrupted: () -> Bool = { false }) -> Int {
        let first = position
        fork()
        _ = runFast(to: nil, budget: steps, isInterrupted)
        end = position
        return position - first
    }

    /// Where a run ends that need not look at each step: the outer `nil` means that it must, the inner one no address.
    private func plainTarget(of goal: RunGoal) -> UInt32?? {
        switch goal {
        case .none: .some(nil)
        case .address(let address) where machine.cpu.segment(.cs).base == 0: .some(address)
        case .address, .functionReturn, .userMode: nil
        }
    }

    private func runFast(to address: UInt32?, budget: Int, _ isInterrupted: () -> Bool) -> RunStop {
        var left = max(0, budget)
        // The instruction at which a run begins does not end it.
        var isFirst = address == machine.cpu.eip
        while left > 0, !machine.hasStopped {
            if isInterrupted() { return .interrupted }
            keepCheckpointIfDue()
            let chunk = isFirst ? 1 : min(left, checkpoints.spacing, Self.patience)
            left -= machine.advance(by: chunk, until: isFirst ? nil : address)
            isFirst = false
            if machine.cpu.eip == address, !machine.hasStopped { return .reached }
        }
        return machine.cpu.isShutDown ? .shutdown : machine.hasStopped ? .halted : .budget
    }

    /// How many steps are taken before somebody is asked whether to give up.
    static let patience = 1 << 16

    // MARK: From outside

    /// Makes a change by hand.
    /// - Throws: why it is impossible; then nothing has changed, and nothing was forgotten.
    @discardableResult
    public func apply(_ edit: MachineEdit) throws(EditError) -> AppliedEdit {
        prepareToRecord()
        let inverse = try edit.apply(to: machine)
        add(TimelineEvent(step: position, kind: .edit(edit, inverse: inverse)))
        return AppliedEdit(step: position, edit: edit, inverse: inverse)
    }

    /// Requests an interrupt on INTR; it is taken as soon as the processor accepts one.
    public func requestInterrupt(vector: UInt8) {
        prepareToRecord()
        machine.cpu.requestInterrupt(vector: vector)
        add(TimelineEvent(step: position, kind: .interrupt(vector: vector)))
    }

    /// Requests an NMI.
    public func requestNMI() {
        prepareToRecord()
        machine.cpu.requestNMI()
        add(TimelineEvent(step: position, kind: .nonMaskableInterrupt))
    }

    private func add(_ event: TimelineEvent) {
        fork()
        events.append(event)
        happened += 1
    }

    /// Takes the last change by hand back and forgets it, with everything behind it.
    /// - Throws: that there is none, or that the machine has run on since.
    @discardableResult
    public func undoEdit() throws(EditError) -> AppliedEdit {
        guard let last = events[..<happened].last(where: { $0.edit != nil })?.edit else {
            throw EditError("nothing was changed")
        }
        guard happened > 0, events[happened - 1].edit == last, last.step == position else {
            throw EditError(
                "the machine has run on since the last change", note: "!tt \(last.step) goes back to it")
        }
        travel(to: Moment(step: position, events: happened - 1))
        fork()
        return last
    }
}

extension Machine {
    /// Runs without looking at anything.
    /// - Returns: how many steps were taken, the one that shuts the processor down included.
    func advance(by budget: Int, until address: UInt32? = nil, recording journal: Journal? = nil) -> Int {
        let wasShutDown = cpu.isShutDown
        let end: (outcome: StepOutcome, steps: Int)
        if let journal {
            end = cpu.run(budget: budget, until: address, recording: journal)
        } else {
            end = cpu.run(budget: budget, until: address)
        }
        let taken = end.steps + (end.outcome == .shutdown && !wasShutDown ? 1 : 0)
        stepCount += taken
        return taken
    }
}
