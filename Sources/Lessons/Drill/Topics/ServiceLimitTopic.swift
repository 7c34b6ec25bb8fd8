import Debugger
import LessonEngine
import X86

/// Is there such a service, and what becomes of a number that has none?
struct ServiceLimitTopic: DrillTopic {
    let name = "limit"
    let summary = "whether a number is within its table's limit"

    private enum Outcome: CaseIterable {
        case called, refused, convertedAndCalled, convertedAndRefused

        var text: String {
            switch self {
            case .called: "The kernel calls the service at once."
            case .refused: "The kernel calls nothing and returns C000001Ch."
            case .convertedAndCalled: "The kernel makes the thread a GUI thread, looks again, and calls the service."
            case .convertedAndRefused:
                "The kernel makes the thread a GUI thread, looks again, and returns C000001Ch."
            }
        }
    }

    func quiz(_ task: inout DrillTask) throws -> WrittenQuiz {
        let machine = try task.machine()
        let isGUI = task.level == .hard && task.draw.coin()
        let table = try task.draw.pick(Self.tables[task.level] ?? [0])
        let limit = machine.limit(table: table)
        let index = limit == 0 ? task.draw.number(0...0x40) : limit &- 4 &+ task.draw.number(0...7)
        let number = table << 12 | index
        let outcome = try outcome(number, isGUI, machine, task)
        task.ask(ask(number, isGUI, machine))
        task.explain(explanation(table, limit, isGUI))
        let offered: [Outcome] = task.level == .basic ? [.called, .refused] : Outcome.allCases
        return task.choice(
            outcome.text,
            of: offered.map { ($0.text, isBeyond(index, limit) ? beyond($0, table, isGUI) : within(table, isGUI)) })
    }

    private static let tables: [DrillLevel: [UInt32]] = [
        .basic: [0], .usual: [0, 1, 1, 2, 3], .hard: [0, 1, 1, 1, 3],
    ]

    /// Lets the machine decide.
    private func outcome(
        _ number: UInt32, _ isGUI: Bool, _ machine: DrillMachine, _ task: DrillTask
    ) throws -> Outcome {
        let run = try task.world.started(machine, program: program(number, isGUI, machine, task))
        func address(_ symbol: String) -> UInt32? {
            run.symbols.symbol(named: symbol).map { UInt32(truncatingIfNeeded: $0.address) }
        }
        guard let start = address("program!begin"), let after = address("program!after"),
            let convert = address("nt!KiSwitchToLargeStack")
        else { throw DrillError("\(machine.image) is not the machine that the drill knows") }
        run.run(to: start)
        let replay = try task.world.started(machine, program: program(number, isGUI, machine, task))
        replay.run(to: start)
        let isConverted = replay.run(to: convert) == .reached
        let isRefused = run.run(to: after) == .reached && run.cpu[.eax] == Self.invalidService
        switch (isConverted, isRefused) {
        case (false, false): return .called
        case (false, true): return .refused
        case (true, false): return .convertedAndCalled
        case (true, true): return .convertedAndRefused
        }
    }

    /// STATUS_INVALID_SYSTEM_SERVICE
    private static let invalidService: UInt32 = 0xC000_001C

    private func program(_ number: UInt32, _ isGUI: Bool, _ machine: DrillMachine, _ task: DrillTask) -> String {
        let first = isGUI ? ["call user32@NtUserGetForegroundWindow"] : []
        return DrillProgram.interrupt(number: number, before: first + ["program@begin:"])
    }

    private func ask(_ number: UInt32, _ isGUI: Bool, _ machine: DrillMachine) -> String {
        let limits = [UInt32(0), 1].map { "\(DrillTask.hex(machine.limit(table: $0)))" }
        let tables = "Table 0 has \(limits[0]) services, win32k's table 1 has \(limits[1]); tables 2 and 3 are empty."
        let before =
            isGUI ? "which has called `NtUserGetForegroundWindow` before," : "which has called nothing of win32k,"
        return
            "\(machine.title). \(tables)\n\nThe program, \(before) puts \(DrillTask.hex(number)) into EAX and executes "
            + "INT 2Eh. What does the kernel do?"
    }

    private func isBeyond(_ index: UInt32, _ limit: UInt32) -> Bool { index >= limit }

    private func beyond(_ outcome: Outcome, _ table: UInt32, _ isGUI: Bool) -> String {
        switch outcome {
        case .called, .convertedAndCalled:
            "Entries are counted from 0: the first one that is missing is the limit itself."
        case .refused, .convertedAndRefused:
            table == 1 && !isGUI
                ? "Table 1 of a thread that is no GUI thread yet is empty: the kernel first makes it one."
                : "Only a thread that is no GUI thread yet is made one, and only for table 1."
        }
    }

    private func within(_ table: UInt32, _ isGUI: Bool) -> String {
        table == 1 && !isGUI
            ? "Compare the number's low 12 bits with win32k's limit, and remember that a thread begins without "
                + "that table."
            : "Compare the number's low 12 bits with the limit of its table; a GUI thread is made only once."
    }

    private func explanation(_ table: UInt32, _ limit: UInt32, _ isGUI: Bool) -> String {
        let rule =
            "The number chooses table \(table), whose limit is \(DrillTask.hex(limit)); an index equal to or "
            + "above it fails."
        guard table == 1 else { return rule }
        return rule
            + (isGUI
                ? " The thread was made a GUI thread by its first call of win32k."
                : " At its first number of table 1 the thread is made a GUI thread, and the kernel looks again.")
    }
}
