import Debugger
import LessonEngine

/// A moment in a machine's run that expressions are evaluated at.
public struct MachinePoint: Sendable {
    /// Which machine runs what.
    public let request: MachineRequest
    /// Where the machine stops, an expression.
    public let at: String
    let location: SourceLocation
    private let places: MachinePlaces
    private let library: MachineLibrary

    init(_ machine: MachineFields, at: Located<String>, library: MachineLibrary) {
        request = machine.request
        self.at = at.value
        location = at.location
        places = machine.places
        self.library = library
    }

    /// The machine, stopped the first time that it comes to the address after the program has begun; before
    /// that, if the address belongs to the boot.
    public func machine() throws(MachineError) -> Machine {
        let machine = try library.machine(for: request)
        let address = try MachineLibrary.address(at, on: machine)
        try library.reach(address, at, on: machine)
        return machine
    }

    /// The value of an expression at this moment.
    public func evaluate(_ expression: String) throws -> UInt64 { try machine().evaluate(expression) }

    /// How many steps a proof shows.
    private static let proofLength = 12

    /// The last steps before this moment; of the boot only if the moment belongs to it.
    public func proof() throws(MachineError) -> Trace {
        let end = try machine()
        let replay = try library.machine(for: request)
        if let start = replay.symbols.symbol(named: MachineLibrary.programStart) {
            replay.run(to: UInt32(truncatingIfNeeded: start.address), budget: end.stepCount)
        }
        if replay.stepCount == end.stepCount { return try bootProof(end) }
        replay.run(to: nil, budget: max(0, end.stepCount - replay.stepCount - Self.proofLength))
        return replay.trace(to: end.cpu.eip, budget: end.stepCount - replay.stepCount)
    }

    private func bootProof(_ end: Machine) throws(MachineError) -> Trace {
        let replay = try library.machine(for: request)
        replay.run(to: nil, budget: max(0, end.stepCount - Self.proofLength))
        return replay.trace(to: end.cpu.eip, budget: end.stepCount - replay.stepCount)
    }

    /// What is wrong with the machine or the address.
    func check() -> [Diagnostic] {
        do {
            _ = try machine()
            return []
        } catch {
            let isOfProgram = error.kind == .program || error.call != nil
            return isOfProgram ? places.diagnostics(for: error) : [.machine(error, at: location)]
        }
    }
}
