import Debugger
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
    private var output = ByteOutput()
    private var steps = 0

    mutating func add(_ step: TraceStep, after: RegisterState) throws(CommandFailure) {
        try write(TraceJSON.line(step, number: steps))
        steps += 1
    }

    mutating func finish(_ end: Machine.RunEnd) throws(CommandFailure) {
        try write(TraceJSON.end(end, steps: steps))
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
    private let machine: Machine
    private let terminal: Terminal
    private let printedBefore: Int
    private var renderer: Renderer
    private var zooms: CrossingZooms?
    private var output = ByteOutput()
    private var steps = 0

    /// - Parameters:
    ///   - machine: stopped where the trace begins.
    ///   - zooms: whether to show the inside of the instructions that cross a ring's border.
    init(_ machine: Machine, _ renderer: Renderer, terminal: Terminal, zooms: Bool) {
        self.machine = machine
        self.terminal = terminal
        self.renderer = renderer
        self.zooms = zooms ? CrossingZooms() : nil
        printedBefore = machine.cpu.console.bytes.count
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
        let lines = renderer.finish() + summary.lines(columns: terminal.columns, isPlain: terminal.isPlain)
        try write(lines + (zooms?.lines ?? []))
        try output.flush()
    }

    private mutating func write(_ lines: [StyledText]) throws(CommandFailure) {
        try output.write(terminal.palette.paint(lines).utf8)
    }
}

/// The inside of the instructions that crossed a ring's border or faulted, one page after the other.
struct CrossingZooms {
    /// What is to be printed.
    private(set) var lines: [StyledText] = []
    private var count = 0
    /// More than anyone reads.
    private static let most = 50

    mutating func add(_ step: TraceStep, on machine: Machine, _ terminal: Terminal) {
        guard RingCrossing(step) != nil || step.exception != nil else { return }
        count += 1
        guard count <= Self.most else {
            if count == Self.most + 1 {
                lines += ["", StyledText("More than \(Self.most) crossings; the others are not opened.")]
            }
            return
        }
        let page = ZoomPage(
            Zoom(step, names: MachineNames(guest: machine)),
            instruction: StepText(symbols: machine.symbols).text(of: step), columns: terminal.columns,
            isPlain: terminal.isPlain)
        lines += [""] + page.lines
    }
}
