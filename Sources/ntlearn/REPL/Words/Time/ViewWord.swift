import Debugger

/// `.view`: whose eyes the words have.
struct ViewWord: Word {
    static let spec = WordSpec(
        name: ".view", group: .time, usage: ".view [user | kernel]",
        summary: "see what a user-mode debugger sees, or what a kernel debugger sees",
        detail: """
            A user-mode debugger steps with the trap flag, which the kernel hides from it: t on SYSENTER ends behind the \
            return. It reads nothing from 80000000 on and knows no system registers. A kernel debugger sees everything; \
            that is how the words begin.
            """,
        example: ".view user", completion: [.view])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let machine = try session.machine()
        guard !arguments.isEmpty else {
            return session.output.say(StyledText("You see what a \(session.debugger.view.debugger) sees."))
        }
        guard let view = DebuggerView(rawValue: arguments.rest.lowercased()) else { throw .usage(Self.spec) }
        guard view == .kernel || machine.cpu.cpl == 3 else {
            throw WordError(
                "The machine is in ring \(machine.cpu.cpl), where no user-mode debugger ever is.",
                hint: "gu or gu- leads to ring 3.", column: arguments.column)
        }
        session.showNoMoreThan(view)
        session.output.say(StyledText("You see what a \(view.debugger) sees."))
    }
}

extension DebuggerView {
    fileprivate var debugger: String {
        switch self {
        case .user: "user-mode debugger"
        case .kernel: "kernel debugger"
        }
    }
}
