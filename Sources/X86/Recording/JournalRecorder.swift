/// Writes a journal while the processor runs: its own copy of the chunk's ends, so that a step costs a few stores.
struct JournalRecorder: Tracer {
    private let journal: Journal
    private var chunk: JournalChunk
    private var step: UnsafeMutablePointer<JournaledStep>
    /// From here on the next step needs another chunk.
    private var lastStep: UnsafeMutablePointer<JournaledStep>
    private var overwrite: UnsafeMutablePointer<Overwrite>
    private var lastOverwrite: UnsafeMutablePointer<Overwrite>

    init(_ journal: Journal) {
        self.journal = journal
        chunk = journal.newest
        step = chunk.steps + chunk.stepCount
        lastStep = step
        overwrite = chunk.overwrites + chunk.overwriteCount
        lastOverwrite = overwrite
        open(chunk)
    }

    private mutating func open(_ chunk: JournalChunk) {
        self.chunk = chunk
        step = chunk.steps + chunk.stepCount
        overwrite = chunk.overwrites + chunk.overwriteCount
        lastOverwrite = chunk.overwrites + JournalChunk.mostOverwrites
        let isFull =
            overwrite >= lastOverwrite || chunk.systemStateCount == JournalChunk.mostSystemStates
        lastStep = isFull ? step : chunk.steps + JournalChunk.mostSteps
    }

    /// Must be called when the run is over: the journal learns what was written.
    func finish() {
        chunk.stepCount = step - chunk.steps
        chunk.overwriteCount = overwrite - chunk.overwrites
    }

    // MARK: Steps

    @inline(__always)
    mutating func begin(
        _ general: RegisterFile.View, eip: UInt32, flags: UInt32, boundary: InstructionBoundary
    ) {
        if step >= lastStep { continueInNextChunk() }
        step.initialize(
            to: JournaledStep(
                general: general.packed, eip: eip, flags: flags,
                overwrites: UInt32(truncatingIfNeeded: overwrite - chunk.overwrites), boundary: boundary,
                hasSystemState: false))
    }

    @inline(__always)
    mutating func commit() { step += 1 }

    /// The step that was begun changed nothing.
    func cancel() { if step.pointee.hasSystemState { chunk.systemStateCount -= 1 } }

    /// The step that was begun may change the system state, or has raised an exception; once is enough.
    mutating func keep(_ state: SystemState) {
        guard !step.pointee.hasSystemState else { return }
        step.pointee.hasSystemState = true
        (chunk.systemStates + chunk.systemStateCount).initialize(to: state)
        chunk.systemStateCount += 1
        if chunk.systemStateCount == JournalChunk.mostSystemStates { lastStep = step }
    }

    @inline(never)
    private mutating func continueInNextChunk() {
        finish()
        open(journal.addChunk())
    }

    // MARK: Tracer

    @inline(__always)
    mutating func record(_ effect: @autoclosure () -> Effect) {}

    @inline(__always)
    mutating func willOverwrite(_ state: @autoclosure () -> OverwrittenState) {
        if overwrite >= lastOverwrite, !hasRoom() { return }
        overwrite.initialize(to: Overwrite(state()))
        overwrite += 1
    }

    /// Past the mark, the step that is being recorded is the chunk's last; no step overwrites more than fits.
    @inline(never)
    private mutating func hasRoom() -> Bool {
        lastStep = step
        return overwrite < lastOverwrite + JournalChunk.roomForStep
    }
}
