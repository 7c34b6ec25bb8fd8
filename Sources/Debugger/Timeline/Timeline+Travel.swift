import X86

/// To any recorded moment, in both directions.
extension Timeline {
    /// Goes to the moment just before a step is executed; beyond the recording, to its nearer end.
    /// - Parameter monitor: asked on the way; if it gives up, the machine stays where it came to.
    public func seek(to step: Int, monitor: TravelMonitor = TravelMonitor()) {
        travel(to: moment(before: min(max(step, start), end)), monitor)
    }

    /// Goes to a recorded moment.
    public func seek(to moment: Moment, monitor: TravelMonitor = TravelMonitor()) {
        let step = min(max(moment.step, start), end)
        let (least, most) = (self.moment(before: step - 1).events, self.moment(before: step).events)
        travel(to: Moment(step: step, events: min(max(moment.events, least), most)), monitor)
    }

    /// Undoes the last steps and changes, one by one.
    /// - Returns: how many were undone; fewer than `count` at the beginning of the recording.
    @discardableResult
    public func stepBack(_ count: Int = 1, monitor: TravelMonitor = TravelMonitor()) -> Int {
        var undone = 0
        while undone < count, !monitor.isInterrupted() {
            let number = undoSome(atMost: count - undone)
            guard number > 0 else { break }
            undone += number
        }
        return undone
    }

    /// Undoes the last event, or as many steps as the journal knows.
    private func undoSome(atMost count: Int) -> Int {
        let lastEvent = happened > 0 ? events[happened - 1].step : start
        if happened > 0, lastEvent == position {
            travel(to: Moment(step: position, events: happened - 1))
            return 1
        }
        guard position > start else { return 0 }
        if journal.count == 0 {
            travel(to: Moment(step: position - 1, events: happened))
            return 1
        }
        let undone = machine.cpu.stepBack(journal, count: min(count, position - lastEvent))
        machine.stepCount -= undone
        if undone > 0 { isAsRecorded = false }
        return undone
    }

    /// Executes the last recorded steps again, for somebody to watch; afterwards the machine is where it was.
    /// - Parameters:
    ///   - count: how many steps.
    ///   - floor: none before this one.
    ///   - observe: is shown each of them, with the machine just behind it.
    public func review(
        _ count: Int, from floor: Int, isInterrupted: () -> Bool = { false }, _ observe: (TraceStep, Machine) -> Void
    ) {
        let origin = moment
        travel(to: moment(before: max(start, floor, position - max(0, count))))
        forgetJournal()
        while position < origin.step, !isInterrupted() {
            repeatEvents(upTo: events.count)
            observe(machine.step(), machine)
        }
        travel(to: origin)
    }

    /// Brings the machine to a moment that is recorded.
    func travel(to target: Moment, _ monitor: TravelMonitor = TravelMonitor()) {
        guard target != moment || !isAsRecorded, let base = checkpoints.last(upTo: target) else { return }
        if !isAsRecorded || moment > target || moment < base.moment { restore(base) }
        replay(to: target, monitor)
    }

    func restore(_ entry: CheckpointStore.Entry) {
        machine.cpu.restore(entry.checkpoint)
        machine.stepCount = entry.moment.step
        happened = entry.moment.events
        isAsRecorded = true
        forgetJournal()
    }

    /// Executes what is recorded again, up to a moment that is not behind.
    private func replay(to target: Moment, _ monitor: TravelMonitor) {
        while position < target.step {
            repeatEvents(upTo: events.count)
            let stop = min(target.step, happened < events.count ? events[happened].step : .max)
            let journalled = max(position, target.step - Self.journalLength)
            guard advance(to: min(stop, journalled), nil, monitor), advance(to: stop, journal, monitor) else { return }
        }
        repeatEvents(upTo: target.events)
    }

    /// So many steps before the target of a journey can be undone one by one without another.
    private static let journalLength = 20_000

    /// Lets what came from outside at the present step happen again.
    func repeatEvents(upTo limit: Int) {
        while happened < limit, events[happened].step == position {
            forgetJournal()
            events[happened].happen(on: machine)
            happened += 1
        }
    }

    func forgetJournal() { if journal.count > 0 { journal.removeAll() } }

    /// - Returns: false if it was interrupted.
    private func advance(to step: Int, _ journal: Journal?, _ monitor: TravelMonitor) -> Bool {
        if position < step, journal == nil { forgetJournal() }
        while position < step {
            let taken = machine.advance(by: min(step - position, Self.patience), recording: journal)
            guard taken > 0, !monitor.isInterrupted() else { return position >= step }
            monitor.progress(position)
        }
        return true
    }
}

/// How somebody follows a journey that may take long.
public struct TravelMonitor {
    /// Asked every few ten thousand steps whether to give up.
    public let isInterrupted: () -> Bool
    /// Told now and then at which step the machine is.
    public let progress: (Int) -> Void

    /// Nobody interrupts and nobody listens, unless told otherwise.
    public init(isInterrupted: @escaping () -> Bool = { false }, progress: @escaping (Int) -> Void = { _ in }) {
        self.isInterrupted = isInterrupted
        self.progress = progress
    }
}
