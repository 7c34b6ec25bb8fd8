import X86

/// Why a machine could not be made.
public struct MachineError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of thing went wrong.
    public enum Kind: Hashable, Sendable {
        /// The machine or its program is not what can be asked for.
        case request
        /// The source of the program in ring 3 does not assemble.
        case program
        /// The machine has no stub for this service.
        case service(String)
        /// An expression is no address of the machine.
        case address
        /// The machine ran, and did not come to where it was wanted.
        case run
    }

    /// Whether the request or the run failed.
    public let kind: Kind
    /// What was wrong.
    public let message: String
    /// What would work.
    public internal(set) var note: String?
    /// What the assembler found wrong with the machine's source.
    public let diagnostics: [AssemblerDiagnostic]

    /// The call that is wrong, counted from 0, if it is one of the program's.
    var call: Int?

    init(_ message: String, note: String? = nil, diagnostics: [AssemblerDiagnostic] = [], kind: Kind = .request) {
        self.kind = kind
        self.message = message
        self.note = note
        self.diagnostics = diagnostics
    }

    /// The message, the assembler's diagnostics, and the note, a line each.
    public var description: String {
        ([message] + diagnostics.map { "\($0)" } + (note.map { [$0] } ?? [])).joined(separator: "\n")
    }
}
