import Debugger
import Lessons

/// How the machine at hand came to where it is: the same program on a second machine, which does the same.
extension LearnSession {
    /// Executes again what led from the program's first instruction to the present, the last steps of it under watch.
    /// - Parameters:
    ///   - most: how many steps are watched.
    ///   - observe: is shown each of them, with the second machine just behind it.
    /// - Returns: the step number of the program's first instruction, counted from power-on.
    @discardableResult
    func replay(most: Int = .max, _ observe: (TraceStep, Machine) -> Void) throws(WordError) -> Int {
        let present = try machine()
        let copy = try machineAtProgramStart()
        let start = copy.stepCount
        let missing = present.stepCount - start
        guard missing > 0 else {
            throw WordError(
                "The program has not executed anything yet.", hint: "t executes an instruction, g runs to an address.")
        }
        let unwatched = max(0, missing - min(most, Self.longestReplay))
        copy.run(to: nil, budget: unwatched, isInterrupted: { InterruptFlag.keyboard.isRequested })
        copy.record(
            to: nil, budget: present.stepCount - copy.stepCount,
            isInterrupted: { InterruptFlag.keyboard.isRequested }
        ) { observe($0, copy) }
        guard copy.stepCount == present.stepCount, copy.cpu.state == present.cpu.state else { throw Self.anotherWay }
        return start
    }

    /// A second machine like the one at hand, booted and at the program's first instruction.
    private func machineAtProgramStart() throws(WordError) -> Machine {
        do throws(MachineError) {
            return try machines.prepare(TraceRequest(machine: machineRequest ?? Self.defaultRequest)).machine
        } catch {
            throw WordError(error.message, hint: error.note)
        }
    }

    private static let longestReplay = 100_000

    private static let anotherWay = WordError(
        "The machine was changed by hand, so the way to here cannot be executed again.",
        hint: "edits lists your changes, undo takes them back.")
}
