import Debugger
import LessonEngine
import Lessons
import X86

/// The machine that the debugger's words look at.
extension LearnSession {
    /// The machine at hand. Before a lesson has shown one, it is the SYSENTER machine at the program's start.
    func machine() throws(WordError) -> Machine { try timeline().machine }

    /// The machine at hand with its past.
    func timeline() throws(WordError) -> Timeline {
        if let timeline = debugger.timeline { return timeline }
        let request = machineRequest ?? Self.defaultRequest
        do throws(MachineError) {
            let start = try machines.prepare(TraceRequest(machine: request, from: machineStart)).machine.stepCount
            return try record(request, start: start, steps: start)
        } catch {
            throw WordError(error)
        }
    }

    /// Records a machine from power-on, so that the learner can go back from anywhere, into its boot as well.
    /// - Parameters:
    ///   - start: the step that the mark `start` gets.
    ///   - steps: how many steps it takes at once.
    @discardableResult
    func record(_ request: MachineRequest, start: Int, steps: Int) throws(MachineError) -> Timeline {
        let timeline = Timeline(try machines.machine(for: request))
        timeline.run(steps: start)
        timeline.mark(Self.startMark)
        timeline.run(steps: steps - start)
        debugger.timeline = timeline
        showNoMoreThan(debugger.view)
        return timeline
    }

    /// The mark of the moment at which the machine was handed to the learner.
    static let startMark = "start"

    static let defaultRequest = MachineRequest(
        machine: "sysenter", calls: [(try? ServiceCall("NtClose(0x44)"))].compactMap(\.self))

    func forgetMachine() {
        debugger = DebuggerState()
        machineRequest = nil
        machineStart = nil
    }

    /// Keeps the machine at hand if it runs the same thing; otherwise a fresh one waits for the first word.
    func offerMachine(_ request: MachineRequest) {
        guard machineRequest != request || machineStart != nil else { return }
        forgetMachine()
        machineRequest = request
    }

    /// Changes the machine at hand. Words change it nowhere else, so that every change can be listed and undone.
    func change(_ edit: MachineEdit, column: Int? = nil) throws(WordError) {
        let timeline = try timeline()
        let ahead = timeline.ahead
        do throws(EditError) { try timeline.apply(edit) } catch {
            throw WordError(error, column: column)
        }
        if let ahead { say(ahead) }
    }

    static let radixHint = "Numbers are hexadecimal unless 0n marks them as decimal; n shows and sets the radix."
}
