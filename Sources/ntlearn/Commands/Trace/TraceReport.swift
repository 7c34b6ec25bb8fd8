import Debugger
import Lessons
import X86

/// Writes a trace while it happens.
protocol TraceReport {
    /// Adds a step that has just been executed.
    mutating func add(_ step: TraceStep, after: RegisterState) throws(CommandFailure)
    /// Writes what is left, and why the trace ended.
    mutating func finish(_ end: Machine.RunEnd) throws(CommandFailure)
}

/// A line of JSON for each step.
struct JSONTraceReport: TraceReport {
    private let prepared: PreparedTrace
    private var output = ByteOutput()
    private var steps = 0

    init(_ prepared: PreparedTrace) { self.prepared = prepared }

    mutating func add(_ step: TraceStep, after: RegisterState) throws(CommandFailure) {
        try write(TraceJSON.line(step, number: steps))
        steps += 1
    }

    mutating func finish(_ end: Machine.RunEnd) throws(CommandFailure) {
        try write(TraceJSON.end(end, steps: steps, prepared.variables, on: prepared.machine))
        try output.flush()
    }

    private mutating func write(_ line: JSONLine) throws(CommandFailure) {
        try output.write(line.bytes)
        try output.write([UInt8(ascii: "\n")])
    }
}

/// A trace in a form for people.
protocol StepRenderer {
    /// The lines that a step adds.
    mutating func lines(for step: TraceStep, after: RegisterState) -> [StyledText]
    /// What was held back.
    mutating func finish() -> [StyledText]
}

extension TraceListRenderer: StepRenderer {}
extension LanesRenderer: StepRenderer {}

/// The list or the lanes for people, with a summary, what the guest printed, and maybe the crossings from inside.
struct PageTraceReport<Renderer: StepRenderer>: TraceReport {
    private let prepared: PreparedTrace
    private let terminal: Terminal
    private let printedBefore: Int
    private var renderer: Renderer
    private var zooms: CrossingZooms?
    private var output = ByteOutput()
    private var steps = 0

    private var machine: Machine { prepared.machine }

    /// - Parameters:
    ///   - prepared: stopped where the trace begins.
    ///   - zooms: whether to show the inside of the instructions that cross a ring's border.
    init(_ prepared: PreparedTrace, _ renderer: Renderer, terminal: Terminal, zooms: Bool) {
        self.prepared = prepared
        self.terminal = terminal
        self.renderer = renderer
        self.zooms = zooms ? CrossingZooms() : nil
        printedBefore = prepared.machine.cpu.console.bytes.count
    }

    mutating func add(_ step: TraceStep, after: RegisterState) throws(CommandFailure) {
        steps += 1
        try write(renderer.lines(for: step, after: after))
        let (machine, terminal) = (machine, terminal)
        zooms?.add(step, on: machine, terminal)
    }

    mutating func finish(_ end: Machine.RunEnd) throws(CommandFailure) {
        let state = machine.cpu.state
        let summary = TraceSummary(
            end: end, steps: steps, after: state, location: machine.symbols.location(of: UInt64(state.eip)),
            printed: Array(machine.cpu.console.bytes.dropFirst(printedBefore)))
        let variables = prepared.variables.map { VariableText.line($0, on: machine, isPlain: terminal.isPlain) }
        try write(renderer.finish() + summary.lines(columns: terminal.columns, isPlain: terminal.isPlain) + variables)
        try write(zooms?.lines ?? [])
        try output.flush()
    }

    private mutating func write(_ lines: [StyledText]) throws(CommandFailure) {
        try output.write(terminal.palette.paint(lines).utf8)
    }
}
