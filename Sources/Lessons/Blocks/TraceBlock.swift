import Debugger
import LessonEngine

/// A stretch of a live run that the learner watches.
///
///     ```trace id=door
///     machine: sysenter
///     call: NtClose(0x44)
///     from: ntdll!NtClose
///     to: nt!KiFastCallEntry
///     watch: [eax, edx, esp, cpl]
///     predict:
///       - at: SharedUserData!SystemCall
///         ask: edx
///     ```
public struct TraceBlock: LiveBlock {
    /// Unique in its lesson.
    public let id: String
    /// The opening fence.
    public let location: SourceLocation
    /// What runs, from where to where.
    public let request: TraceRequest
    /// Expressions to show when the trace has ended.
    public let watch: [String]
    /// Where it pauses for the learner, in order of execution.
    public let predictions: [PredictQuestion]

    private let watchLocations: [Located<String>]
    private let places: MachinePlaces
    private let library: MachineLibrary

    /// The machine at the beginning, and the address of the end.
    public func prepare(isInterrupted: () -> Bool = { false }) throws(MachineError) -> PreparedTrace {
        try library.prepare(request, isInterrupted: isInterrupted)
    }

    /// The most steps that a lesson's trace may take.
    public static let budget = 20_000

    /// The machine at the end of the trace.
    public func machineAtEnd() throws(MachineError) -> Machine {
        let prepared = try prepare()
        let end = prepared.machine.record(to: prepared.end, budget: Self.budget) { _ in }
        if let address = prepared.end, prepared.machine.cpu.eip != address {
            let name = request.to ?? "the program's return"
            throw MachineError("\(name) is never reached: \(Self.describe(end))", kind: .run)
        }
        if end == .budget { throw MachineError("the machine does not halt within \(Self.budget) steps", kind: .run) }
        return prepared.machine
    }

    private static func describe(_ end: Machine.RunEnd) -> String {
        switch end {
        case .halted: "the machine halted first"
        case .shutdown: "the processor shut down first (triple fault)"
        case .budget: "\(budget) steps were not enough"
        case .reached, .interrupted: "the run was interrupted"
        }
    }

    /// The value at the trace's end: `19h`.
    public func value(of expression: String) throws -> String {
        LiveValue.text(try machineAtEnd().evaluate(expression))
    }

    /// The trace must reach its end, and what it watches must have values there.
    public func check() -> [Diagnostic] {
        let machine: Machine
        do { machine = try machineAtEnd() } catch {
            return places.diagnostics(for: error)
        }
        let watched = watchLocations.compactMap { Diagnostic.failure(of: $0, on: machine) }
        return watched + predictionProblems()
    }

    /// Those of the predictions.
    public var liveExpressions: [LiveExpression] { predictions.flatMap(\.liveExpressions) }

    /// Those of the predictions.
    public var testedObjectives: [[Located<Int>]] { predictions.map(\.text.objectives) }

    init(
        _ fields: Fields, _ machine: MachineFields, _ stretch: TraceRequest, watch: [Located<String>],
        predictions: [PredictQuestion], library: MachineLibrary
    ) {
        id = fields.id
        location = fields.location
        request = stretch
        self.predictions = predictions
        self.watch = watch.map(\.value)
        watchLocations = watch
        places = machine.places
        self.library = library
    }
}

/// Reads trace blocks.
struct TraceKind: BlockKind {
    let name = "trace"
    let library: MachineLibrary

    func makeBlock(_ fields: inout Fields) -> (any Block)? {
        let machine = MachineFields(&fields, library: library)
        let from = fields.expression("from")
        let to = fields.expression("to")
        let watch = fields.strings("watch").filter(fields.isExpression)
        let stretch = machine.map { TraceRequest(machine: $0.request, from: from?.value, to: to?.value) }
        let reader = PredictionReader(machine: machine, stretch: stretch, library: library)
        let predictions = reader.predictions(&fields)
        guard let machine, let stretch else { return nil }
        return TraceBlock(fields, machine, stretch, watch: watch, predictions: predictions, library: library)
    }
}
