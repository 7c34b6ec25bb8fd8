import Debugger

/// `t-`: steps back.
struct StepBackWord: Word {
    static let spec = WordSpec(
        name: "t-", group: .time, usage: "t- [COUNT]", summary: "undo the last instruction, or COUNT",
        detail: """
            Registers, memory and everything else are as they were, to the bit. A change that you made counts as a step of \
            its own. The prompt says how far back you are; whatever goes on from there begins another future, and \
            !tt end returns to where you were.
            """,
        example: "t- 5")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let count = try session.stepCount(arguments, Self.spec)
        let timeline = try session.timeline()
        for _ in 0..<(session.debugger.view == .user ? count : 1) {
            let wanted = session.debugger.view == .user ? 1 : count
            let origin = timeline.moment
            guard timeline.stepBack(wanted, monitor: session.travelMonitor) > 0 else {
                session.sayBeginning(of: timeline)
                break
            }
            session.leaveKernelBackwards(on: timeline, from: origin)
        }
        session.showArrival(on: timeline)
    }
}

/// `p-`: steps back over calls.
struct StepOverBackWord: Word {
    static let spec = WordSpec(
        name: "p-", group: .time, usage: "p- [COUNT]",
        summary: "like t-, but undo a call that has returned, or a repeated string instruction, as a whole",
        detail: "A breakpoint inside of what is undone stops it.", example: "p-")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let count = try session.stepCount(arguments, Self.spec)
        let timeline = try session.timeline()
        for _ in 0..<count where !InterruptFlag.keyboard.isRequested {
            let origin = timeline.moment
            let stop = timeline.stepOverBack(
                breakpoints: &session.debugger.breakpoints, monitor: session.travelMonitor)
            session.leaveKernelBackwards(on: timeline, from: origin)
            guard stop == .reached else {
                session.report(stop, on: timeline)
                break
            }
        }
        session.showArrival(on: timeline)
    }
}

/// `ta-`: steps back to an address.
struct StepBackToWord: Word {
    static let spec = WordSpec(
        name: "ta-", group: .time, usage: "ta- ADDRESS",
        summary: "go back to the last time that an address was reached",
        example: "ta- ntdll!NtClose", completion: [.symbol, .register])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try session.goBack(to: .address(try session.onlyAddress(arguments, Self.spec)))
    }
}

/// `pa-`: steps back over calls to an address.
struct StepOverBackToWord: Word {
    static let spec = WordSpec(
        name: "pa-", group: .time, usage: "pa- ADDRESS",
        summary: "go back to an address, over calls that have returned",
        detail: "It gives up after 0n10000 instructions.", example: "pa- program!main",
        completion: [.symbol, .register])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let address = try session.onlyAddress(arguments, Self.spec)
        let timeline = try session.timeline()
        for _ in 0..<LearnSession.mostSteps where !InterruptFlag.keyboard.isRequested {
            let stop = timeline.stepOverBack(
                breakpoints: &session.debugger.breakpoints, monitor: session.travelMonitor)
            guard stop == .reached else {
                session.report(stop, on: timeline)
                break
            }
            if timeline.machine.cpu.linearEIP == address { break }
        }
        session.showArrival(on: timeline)
    }
}

/// `g-`: runs back.
struct GoBackWord: Word {
    static let spec = WordSpec(
        name: "g-", group: .time, usage: "g- [ADDRESS]",
        summary: "run back to an address, to a breakpoint, or to the beginning",
        detail: """
            A breakpoint stops before its instruction, a watchpoint before the instruction that makes the access: the next \
            t makes it. Without any it stops at the mark start, and from there at power-on.
            """,
        example: "g- ntdll!NtClose", completion: [.symbol, .register])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try session.goBack(arguments, Self.spec)
    }
}

/// `gu-`: runs back to the caller.
struct GoUpBackWord: Word {
    static let spec = WordSpec(
        name: "gu-", group: .time, usage: "gu-", summary: "run back to the call that entered the current function",
        detail: "In the kernel's entry that is the instruction in ring 3 that went through the door.", example: "gu-")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try ArgumentReader(arguments, in: session).requireEnd(Self.spec)
        try session.goBack(to: .caller)
    }
}

extension LearnSession {
    fileprivate func goBack(_ arguments: WordArguments, _ spec: WordSpec) throws(WordError) {
        var reader = ArgumentReader(arguments, in: self)
        let address = try reader.optionalAddress()
        try reader.requireEnd(spec)
        try goBack(to: address.map(BackwardGoal.address) ?? .none)
    }

    fileprivate func goBack(to goal: BackwardGoal) throws(WordError) {
        let timeline = try timeline()
        let handedOver = timeline.mark(named: Self.startMark)?.moment.step ?? timeline.start
        let origin = timeline.moment
        let stop = timeline.runBack(
            to: goal, breakpoints: &debugger.breakpoints,
            floor: timeline.position > handedOver ? handedOver : timeline.start, monitor: travelMonitor)
        leaveKernelBackwards(on: timeline, from: origin)
        report(stop, on: timeline)
        showArrival(on: timeline)
    }

    fileprivate func report(_ stop: BackwardStop, on timeline: Timeline) {
        switch stop {
        case .reached, .interrupted: break
        case .breakpoints(let hits): report(hits)
        case .beginning: sayBeginning(of: timeline)
        }
    }

    fileprivate func sayBeginning(of timeline: Timeline) {
        if timeline.position == timeline.start {
            output.say("The recording begins here, at power-on.")
        } else if timeline.position == timeline.mark(named: Self.startMark)?.moment.step {
            output.say("This is where the machine was handed to you; going on back leads into its boot.")
        } else {
            output.say("There is nothing like that before.")
        }
    }
}
