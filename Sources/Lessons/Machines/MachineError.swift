import X86

/// Why a machine could not be made.
public struct MachineError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was wrong.
    public let message: String
    /// What would work.
    public let note: String?
    /// What the assembler found wrong with the machine's source.
    public let diagnostics: [AssemblerDiagnostic]

    init(_ message: String, note: String? = nil, diagnostics: [AssemblerDiagnostic] = []) {
        self.message = message
        self.note = note
        self.diagnostics = diagnostics
    }

    /// The message, the assembler's diagnostics, and the note, a line each.
    public var description: String {
        ([message] + diagnostics.map { "\($0)" } + (note.map { [$0] } ?? [])).joined(separator: "\n")
    }
}
