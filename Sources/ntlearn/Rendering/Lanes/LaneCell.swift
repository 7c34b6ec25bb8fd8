import Debugger
import X86

/// The lines of one step inside its lane: place, instruction, and what it changed.
struct LaneCell {
    let columns: LaneColumns
    /// The lane's width.
    let width: Int

    /// - Parameter text: the instruction as it is to be shown.
    func lines(_ step: TraceStep, _ text: String, _ changes: [StepChange]) -> [StyledText] {
        beside(instruction(step, text), changes)
    }

    /// Place and instruction alone.
    func instruction(_ step: TraceStep, _ text: String) -> StyledText {
        let style: Style = step.before.cpl == 3 ? .user : .kernel
        return (StyledText(place(step), style) + " ").padded(to: columns.margin) + StyledText(text)
    }

    /// Text in the column of the instructions.
    func note(_ text: StyledText) -> [StyledText] {
        text.wrapped(to: width - columns.margin).prefixed(StyledText(spaces(columns.margin)))
    }

    /// Text in the column of the instructions, with changes beside it.
    func note(_ text: StyledText, _ changes: [StepChange]) -> [StyledText] {
        beside(StyledText(spaces(columns.margin)) + text, changes)
    }

    /// Changes alone, as many in a line as fit.
    static func packed(_ changes: [StepChange], width: Int) -> [StyledText] {
        guard !changes.isEmpty else { return [] }
        return changes.reduce(into: StyledText()) { text, change in
            if !text.isEmpty { text.append(" ", []) }
            text.append(StyledText(change.short.replacing(" ", with: "\u{A0}"), .changed))
        }.wrapped(to: width)
    }

    private func place(_ step: TraceStep) -> String {
        guard !columns.showsAddresses, let location = step.location else { return Hex.digits(step.address) }
        let offset = "+" + String(location.offset, radix: 16)
        return spaces(columns.margin - 1 - offset.count) + offset
    }

    /// In their column; behind a longer text if there is room, below it if there is none.
    private func beside(_ row: StyledText, _ changes: [StepChange]) -> [StyledText] {
        guard let all = Self.packed(changes, width: .max).first, !changes.isEmpty else { return wrapped(row) }
        let places = [columns.changesStart(in: width), width - all.width].compactMap(\.self)
        if let place = places.first(where: { $0 > row.width && $0 + all.width <= width }) {
            return [row.padded(to: place) + all]
        }
        guard let start = columns.changesStart(in: width) else { return wrapped(row) + below(changes) }
        let packed = Self.packed(changes, width: width - start)
        let indent = StyledText(spaces(start))
        guard row.width < start else { return wrapped(row) + packed.prefixed(indent) }
        return packed.prefixed(first: row.padded(to: start), rest: indent)
    }

    /// At the right edge.
    private func below(_ changes: [StepChange]) -> [StyledText] {
        Self.packed(changes, width: width - columns.margin - 2).map { StyledText(spaces(width - $0.width)) + $0 }
    }

    /// An instruction that is longer than the lane goes on below, a little to the right.
    private func wrapped(_ row: StyledText) -> [StyledText] {
        guard row.width > width else { return [row.trimmed] }
        let indent = columns.margin + 2
        let margin = row.prefix(columns.margin)
        let lines = row.dropFirst(columns.margin).wrapped(to: width - indent)
        return lines.prefixed(first: margin, rest: StyledText(spaces(indent)))
    }
}

extension StyledText {
    /// The first characters; each of them one column wide.
    fileprivate func prefix(_ count: Int) -> StyledText {
        var left = count
        return spans.reduce(into: StyledText()) { text, span in
            text.append(String(span.text.prefix(left)), span.styles)
            left = max(0, left - span.text.count)
        }
    }

    /// What is behind the first characters.
    func dropFirst(_ count: Int) -> StyledText {
        var left = count
        return spans.reduce(into: StyledText()) { text, span in
            text.append(String(span.text.dropFirst(left)), span.styles)
            left = max(0, left - span.text.count)
        }
    }
}
