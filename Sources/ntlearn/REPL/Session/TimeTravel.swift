import Debugger
import X86

/// The machine at hand in its past, and what a debugger sees of it.
extension LearnSession {
    /// `step 41 of 100` while the machine is in its past.
    var pastText: String? {
        guard let timeline = debugger.timeline, timeline.isInPast else { return nil }
        let place = "step \(timeline.position) of \(timeline.end)"
        return timeline.position == timeline.end ? "\(place), before what you did" : place
    }

    /// The timeline, about to go on. In the past that forgets what is ahead, and says so.
    func timelineOnwards() throws(WordError) -> Timeline {
        let timeline = try timeline()
        if let fork = timeline.fork() { say(fork) }
        return timeline
    }

    /// What was forgotten, in a sentence.
    func say(_ fork: TimelineFork) {
        var parts: [String] = []
        if fork.steps > 0 { parts.append(fork.steps == 1 ? "1 step" : "\(fork.steps) steps") }
        if !fork.events.isEmpty {
            parts.append(
                "what you did there (\(fork.events.prefix(3).map(\.description).joined(separator: ", "))"
                    + (fork.events.count > 3 ? " and more)" : ")"))
        }
        if !fork.marks.isEmpty { parts.append("the marks \(fork.marks.map(\.name).joined(separator: ", "))") }
        let list = parts.joined(separator: ", ")
        output.say(StyledText("From step \(fork.step) on the machine goes another way. Forgotten: \(list).", .dim))
    }

    /// Ctrl-C stops a journey.
    var travelMonitor: TravelMonitor {
        TravelMonitor(isInterrupted: { InterruptFlag.keyboard.isRequested })
    }

    /// Shows where the machine has come to.
    func showArrival(on timeline: Timeline) {
        debugger.nextAddress["u"] = nil
        if InterruptFlag.keyboard.isRequested { output.say("Interrupted.") }
        output.say(StyledText(pastText.map { "This is \($0)." } ?? "This is the end of the recording.", .dim))
        showNext(of: timeline.machine)
    }

    // MARK: Views

    /// The first address of the kernel.
    private static let kernelStart: UInt64 = 0x8000_0000

    func showNoMoreThan(_ view: DebuggerView) {
        debugger.view = view
        debugger.timeline?.machine.visibleEnd = view == .user ? Self.kernelStart : 1 << 32
    }

    /// - Throws: that a user-mode debugger cannot know this.
    func requireKernelView(_ spec: WordSpec) throws(WordError) {
        guard debugger.view == .user else { return }
        throw WordError(
            "A user-mode debugger cannot do \(spec.name): it needs the kernel's memory or ring 0.",
            hint: ".view kernel shows what a kernel debugger shows.")
    }

    /// One step as the debugger at hand sees it. In user mode the trap flag is asleep while the kernel runs, so that a
    /// step that enters it ends behind the return.
    func takeStep(on timeline: Timeline) -> TraceStep? {
        guard let step = timeline.step() else { return nil }
        return leaveKernel(on: timeline) ? step.seenFromUserMode : step
    }

    /// Runs to ring 3 if the debugger at hand sees nothing else.
    /// - Returns: whether that was necessary.
    func leaveKernel(on timeline: Timeline) -> Bool {
        guard debugger.view == .user, timeline.machine.cpu.cpl < 3, !timeline.machine.hasStopped else { return false }
        var none = BreakpointTable()
        _ = timeline.run(
            to: .userMode, breakpoints: &none, budget: runBudget,
            isInterrupted: { InterruptFlag.keyboard.isRequested })
        return true
    }

    /// Goes back to ring 3 if the debugger at hand sees nothing else; to where it came from if there was no ring 3.
    func leaveKernelBackwards(on timeline: Timeline, from origin: Moment) {
        guard debugger.view == .user, timeline.machine.cpu.cpl < 3 else { return }
        var none = BreakpointTable()
        guard timeline.runBack(to: .userMode, breakpoints: &none, monitor: travelMonitor) != .reached else { return }
        timeline.seek(to: origin)
        output.say("Before this there was only the kernel, which a user-mode debugger does not see.")
    }
}
