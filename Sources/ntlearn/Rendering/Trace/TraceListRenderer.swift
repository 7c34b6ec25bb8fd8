import Debugger
import X86

/// A trace for people, step by step: a heading where the symbol changes, a row for each instruction with what it
/// changed, a line where the ring changes.
///
/// The rounds of a repeated string instruction are folded into one line. For a screen reader each step is a sentence.
struct TraceListRenderer {
    private let columns: TraceColumns
    private let isPlain: Bool
    private let stepText: StepText
    private var heading: String?
    private var last: Last?
    private var fold: Fold?

    /// The step before, to recognise a further round of the same instruction.
    private struct Last {
        let address: UInt32
        let isRepeated: Bool
    }

    /// Rounds that were not shown.
    private struct Fold {
        let before: RegisterState
        var after: RegisterState
        var rounds = 1
    }

    /// - Parameters:
    ///   - columns: the terminal's width.
    ///   - isPlain: sentences in place of rows.
    ///   - symbols: the names of the machine's addresses.
    init(columns: Int, isPlain: Bool, symbols: SymbolTable) {
        self.columns = TraceColumns(width: columns)
        self.isPlain = isPlain
        stepText = StepText(symbols: symbols)
    }

    /// A renderer for the room that a page has.
    init(layout: Layout, symbols: SymbolTable) {
        self.init(columns: layout.columns, isPlain: layout.isPlain, symbols: symbols)
    }

    /// The lines that a step adds; none for a round that is folded.
    /// - Parameter after: the registers when the step was done.
    mutating func lines(for step: TraceStep, after: RegisterState) -> [StyledText] {
        if folds(step, after) { return [] }
        let changes = StepChanges(step, after: after).items
        let lines = finish() + (isPlain ? spoken(step, changes) : listed(step, changes))
        last = Last(address: step.address, isRepeated: step.code.text.hasPrefix("rep"))
        return lines
    }

    /// The line of the rounds that are folded, if there are any.
    mutating func finish() -> [StyledText] {
        guard let fold else { return [] }
        self.fold = nil
        let rounds = "\(fold.rounds) more round\(fold.rounds == 1 ? "" : "s")"
        let changes = StepChanges(from: fold.before, to: fold.after).items
        if isPlain { return [StyledText(TraceSentence.sentence("The instruction runs \(rounds)", changes))] }
        return TraceRow(columns: columns).continuation("… \(rounds)", changes)
    }

    private mutating func folds(_ step: TraceStep, _ after: RegisterState) -> Bool {
        guard let last, last.isRepeated, last.address == step.address, step.outcome == .executed else { return false }
        if fold == nil { fold = Fold(before: step.before, after: after) } else { fold?.rounds += 1 }
        fold?.after = after
        return true
    }

    private mutating func listed(_ step: TraceStep, _ changes: [StepChange]) -> [StyledText] {
        let row = TraceRow(columns: columns)
        let interruption = TraceSentence.interruption(of: step).map { row.interruption(step, $0, changes) }
        let lines = interruption ?? row.lines(step, stepText.text(of: step), changes)
        return newHeading(step) + lines + row.exceptions(step)
            + (RingCrossing(step).map(row.crossing) ?? [])
    }

    private func spoken(_ step: TraceStep, _ changes: [StepChange]) -> [StyledText] {
        TraceSentence.lines(step, stepText.text(of: step), changes)
    }

    private mutating func newHeading(_ step: TraceStep) -> [StyledText] {
        let name = step.location?.symbol.name ?? ""
        guard name != heading ?? "" else { return [] }
        heading = name
        return [StyledText((step.location.map { "\($0)" } ?? "(no symbol)") + ":", .heading)]
    }
}
