/// One thing wrong with an assembly source, and where.
public struct AssemblerDiagnostic: Error, Hashable, Sendable, CustomStringConvertible {
    /// Name of the source file, as the caller or an `%include` spelled it.
    public var file: String
    /// Line, 1-based. Inside a macro expansion this is the line of the outermost call.
    public var line: Int
    /// Column in characters, 1-based, of the offending token.
    public var column: Int
    /// What is wrong.
    public var message: String
    /// What would work, or where in a macro the problem lies.
    public var note: String?

    /// Creates a diagnostic; `line` and `column` are 1-based.
    public init(file: String, line: Int, column: Int, message: String, note: String? = nil) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
        self.note = note
    }

    /// `file:line:column: error: message`, the form that editors and terminals recognise.
    public var description: String { "\(file):\(line):\(column): error: \(message)" }
}

/// Everything wrong with a source, in the order of the source. Never empty.
public struct AssemblerFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The diagnostics, each distinct.
    public var diagnostics: [AssemblerDiagnostic]

    /// Creates a failure from its diagnostics.
    public init(diagnostics: [AssemblerDiagnostic]) {
        self.diagnostics = diagnostics
    }

    /// One line for each diagnostic, its note behind it.
    public var description: String {
        diagnostics.map { diagnostic in
            diagnostic.note.map { "\(diagnostic)\n  note: \($0)" } ?? diagnostic.description
        }.joined(separator: "\n")
    }
}
