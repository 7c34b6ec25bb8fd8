/// Checks of one lesson, one after the other, until the time for them is over.
struct TimedRun {
    private let limit = TimeLimit.current
    private(set) var diagnostics: [Diagnostic] = []
    private var isOver = false

    /// Runs a check and keeps what it finds. What one finds that took too long is worth nothing: it was cut short.
    mutating func add(at place: SourceLocation, _ check: () -> [Diagnostic]) {
        guard !isOver else { return }
        limit?.enter(place)
        let found = check()
        guard let limit, limit.hasPassed else {
            diagnostics += found
            return
        }
        isOver = true
        diagnostics.append(limit.diagnostic(from: place))
    }
}
