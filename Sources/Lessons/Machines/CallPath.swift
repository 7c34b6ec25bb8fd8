import Debugger
import X86

/// The first system call that a program makes, as it was executed: the way in, and the way out.
public struct CallPath: Sendable {
    /// The instructions in ring 3, from the stub's first one to the one that enters ring 0.
    public let wayIn: [TraceStep]
    /// The first instruction in ring 0.
    public let entry: TraceStep
    /// The instruction that returned to ring 3; `nil` if none did.
    public let exit: TraceStep?
    /// The first instructions behind it, to the stub's RET.
    public let wayBack: [TraceStep]

    /// More instructions than any of our calls needs.
    private static let budget = 100_000
    private static let longestStub = 16

    /// Runs a machine that stands in ring 3 until its program has made a call.
    /// - Returns: `nil` if it makes none.
    public init?(_ machine: Machine) {
        var user: [TraceStep] = []
        var entry: TraceStep?
        for _ in 0..<Self.budget where !machine.hasStopped {
            let step = machine.step()
            if step.before.cpl < 3 {
                entry = step
                break
            }
            user.append(step)
            if user.count > 4 * Self.longestStub { user.removeFirst() }
        }
        guard let entry, let door = user.last, door.exception == nil else { return nil }
        wayIn = Self.behindProgram(user)
        self.entry = entry
        exit = Self.runToExit(machine, from: entry)
        wayBack = exit == nil ? [] : Self.stepBack(machine)
    }

    /// What was executed since the program's own CALL.
    private static func behindProgram(_ user: [TraceStep]) -> [TraceStep] {
        let call = user.lastIndex(where: isProgram).map { $0 + 1 } ?? 0
        return Array(user[min(call, user.count - 1)...].suffix(longestStub))
    }

    private static func isProgram(_ step: TraceStep) -> Bool {
        step.location.map { $0.symbol.module == MachineFile.programSection } ?? false
    }

    private static func runToExit(_ machine: Machine, from entry: TraceStep) -> TraceStep? {
        var last = entry
        for _ in 0..<budget where !machine.hasStopped {
            if machine.cpu.cpl == 3 { return last }
            last = machine.step()
        }
        return nil
    }

    private static func stepBack(_ machine: Machine) -> [TraceStep] {
        var steps: [TraceStep] = []
        while steps.count < longestStub, !machine.hasStopped, !isProgram(machine.nextStep()) {
            steps.append(machine.step())
        }
        return steps
    }
}
