import Debugger
import X86

/// Folds what repeats: the rounds of a repeated string instruction after the first, those of a loop after the second.
///
/// A loop is a run of instructions at the same addresses as the run before. Only instructions that completed in their
/// ring are folded: whatever crosses a border is always shown.
struct RepeatFolder {
    /// What is to be shown.
    enum Item {
        case step(TraceStep, after: RegisterState)
        /// Rounds that are not shown: how many, of how many instructions, and what they changed.
        case rounds(Int, length: Int, before: RegisterState, after: RegisterState)
    }

    private typealias Done = (step: TraceStep, after: RegisterState)

    /// Loops with longer bodies are rather told than folded.
    private static let longestBody = 24

    /// Addresses of the last steps, oldest first.
    private var history: [UInt32] = []
    private var wasRepeated = false
    private var fold: Fold?

    private struct Fold {
        let length: Int
        /// The addresses of one round, in the order in which they come.
        let body: [UInt32]
        var rounds = 0
        var before: RegisterState
        var after: RegisterState
        /// Steps of a round that has not come to its end.
        var pending: [Done] = []
    }

    /// - Returns: what a further step makes visible, in order.
    mutating func add(_ step: TraceStep, after: RegisterState) -> [Item] {
        let done: Done = (step, after)
        if goesOn(with: done) { return [] }
        let shown = finish()
        if isPlain(done), let length = period(endingBefore: step) {
            begin(length, with: done)
            return shown
        }
        note(done)
        return shown + [.step(step, after: after)]
    }

    /// - Returns: what was held back.
    mutating func finish() -> [Item] {
        guard let fold else { return [] }
        self.fold = nil
        let rounds: [Item] =
            fold.rounds == 0
            ? [] : [.rounds(fold.rounds, length: fold.length, before: fold.before, after: fold.after)]
        fold.pending.forEach { note($0) }
        return rounds + fold.pending.map { .step($0.step, after: $0.after) }
    }

    private mutating func begin(_ length: Int, with done: Done) {
        let body = Array(history.suffix(length))
        fold = Fold(length: length, body: body, before: done.step.before, after: done.step.before)
        _ = goesOn(with: done)
    }

    private mutating func goesOn(with done: Done) -> Bool {
        guard var current = fold, isPlain(done), done.step.address == current.body[current.pending.count] else {
            return false
        }
        current.pending.append(done)
        if current.pending.count == current.length {
            current.rounds += 1
            current.after = done.after
            current.pending = []
        }
        fold = current
        return true
    }

    private func isPlain(_ done: Done) -> Bool {
        done.step.outcome == .executed && done.step.before.cpl == done.after.cpl
    }

    /// The length of the loop whose third round, or of the string instruction whose second one, begins with a step.
    private func period(endingBefore step: TraceStep) -> Int? {
        if wasRepeated, history.last == step.address { return 1 }
        return (1...Self.longestBody).first { length in
            history.count >= 2 * length && history[history.count - length] == step.address
                && history.suffix(length).elementsEqual(history.suffix(2 * length).prefix(length))
        }
    }

    private mutating func note(_ done: Done) {
        wasRepeated = done.step.code.text.hasPrefix("rep")
        guard isPlain(done) else { return history.removeAll() }
        history.append(done.step.address)
        if history.count > 4 * Self.longestBody { history.removeFirst(2 * Self.longestBody) }
    }
}
