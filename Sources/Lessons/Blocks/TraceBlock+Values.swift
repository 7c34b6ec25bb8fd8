import Debugger

extension TraceBlock {
    /// The values at the trace's end, all of one run.
    public func values(of expressions: [String]) -> [Result<String, any Error>] {
        do {
            let machine = try machineAtEnd()
            return expressions.map { expression in Result { LiveValue.text(try machine.evaluate(expression)) } }
        } catch {
            return expressions.map { _ in .failure(error) }
        }
    }
}
