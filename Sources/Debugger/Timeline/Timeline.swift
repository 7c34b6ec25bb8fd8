import X86

/// A machine's run with its past: every moment since the recording began can be returned to, bit for bit.
///
/// Nothing is recorded step by step. Checkpoints are kept now and then, and what came from outside (changes by hand,
/// interrupts) with its place; the rest is executed again, which the processor does the same way each time. For steps
/// back one by one the last stretch is executed with a ``Journal`` that can undo it.
///
/// As long as a timeline has a machine, the machine must be run and changed through it alone.
public final class Timeline {
    /// The machine, at the present ``moment``.
    public let machine: Machine
    /// The step at which the recording began.
    public let start: Int
    /// The latest step that is recorded.
    public internal(set) var end: Int
    /// What came from outside, oldest first; in the past also what is still to come.
    public internal(set) var events: [TimelineEvent] = []
    /// Names for moments, in order of time.
    public internal(set) var marks: [TimelineMark] = []

    /// How many of the events have happened.
    var happened = 0
    var checkpoints: CheckpointStore
    /// Whether even what no guest sees, the open page of code, is as it was when this was recorded. Steps that are
    /// undone one by one close it.
    var isAsRecorded = true
    /// What undoes the steps just before the present; empty if nothing is known about them.
    let journal = Journal(memoryLimit: 0)

    /// Begins to record a machine as it is now.
    public init(_ machine: Machine, limits: TimelineLimits = TimelineLimits()) {
        self.machine = machine
        start = machine.stepCount
        end = machine.stepCount
        checkpoints = CheckpointStore(limits)
        keepCheckpoint()
    }

    /// Where the machine is, in steps since power-on.
    public var position: Int { machine.stepCount }

    /// Where the machine is, changes from outside included.
    public var moment: Moment { Moment(step: position, events: happened) }

    /// Whether there is something recorded ahead.
    public var isInPast: Bool { position < end || happened < events.count }

    /// Bytes that checkpoints keep; the journal takes a few mebibytes more.
    public var checkpointBytes: Int { checkpoints.byteCount }

    /// The most steps that are executed again to go anywhere.
    public var longestReplay: Int { checkpoints.spacing }

    /// What was changed by hand up to now.
    public var edits: EditLog { EditLog(events[..<happened].compactMap(\.edit)) }

    // MARK: Recording

    func keepCheckpointIfDue() { if checkpoints.isDue(at: position) { keepCheckpoint() } }

    private func keepCheckpoint() { checkpoints.add(machine.cpu.checkpoint(), at: moment) }

    /// The moment just before a step is executed.
    func moment(before step: Int) -> Moment {
        var (low, high) = (0, events.count)
        while low < high {
            let middle = (low + high) / 2
            if events[middle].step <= step { low = middle + 1 } else { high = middle }
        }
        return Moment(step: step, events: low)
    }
}
