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
            let start = try machines.prepare(TraceRequest(machine: request)).machine.stepCount
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
    }

    /// Keeps the machine at hand if it runs the same thing; otherwise a fresh one waits for the first word.
    func offerMachine(_ request: MachineRequest) {
        guard machineRequest != request else { return }
        forgetMachine()
        machineRequest = request
    }

    /// Runs a lesson's trace before the learner's eyes, and keeps the machine where it ended.
    func run(_ block: TraceBlock) {
        do throws(MachineError) {
            let prepared = try block.prepare { InterruptFlag.keyboard.isRequested }
            let start = prepared.machine.stepCount
            let trace = prepared.machine.trace(
                to: prepared.end, budget: TraceBlock.budget, isInterrupted: { InterruptFlag.keyboard.isRequested })
            show(trace, symbols: prepared.machine.symbols)
            forgetMachine()
            machineRequest = block.request.machine
            try record(block.request.machine, start: start, steps: prepared.machine.stepCount)
            output.print(
                prepared.variables.map { VariableText.line($0, on: prepared.machine, isPlain: output.layout.isPlain) })
            showWatched(block.watch, on: prepared.machine)
        } catch {
            show(WordError(error))
        }
        output.blank()
    }

    func show(_ trace: Trace, symbols: SymbolTable) {
        var renderer = TraceListRenderer(layout: output.layout, symbols: symbols)
        for (index, step) in trace.steps.enumerated() {
            let after = index + 1 < trace.steps.count ? trace.steps[index + 1].before : trace.after
            output.print(renderer.lines(for: step, after: after))
        }
        output.print(renderer.finish())
        if !trace.output.isEmpty {
            output.say(
                StyledText("The guest printed: ") + StyledText(String(decoding: trace.output, as: UTF8.self), .code))
        }
    }

    private func showWatched(_ watch: [String], on machine: Machine) {
        guard !watch.isEmpty else { return }
        let values = watch.map { name in
            "\(name)="
                + ((try? machine.evaluate(name)).map { NumberFormat.padded($0, to: Machine.digits(of: name)) }
                    ?? "unknown")
        }
        output.say(StyledText(values.joined(separator: " "), .changed))
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
