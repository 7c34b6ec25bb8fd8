import Debugger
import LessonEngine

/// A moment in a machine's run that expressions are evaluated at.
public struct MachinePoint: Sendable {
    /// Which machine runs what.
    public let request: MachineRequest
    /// Where the machine stops, an expression.
    public let at: String
    let location: SourceLocation
    /// The stretch of the run in which the moment lies; nil for all of it.
    private let stretch: TraceRequest?
    private let places: MachinePlaces
    private let library: MachineLibrary

    init(_ machine: MachineFields, at: Located<String>, within stretch: TraceRequest? = nil, library: MachineLibrary) {
        request = machine.request
        self.at = at.value
        location = at.location
        self.stretch = stretch
        places = machine.places
        self.library = library
    }

    /// The machine, stopped the first time that it comes to the address after the program, or the stretch, has begun;
    /// before that, if the address belongs to the boot.
    public func machine() throws(MachineError) -> Machine {
        if let stretch {
            let machine = try library.prepare(stretch).machine
            try library.reach(try address(on: machine), at, on: machine, TraceBlock.budget)
            return machine
        }
        let machine = try library.machine(for: request)
        try library.reach(try address(on: machine), at, on: machine)
        return machine
    }

    /// The address of the moment, which needs no run.
    public func address(on machine: Machine) throws(MachineError) -> UInt32 {
        try MachineLibrary.address(at, on: machine)
    }

    /// The value of an expression at this moment, which the library keeps for a while: a key is asked for again and again.
    public func evaluate(_ expression: String) throws -> UInt64 {
        let key = MachineLibrary.ValueKey(request: request, stretch: stretch, at: at, expression: expression)
        return try library.values.value(key) { try machine().evaluate(expression) }
    }

    /// The machine one step before this moment, if the program has executed a step by then.
    func machineBefore() throws(MachineError) -> Machine? {
        let end = try machine()
        let replay = try replayToProgram(end)
        guard replay.stepCount < end.stepCount else { return nil }
        replay.run(to: nil, budget: end.stepCount - replay.stepCount - 1)
        return replay
    }

    /// How many steps a proof shows.
    private static let proofLength = 12

    /// The last steps before this moment, of the boot only if the moment belongs to it.
    /// - Parameter further: how many steps behind the moment belong to the proof.
    public func proof(further: Int = 0) throws(MachineError) -> Trace {
        let end = try machine()
        var replay = try replayToProgram(end)
        if replay.stepCount == end.stepCount, further == 0 { replay = try library.machine(for: request) }
        replay.run(to: nil, budget: max(0, end.stepCount - replay.stepCount - Self.proofLength))
        return replay.trace(to: nil, budget: end.stepCount - replay.stepCount + further)
    }

    /// A fresh machine at the program's beginning, or at `end` if that comes before.
    private func replayToProgram(_ end: Machine) throws(MachineError) -> Machine {
        let replay = try library.machine(for: request)
        if let start = replay.symbols.symbol(named: MachineLibrary.programStart) {
            replay.run(to: UInt32(truncatingIfNeeded: start.address), budget: end.stepCount)
        }
        return replay
    }

    /// What is wrong with the machine or the address.
    func check() -> [Diagnostic] {
        do {
            _ = try machine()
            return []
        } catch {
            return problems(of: error)
        }
    }

    /// A machine's error where the author can mend it.
    func problems(of error: MachineError) -> [Diagnostic] {
        let isOfProgram = error.kind == .program || error.call != nil
        return isOfProgram ? places.diagnostics(for: error) : [.machine(error, at: location)]
    }
}
