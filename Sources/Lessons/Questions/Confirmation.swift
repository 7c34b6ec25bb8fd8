import Debugger
import LessonEngine

/// What the machine says of an answer that its author wrote as a figure: the key `check` is an expression that must have
/// the same value at the question's point.
struct Confirmation: Sendable {
    /// Nil if there is none, or it is no expression.
    let check: Located<String>?
    /// Whether the author wrote one.
    let isWritten: Bool

    /// A figure that the machine contradicts, or that nobody asked the machine about.
    func problems(of answer: Located<String>, _ key: UInt64, on machine: Machine) -> [Diagnostic] {
        guard let check else { return !isWritten && isLiteral(answer) ? [unproven(answer)] : [] }
        guard let value = try? machine.evaluate(check.value) else {
            return [Diagnostic.failure(of: check, on: machine)].compactMap(\.self)
        }
        guard value != key else { return [] }
        let figure = LiveValue.text(key)
        return [
            .error(
                .contradicted, at: answer.location,
                "the answer is \(figure), but `\(check.value)` is \(LiveValue.text(value)) at this point",
                note: "numbers in expressions are hexadecimal; the expression itself can be the answer")
        ]
    }

    /// Whether an answer has a value without any machine.
    private func isLiteral(_ answer: Located<String>) -> Bool {
        (try? Expression(answer.value).evaluate(in: SymbolContext(SymbolTable([])))) != nil
    }

    private func unproven(_ answer: Located<String>) -> Diagnostic {
        .warning(
            .literalAnswer, at: answer.location, "nothing on the machine confirms the figure `\(answer.value)`",
            note: "write an expression such as eax, or add `check:` with one that must have the same value")
    }
}
