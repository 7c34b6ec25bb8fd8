import Debugger
import LessonEngine
import Lessons
import X86

/// A lesson's trace while it runs before the learner's eyes. It pauses before each instruction that is to be predicted.
///
/// It has a machine of its own: what the learner does with the machine at hand meanwhile does not change it.
final class LiveTrace {
    let block: TraceBlock
    let machine: Machine
    /// The step at which it begins.
    let start: Int
    let variables: [ProgramVariable]

    private let end: UInt32?
    private let printed: Int
    private var renderer: TraceListRenderer
    private var left = TraceBlock.budget
    /// How many predictions were come to.
    private(set) var asked = 0
    private var isPausing = false

    init(_ block: TraceBlock, layout: Layout) throws(MachineError) {
        let prepared = try block.prepare { InterruptFlag.keyboard.isRequested }
        self.block = block
        machine = prepared.machine
        start = machine.stepCount
        variables = prepared.variables
        end = prepared.end
        printed = machine.cpu.console.bytes.count
        renderer = TraceListRenderer(layout: layout, symbols: machine.symbols)
    }

    /// Runs to the next prediction, or to the end.
    /// - Parameter show: prints the lines of a step.
    /// - Returns: the prediction before whose instruction the machine stands; nil at the end.
    func goOn(_ show: ([StyledText]) -> Void) throws(MachineError) -> PredictQuestion? {
        while !isOver {
            if let question = try pause() { return question }
            takeStep(show)
        }
        show(renderer.finish())
        return nil
    }

    /// Executes the instruction that was to be predicted.
    func takeStep(_ show: ([StyledText]) -> Void) {
        isPausing = false
        left -= 1
        let step = machine.step()
        show(renderer.lines(for: step, after: machine.cpu.state))
    }

    private func pause() throws(MachineError) -> PredictQuestion? {
        guard !isPausing, asked < block.predictions.count else { return nil }
        let question = block.predictions[asked]
        guard try question.point.address(on: machine) == machine.cpu.eip else { return nil }
        asked += 1
        isPausing = true
        return question
    }

    private var isOver: Bool {
        let isAtEnd = machine.cpu.eip == end && machine.stepCount > start
        return isAtEnd || left == 0 || machine.hasStopped || InterruptFlag.keyboard.isRequested
    }

    /// What the guest printed since the beginning.
    var output: [UInt8] { Array(machine.cpu.console.bytes.dropFirst(printed)) }
}

/// Showing a trace, with its pauses.
extension LearnSession {
    /// The trace that waits for the open question. Questions outside the lesson's page have nothing to do with it.
    var pausedTrace: LiveTrace? { practice == nil ? trace : nil }

    /// Runs a lesson's trace before the learner's eyes, and keeps the machine where it pauses or ends.
    func run(_ block: TraceBlock) {
        do throws(MachineError) {
            trace = try LiveTrace(block, layout: output.layout)
        } catch {
            show(WordError(error))
            return output.blank()
        }
        goOnWithTrace()
    }

    /// To the next question, or to the end.
    func goOnWithTrace() {
        guard let trace else { return }
        do throws(MachineError) {
            let question = try trace.goOn { output.print($0) }
            forgetMachine()
            machineRequest = trace.block.request.machine
            try record(trace.block.request.machine, start: trace.start, steps: trace.machine.stepCount)
            if let question { return ask(question, of: trace) }
            showEnd(of: trace)
        } catch {
            show(WordError(error))
        }
        self.trace = nil
        output.blank()
    }

    private func ask(_ question: PredictQuestion, of trace: LiveTrace) {
        guard let place else { return }
        let worded = question.worded()
        output.blank()
        showNext(of: trace.machine)
        output.blank()
        put(OpenQuestion(question: worded, block: QuizBlock(question: worded), entry: place.entry))
    }

    private func showEnd(of trace: LiveTrace) {
        showPrinted(trace.output)
        output.print(trace.variables.map { VariableText.line($0, on: trace.machine, isPlain: output.layout.isPlain) })
        showWatched(trace.block.watch, on: trace.machine)
    }

    private func showWatched(_ watch: [String], on machine: Machine) {
        guard !watch.isEmpty else { return }
        let values = watch.map { name in
            let value = (try? machine.evaluate(name)).map { NumberFormat.padded($0, to: Machine.digits(of: name)) }
            return "\(name)=\(value ?? "unknown")"
        }
        output.say(StyledText(values.joined(separator: " "), .changed))
    }

    /// Steps that were recorded before.
    func show(_ trace: Trace, symbols: SymbolTable) {
        var renderer = TraceListRenderer(layout: output.layout, symbols: symbols)
        for (index, step) in trace.steps.enumerated() {
            let after = index + 1 < trace.steps.count ? trace.steps[index + 1].before : trace.after
            output.print(renderer.lines(for: step, after: after))
        }
        output.print(renderer.finish())
        showPrinted(trace.output)
    }

    private func showPrinted(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        output.say(StyledText("The guest printed: ") + StyledText(String(decoding: bytes, as: UTF8.self), .code))
    }
}
