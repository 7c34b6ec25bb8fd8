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

/// The list for people, with a summary and what the guest printed.
struct ListTraceReport: TraceReport {
    private let prepared: PreparedTrace
    private let terminal: Terminal
    private let printedBefore: Int
    private var renderer: TraceListRenderer
    private var output = ByteOutput()
    private var steps = 0

    private var machine: Machine { prepared.machine }

    /// - Parameter prepared: stopped where the trace begins.
    init(_ prepared: PreparedTrace, plain: Bool) {
        self.prepared = prepared
        let machine = prepared.machine
        terminal = Terminal.detect(plain: plain)
        printedBefore = machine.cpu.console.bytes.count
        renderer = TraceListRenderer(columns: terminal.columns, isPlain: plain, symbols: machine.symbols)
    }

    mutating func add(_ step: TraceStep, after: RegisterState) throws(CommandFailure) {
        steps += 1
        try write(renderer.lines(for: step, after: after))
    }

    mutating func finish(_ end: Machine.RunEnd) throws(CommandFailure) {
        let state = machine.cpu.state
        let summary = TraceSummary(
            end: end, steps: steps, after: state, location: machine.symbols.location(of: UInt64(state.eip)),
            printed: Array(machine.cpu.console.bytes.dropFirst(printedBefore)))
        try write(
            renderer.finish() + summary.lines(columns: terminal.columns, isPlain: terminal.isPlain)
                + prepared.variables.map { VariableText.line($0, on: machine, isPlain: terminal.isPlain) })
        try output.flush()
    }

    private mutating func write(_ lines: [StyledText]) throws(CommandFailure) {
        try output.write(terminal.palette.paint(lines).utf8)
    }
}
