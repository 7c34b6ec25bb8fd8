import LessonEngine

/// Where a block says which machine runs what, and so where its mistakes are reported.
struct MachinePlaces: Sendable {
    /// The value of `machine`.
    let machine: SourceLocation
    /// Each call.
    let calls: [SourceLocation]
    /// The text of `program`.
    let program: TextPlace?

    /// A machine's error as a lesson's diagnostics.
    func diagnostics(for error: MachineError) -> [Diagnostic] {
        if error.kind == .program, let program {
            return error.diagnostics.map { found in
                .error(
                    .badProgram, at: program.location(line: found.line, column: found.column), found.message,
                    note: found.note)
            }
        }
        if let call = error.call, calls.indices.contains(call) {
            return [.error(.badCall, at: calls[call], error.message, note: error.note)]
        }
        return [.machine(error, at: machine)]
    }
}

extension Diagnostic {
    /// A machine's error at one place, the assembler's findings included.
    static func machine(_ error: MachineError, at place: SourceLocation) -> Diagnostic {
        let code: DiagnosticCode =
            switch error.kind {
            case .request, .service, .program: .badMachine
            case .address: .badExpression
            case .run: .neverReached
            }
        let details = error.diagnostics.prefix(3).map {
            "\($0.file), line \($0.line), column \($0.column): \($0.message)"
        }
        let message = ([error.message] + details).joined(separator: "; ")
        return .error(code, at: place, message, note: error.note)
    }
}
