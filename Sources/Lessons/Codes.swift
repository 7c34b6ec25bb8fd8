import LessonEngine

/// The diagnostics of blocks and questions that need a machine.
extension DiagnosticCode {
    /// The machine does not exist, does not assemble, or cannot be booted.
    public static let badMachine = DiagnosticCode("bad-machine", "The machine cannot be made as the block asks.")
    /// The text of `call` is no call.
    public static let badCall = DiagnosticCode("bad-call", "A call is a service's name with arguments in parentheses.")
    /// The text of `program` does not assemble.
    public static let badProgram = DiagnosticCode("bad-program", "The program of a block does not assemble.")
    /// An expression cannot be read.
    public static let badExpression = DiagnosticCode("bad-expression", "The text is not a WinDbg expression.")
    /// An expression has no value at its point.
    public static let expressionFails = DiagnosticCode(
        "expression-fails", "The expression cannot be evaluated at the point that the block names.")
    /// A trace or a point is never reached.
    public static let neverReached = DiagnosticCode("never-reached", "The machine never comes to this address.")
    /// A model answer does not do what its question wants.
    public static let solutionFails = DiagnosticCode(
        "solution-fails", "The author's own solution, played or run on the machine, does not reach the goal.")
    /// The machine says something else than a figure of the author's.
    public static let contradicted = DiagnosticCode(
        "contradicted", "The machine contradicts an answer that is written as a figure.")
    /// A figure that the machine was not asked about.
    public static let literalAnswer = DiagnosticCode(
        "literal-answer", "The answer is written as a figure, and nothing on the machine confirms it.")
}

extension DiagnosticCode {
    /// Every code that this target reports, in the order of the instructors' reference.
    public static let ofMachines: [DiagnosticCode] = [
        .badMachine, .badCall, .badProgram, .badExpression, .expressionFails, .neverReached, .contradicted,
        .literalAnswer, .solutionFails,
        .assembly, .neverBoots, .machineName,
    ]

    /// Every code that `ntlearn check` can report.
    public static let everywhere = all + ofMachines
}
