import Debugger

/// A variable in the program's page, made by an argument such as `&time`.
public struct ProgramVariable: Hashable, Sendable {
    /// As the call has it; the symbol is `program!name`.
    public let name: String
    /// Where it lies.
    public let address: UInt32
    /// In bytes.
    public let size: Int

    /// What it holds now, the first byte first.
    public func bytes(on machine: Machine) -> [UInt8] { machine.cpu.bytes(at: address, count: size) }

    /// Its bytes as one number, if they are at most eight.
    public func value(on machine: Machine) -> UInt64? {
        let bytes = bytes(on: machine)
        guard bytes.count == size, size <= 8 else { return nil }
        return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension UserProgram {
    /// The variables of the program's calls, in the order of the calls.
    func variables(on machine: Machine) -> [ProgramVariable] {
        guard case .calls(let calls) = self else { return [] }
        return CallProgram.variables(of: calls).compactMap { name, size in
            machine.symbols.symbol(named: "program!\(name)").map {
                ProgramVariable(name: name, address: UInt32(truncatingIfNeeded: $0.address), size: size)
            }
        }
    }
}
