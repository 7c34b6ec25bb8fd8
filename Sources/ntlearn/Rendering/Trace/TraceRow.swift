import Debugger
import X86

/// The lines of one step in columns: ring, address, bytes, text, changes.
struct TraceRow {
    let columns: TraceColumns

    /// - Parameter text: the instruction as it is to be shown.
    func lines(_ step: TraceStep, _ text: String, _ changes: [StepChange]) -> [StyledText] {
        let row = margin(of: step) + StyledText(bytes(of: step), .dim).padded(to: columns.bytes) + StyledText(text)
        return beside(row, changes)
    }

    /// A step that no instruction made.
    /// - Parameter text: what arrived before the instruction that waits at the step's address.
    func interruption(_ step: TraceStep, _ text: String, _ changes: [StepChange]) -> [StyledText] {
        let sentence = StyledText("\(text.prefix(1).uppercased())\(text.dropFirst()).", .bad)
        let lines = sentence.wrapped(to: columns.width - TraceColumns.margin)
        let indent = StyledText(spaces(TraceColumns.margin))
        return lines.prefixed(first: margin(of: step), rest: indent)
            + (changes.isEmpty ? [] : continuation("", changes))
    }

    private func margin(of step: TraceStep) -> StyledText {
        StyledText("\(step.before.cpl) \(Hex.digits(step.address)) ", step.before.cpl == 3 ? .user : .kernel)
    }

    /// A line of text below a row, in the column of the instructions.
    func continuation(_ text: String, _ changes: [StepChange]) -> [StyledText] {
        beside(StyledText(spaces(TraceColumns.margin + columns.bytes)) + StyledText(text, .dim), changes)
    }

    /// What went wrong in a step, and why.
    func exceptions(_ step: TraceStep) -> [StyledText] {
        step.effects.compactMap { effect -> StyledText? in
            guard case .raise(let exception) = effect else { return nil }
            return StyledText(TraceSentence.text(of: exception), .bad)
        }.flatMap { text in
            let indent = StyledText(spaces(TraceColumns.margin))
            return text.wrapped(to: columns.width - TraceColumns.margin).prefixed(indent)
        }
    }

    /// A rule across the list where the ring changes.
    func crossing(_ crossing: RingCrossing) -> [StyledText] {
        let text = "──── ring \(crossing.from) → ring \(crossing.to): \(crossing.door) "
        let rule = String(repeating: "─", count: max(0, columns.width - text.displayWidth))
        return StyledText(text + rule, crossing.to == 3 ? .user : .kernel).wrapped(to: columns.width)
    }

    /// Long instructions show their first bytes.
    private func bytes(of step: TraceStep) -> String {
        guard columns.bytes > 0 else { return "" }
        let most = (columns.bytes - 1) / 2
        guard step.bytes.count > most else { return Hex.digits(step.bytes) }
        return Hex.digits(step.bytes.prefix(most - 1)) + "…"
    }

    /// The changes go into their column; behind a longer text if there is room, below it if there is none.
    private func beside(_ row: StyledText, _ changes: [StepChange]) -> [StyledText] {
        guard !changes.isEmpty else { return [row.trimmed] }
        let pieces = changes.reduce(into: StyledText()) { text, change in
            if !text.isEmpty { text.append(" ", []) }
            text.append(StyledText(change.short.replacing(" ", with: "\u{A0}"), .changed))
        }
        let packed = pieces.wrapped(to: columns.changes)
        let start = max(columns.changesStart, row.width + 1)
        if let only = packed.first, packed.count == 1, start + only.width <= columns.width {
            return [row.padded(to: start) + only]
        }
        let indent = StyledText(spaces(columns.changesStart))
        guard row.width < columns.changesStart else { return [row.trimmed] + packed.prefixed(indent) }
        return packed.prefixed(first: row.padded(to: columns.changesStart), rest: indent)
    }
}
