extension CPU {
    /// Executes one step as ``step()`` does and records how to undo it.
    public mutating func step(recording journal: Journal) -> StepOutcome {
        var recorder = JournalRecorder(journal)
        defer { recorder.finish() }
        return step(&recorder)
    }

    /// Runs as ``run(budget:until:)`` does and records how to undo each step.
    public mutating func run(
        budget: Int, until stop: UInt32? = nil, recording journal: Journal
    ) -> (outcome: StepOutcome, steps: Int) {
        var recorder = JournalRecorder(journal)
        defer { recorder.finish() }
        var count = 0
        while true {
            if attention.isEmpty { count &+= burst(atMost: budget &- count, until: stop, &recorder) }
            if count >= budget || eip == stop { return (.executed, count) }
            let outcome = step(&recorder)
            if outcome == .halted || outcome == .shutdown { return (outcome, count) }
            count &+= 1
        }
    }

    /// Undoes the last recorded steps: afterwards the processor and its memory are, bit for bit, as they were before
    /// them. Between the steps and this call nothing else may have changed them.
    ///
    /// The open page of code is forgotten: what is executed next asks the TLB once more than the first time. Whoever
    /// needs the same TLB again restores a checkpoint and executes from there.
    /// - Returns: how many steps were undone; fewer than `count` where the journal begins.
    @discardableResult
    public mutating func stepBack(_ journal: Journal, count: Int = 1) -> Int {
        var undone = 0
        while undone < count, let chunk = journal.chunkToUndo() {
            undoLastStep(of: chunk)
            undone += 1
        }
        window.close()
        updateAttention()
        return undone
    }

    // MARK: Recording

    @inline(__always)
    private mutating func step(_ recorder: inout JournalRecorder) -> StepOutcome {
        recorder.begin(general.view, eip: eip, flags: flags, boundary: boundary)
        guard attention.isEmpty else { return recordAttentiveStep(&recorder) }
        do {
            let instruction = try fetch(&recorder)
            if !instruction.operation.isPlain { keepSystemState(&recorder) }
            try execute(instruction, &recorder)
            recorder.commit()
            return .executed
        } catch {
            return recordDelivery(error, &recorder)
        }
    }

    @inline(never)
    private mutating func keepSystemState(_ recorder: inout JournalRecorder) { recorder.keep(systemState) }

    /// A plain instruction that faults has left the system state alone so far.
    @inline(never)
    private mutating func recordDelivery(_ exception: Exception, _ recorder: inout JournalRecorder) -> StepOutcome {
        recorder.keep(systemState)
        let outcome = deliver(exception, &recorder)
        recorder.commit()
        return outcome
    }

    @inline(never)
    private mutating func recordAttentiveStep(_ recorder: inout JournalRecorder) -> StepOutcome {
        let wasShutDown = isShutDown
        recorder.keep(systemState)
        let outcome = attentiveStep(&recorder)
        if outcome == .halted || wasShutDown { recorder.cancel() } else { recorder.commit() }
        return outcome
    }

    // MARK: Undoing

    private mutating func undoLastStep(of chunk: JournalChunk) {
        chunk.stepCount -= 1
        let step = chunk.steps[chunk.stepCount]
        while chunk.overwriteCount > Int(step.overwrites) {
            chunk.overwriteCount -= 1
            undo(chunk.overwrites[chunk.overwriteCount].state)
        }
        if step.hasSystemState {
            chunk.systemStateCount -= 1
            restore(chunk.systemStates[chunk.systemStateCount])
        } else {
            instructionCount &-= 1
        }
        general.view.packed = step.general
        eip = step.eip
        flags = step.flags
        boundary = step.boundary
    }

    private mutating func undo(_ state: OverwrittenState) {
        switch state {
        case .memory(let address, let size, let old):
            switch size {
            case 1: physical.store(UInt8(truncatingIfNeeded: old), at: address)
            case 2: physical.store(UInt16(truncatingIfNeeded: old), at: address)
            case 4: physical.store(UInt32(truncatingIfNeeded: old), at: address)
            default: physical.store(old, at: address)
            }
            decoded.noteWrite(at: address, size: UInt32(size))
        case .translation(let slot, let page, let frame, let rights):
            let entry = TLB.Entry(page: page, frame: frame, rights: TLB.Rights(rawValue: rights))
            tlb.restore(slot: Int(slot), entry)
        }
    }
}
