import Debugger
import X86

/// A stretch of a machine's run: where it begins and where it ends.
public struct TraceRequest: Hashable, Sendable {
    /// What runs.
    public var machine: MachineRequest
    /// Where to begin, an expression; `nil` for the program's first instruction.
    public var from: String?
    /// Where to end, an expression; `nil` for the return of the last call, or else the machine's halt.
    public var to: String?
    /// Begin at the image's entry point instead.
    public var fromBoot: Bool

    /// A request; nothing is looked up yet.
    public init(machine: MachineRequest, from: String? = nil, to: String? = nil, fromBoot: Bool = false) {
        self.machine = machine
        self.from = from
        self.to = to
        self.fromBoot = fromBoot
    }
}

/// A machine at the beginning of a trace, and the address of the end.
public struct PreparedTrace {
    /// Stopped where the trace begins.
    public let machine: Machine
    /// Where it ends; `nil` for the machine's halt.
    public let end: UInt32?
    /// What the program's calls receive.
    public let variables: [ProgramVariable]
}

extension MachineLibrary {
    /// Boots a machine and brings it to the beginning of a trace.
    /// - Throws: what is wrong with the request, or that the beginning is never reached.
    public func prepare(
        _ request: TraceRequest, budget: Int = Machine.defaultBudget, isInterrupted: () -> Bool = { false }
    ) throws(MachineError) -> PreparedTrace {
        let machine = try machine(for: request.machine)
        let end = try endAddress(of: request, on: machine)
        if !request.fromBoot, let start = try startAddress(of: request, on: machine) {
            try reach(start, request.from ?? Self.programStart, on: machine, budget, isInterrupted)
        }
        return PreparedTrace(
            machine: machine, end: end, variables: request.machine.program.variables(on: machine))
    }

    static let programStart = "program!main"

    private func startAddress(of request: TraceRequest, on machine: Machine) throws(MachineError) -> UInt32? {
        if let from = request.from { return try Self.address(from, on: machine) }
        return machine.symbols.symbol(named: Self.programStart).map { UInt32(truncatingIfNeeded: $0.address) }
    }

    private func endAddress(of request: TraceRequest, on machine: Machine) throws(MachineError) -> UInt32? {
        if let to = request.to { return try Self.address(to, on: machine) }
        let calls = request.machine.program.callCount
        return calls == 0 ? nil : try Self.address("program!return\(calls)", on: machine)
    }

    /// An address that must be known before the machine runs: symbols and numbers.
    static func address(_ text: String, on machine: Machine) throws(MachineError) -> UInt32 {
        do {
            let value = try Expression(text).evaluate(in: SymbolContext(machine.symbols))
            return UInt32(truncatingIfNeeded: value)
        } catch {
            throw MachineError("\"\(text)\": \(error.message)", note: error.note, kind: .address)
        }
    }

    /// Runs to an address, or says why that never happens.
    func reach(
        _ address: UInt32, _ name: String, on machine: Machine, _ budget: Int = Machine.defaultBudget,
        _ isInterrupted: () -> Bool = { false }
    ) throws(MachineError) {
        let why: String
        switch machine.run(to: address, budget: budget, isInterrupted: isInterrupted) {
        case .reached: return
        case .halted: why = "the machine halted first"
        case .shutdown: why = "the processor shut down first (triple fault)"
        case .interrupted: why = "the run was interrupted"
        case .budget: why = "\(budget) steps were not enough"
        }
        throw MachineError("\(name) is never reached: \(why)", kind: .run)
    }
}
