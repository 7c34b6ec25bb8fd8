import X86

/// Backwards to places, as runs go forwards to them.
extension Timeline {
    /// Runs backwards, at least one step, until a breakpoint, the goal, or the beginning.
    ///
    /// A breakpoint on execution stops before its instruction, as it does forwards; a watchpoint stops before the
    /// instruction that makes the access, so that the next step makes it. Changes by hand are undone on the way.
    /// - Parameters:
    ///   - breakpoints: passes are counted, one-shots go away.
    ///   - floor: the step at which to stop in any case; the recording's beginning unless told.
    public func runBack(
        to goal: BackwardGoal, breakpoints: inout BreakpointTable, floor: Int? = nil,
        monitor: TravelMonitor = TravelMonitor()
    ) -> BackwardStop {
        let floor = max(start, floor ?? start)
        var probe = BackwardProbe(goal, breakpoints, on: machine)
        if case .none = goal, !breakpoints.canStop {
            seek(to: floor, monitor: monitor)
            return .beginning
        }
        switch search(&probe, from: floor, monitor) {
        case .interrupted: return .interrupted
        case .nothing:
            breakpoints = probe.breakpoints
            if case .firstRound = goal { return reachBeginning(floor) }
            return isFoundOrNothing(goal) ? .beginning : reachBeginning(floor)
        case .found(let step, let finding):
            breakpoints = probe.breakpoints
            if case .passes = finding { return .breakpoints(probe.hits) }
            if case .firstRound = goal { travel(to: moment(before: step + 1)) }
            return .reached
        }
    }

    /// Whoever looks for a caller stays where he is if there is none.
    private func isFoundOrNothing(_ goal: BackwardGoal) -> Bool {
        switch goal {
        case .caller, .call: true
        case .none, .address, .firstRound, .userMode: false
        }
    }

    private func reachBeginning(_ floor: Int) -> BackwardStop {
        seek(to: floor)
        return .beginning
    }

    /// Undoes one step; behind a call that has returned, or a repeated string instruction, all of it.
    public func stepOverBack(
        breakpoints: inout BreakpointTable, monitor: TravelMonitor = TravelMonitor()
    ) -> BackwardStop {
        let behind = moment
        guard stepBack() == 1 else { return .beginning }
        guard moment.step < behind.step else { return .reached }
        let address = machine.cpu.linearEIP
        if machine.nextStep().code.text.hasPrefix("rep") {
            return runBack(to: .firstRound(of: address), breakpoints: &breakpoints, monitor: monitor)
        }
        guard GoalWatcher.isReturn(at: address, on: machine) else { return .reached }
        let before = moment
        travel(to: behind)
        let stop = runBack(to: .call, breakpoints: &breakpoints, monitor: monitor)
        guard stop == .beginning else { return stop }
        travel(to: before)
        return .reached
    }
}
