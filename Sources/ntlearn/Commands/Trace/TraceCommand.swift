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
            Example: ntlearn trace xp --cpu k6-2 --boot --max-steps 1000 --format json
            """)

    /// How a trace is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case list, json
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

    @Option(help: "list for people, json for scripts: one object a line.")
    var format: Format = .list

    @Flag(help: "Output for screen readers: no columns, no colour, a sentence for each step.")
    var plain = false

    func validate() throws {
        guard maxSteps > 0 else { throw ValidationError("--max-steps must be at least 1.") }
        guard !boot || from == nil else {
            throw ValidationError("--boot and --from both say where to begin; give one.")
        }
    }

    func run() throws {
        let prepared = try prepare(in: try machine.library())
        var report: any TraceReport =
            format == .json ? JSONTraceReport(prepared) : ListTraceReport(prepared, plain: plain)
        let end = try trace(prepared, into: &report)
        if let to, end != .reached { throw CommandFailure("\(to) was not reached: \(Self.words(for: end))") }
    }

    private func prepare(in library: MachineLibrary) throws(CommandFailure) -> PreparedTrace {
        do throws(MachineError) {
            let request = TraceRequest(machine: try machine.request(cpu: model.cpu), from: from, to: to, fromBoot: boot)
            return try library.prepare(request)
        } catch {
            throw CommandFailure(error)
        }
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
