import Debugger
import Lessons

/// How the machine at hand came to where it is.
extension LearnSession {
    /// Shows again what led from the program's first instruction to the present, the last steps of it.
    /// - Parameters:
    ///   - most: how many steps are shown.
    ///   - observe: is shown each of them, with the machine just behind it.
    /// - Returns: the step number of the program's first instruction, counted from power-on.
    @discardableResult
    func replay(most: Int = .max, _ observe: (TraceStep, Machine) -> Void) throws(WordError) -> Int {
        let timeline = try timeline()
        let start = try programStart()
        guard timeline.position > start else {
            throw WordError(
                "The program has not executed anything yet.", hint: "t executes an instruction, g runs to an address.")
        }
        timeline.review(
            min(most, Self.longestReplay), from: start, isInterrupted: { InterruptFlag.keyboard.isRequested }, observe)
        return start
    }

    /// How many steps the machine takes to the program's first instruction.
    private func programStart() throws(WordError) -> Int {
        do throws(MachineError) {
            return try machines.prepare(TraceRequest(machine: machineRequest ?? Self.defaultRequest)).machine.stepCount
        } catch {
            throw WordError(error)
        }
    }

    private static let longestReplay = 100_000
}
