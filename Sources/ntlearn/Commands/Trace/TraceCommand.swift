import ArgumentParser
import Debugger
import Lessons

/// `ntlearn trace`: one trace, without the tutorial.
struct TraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "Show what a machine executes, instruction by instruction.",
        discussion: """
            Without --from the trace begins at the user program's first instruction; without --to it ends at the \
            return of the last --call, or else when the machine halts.

            Example: ntlearn trace sysenter --call 'NtClose(0x44)'
            Example: ntlearn trace int2e --call 'NtClose(0x44)' --format lanes --zoom
            Example: ntlearn trace xp --cpu k6-2 --boot --max-steps 1000 --format json
            """)

    /// How a trace is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case list, lanes, json
    }

    @OptionGroup var machine: MachineOptions

    @OptionGroup var model: ModelOptions

    @Flag(help: "Begin at the image's entry point, as another emulator that boots the same image does.")
    var boot = false

    @Option(help: ArgumentHelp("Where to begin: a symbol or an address.", valueName: "expr"))
    var from: String?

    @Option(help: ArgumentHelp("Where to end: a symbol or an address.", valueName: "expr"))
    var to: String?

    @Option(help: ArgumentHelp("The most instructions to show.", valueName: "n"))
    var maxSteps: Int = Machine.traceBudget

    @Option(
        help: "list for people; lanes, the same as a picture of both rings; json for scripts, one object a line.")
    var format: Format = .list

    @Flag(help: "Show the inside of each instruction that crosses from ring to ring, or faults, behind the trace.")
    var zoom = false

    @Option(
        help: ArgumentHelp(
            "Compare with the same calls on another machine, instead of showing the trace.", valueName: "machine"))
    var diff: String?

    @Flag(help: "Output for screen readers: no columns, no colour, a sentence for each step.")
    var plain = false

    func validate() throws {
        guard maxSteps > 0 else { throw ValidationError("--max-steps must be at least 1.") }
        guard !zoom || format != .json else {
            throw ValidationError("--zoom is for list and lanes; the effects in JSON say the same.")
        }
        guard diff == nil || format != .json && !zoom else {
            throw ValidationError("--diff is a page of its own; leave --format json and --zoom out.")
        }
        guard !boot || from == nil else {
            throw ValidationError("--boot and --from both say where to begin; give one.")
        }
    }

    func run() throws {
        let library = try machine.library()
        let prepared = try prepare(request(), in: library)
        if let diff { return try compare(prepared, with: diff, in: library) }
        var report = report(on: prepared)
        let end = try trace(prepared, into: &report)
        if let to, end != .reached { throw CommandFailure("\(to) was not reached: \(Self.words(for: end))") }
    }

    private func report(on prepared: PreparedTrace) -> any TraceReport {
        let terminal = Terminal.detect(plain: plain)
        let symbols = prepared.machine.symbols
        switch format {
        case .json: return JSONTraceReport(prepared)
        case .list:
            let list = TraceListRenderer(columns: terminal.columns, isPlain: plain, symbols: symbols)
            return PageTraceReport(prepared, list, terminal: terminal, zooms: zoom)
        case .lanes:
            let lanes = LanesRenderer(columns: terminal.columns, isPlain: plain, symbols: symbols)
            return PageTraceReport(prepared, lanes, terminal: terminal, zooms: zoom)
        }
    }

    private func request() throws(CommandFailure) -> TraceRequest {
        do throws(MachineError) {
            return TraceRequest(machine: try machine.request(cpu: model.cpu), from: from, to: to, fromBoot: boot)
        } catch {
            throw CommandFailure(error)
        }
    }

    private func prepare(
        _ request: TraceRequest, in library: MachineLibrary
    ) throws(CommandFailure) -> PreparedTrace {
        do throws(MachineError) { return try library.prepare(request) } catch { throw CommandFailure(error) }
    }

    private func compare(
        _ prepared: PreparedTrace, with name: String, in library: MachineLibrary
    ) throws(CommandFailure) {
        var request = try request()
        request.machine.machine = name
        request.machine.cpu = nil
        let other = try prepare(request, in: library)
        func side(_ name: String, _ prepared: PreparedTrace) -> DiffPage.Side {
            let trace = prepared.machine.trace(to: prepared.end, budget: min(maxSteps, DiffPage.mostSteps))
            return DiffPage.Side(name: name, trace: trace, symbols: prepared.machine.symbols)
        }
        let terminal = Terminal.detect(plain: plain)
        let page = DiffPage(
            side(machine.machine, prepared), side(name, other), columns: terminal.columns, isPlain: plain)
        var output = ByteOutput()
        try output.write(terminal.palette.paint(page.lines).utf8)
        try output.flush()
    }

    /// Reports each step as soon as it is done: a trace of any length needs no more memory than a short one.
    private func trace(
        _ prepared: PreparedTrace, into report: inout any TraceReport
    ) throws(CommandFailure) -> Machine.RunEnd {
        var problem: CommandFailure?
        let end = prepared.machine.record(to: prepared.end, budget: maxSteps, isInterrupted: { problem != nil }) {
            step in
            do throws(CommandFailure) { try report.add(step, after: prepared.machine.cpu.state) } catch {
                problem = error
            }
        }
        if let problem { throw problem }
        try report.finish(end)
        return end
    }

    private static func words(for end: Machine.RunEnd) -> String {
        switch end {
        case .reached, .halted: "the machine halted first"
        case .shutdown: "the processor shut down first (triple fault)"
        case .budget: "more instructions were needed than --max-steps allows"
        case .interrupted: "the run was interrupted"
        }
    }
}
