import Debugger
import X86

/// The arrow from one lane into the other, with what let the processor through where it arrives.
struct LaneCrossing {
    let columns: LaneColumns
    let crossing: RingCrossing

    /// Of what is said where the arrow arrives.
    private static let indent = 2

    /// - Parameters:
    ///   - text: the instruction as it is to be shown.
    ///   - changes: what the crossing changed.
    func lines(_ step: TraceStep, _ text: String, _ changes: [StepChange]) -> [StyledText] {
        let isUp = crossing.to == 3
        let origin = isUp ? columns.right : columns.left
        let target = isUp ? columns.left : columns.right
        let cell = LaneCell(columns: columns, width: columns.isPair ? origin : columns.right)
        var row = step.isBeforeInterrupt ? StyledText(spaces(columns.margin)) : cell.instruction(step, text)
        var above: [StyledText] = []
        guard columns.isPair else { return folded(row, step, changes) }
        // The longest instructions leave no room for the arrow.
        if !isUp, row.width + label(step).width + 4 > origin || isUp, row.width > origin {
            above = columns.lane(crossing.from, cell.lines(step, text, []))
            row = StyledText(spaces(columns.margin))
        }
        let arrival = arrival(step, changes, width: isUp ? target - Self.indent - 3 : target - Self.indent)
        return above + (isUp ? leftward(row, arrival) : rightward(row, label(step), arrival))
    }

    /// `INT 2Eh` and its like say it themselves; a fault or an interrupt comes without being asked for.
    private func label(_ step: TraceStep) -> StyledText {
        let isEvent = step.exception != nil || step.isBeforeInterrupt
        return isEvent ? StyledText(" \(crossing.name)", .bad) : StyledText()
    }

    private func arrival(_ step: TraceStep, _ changes: [StepChange], width: Int) -> [StyledText] {
        let way = crossing.way.isEmpty ? crossing.name : crossing.way
        let reasons = step.effects.compactMap(\.raisedText).flatMap { StyledText($0, .bad).wrapped(to: width) }
        return StyledText(way, style).wrapped(to: width) + reasons + LaneCell.packed(changes, width: width)
    }

    private var style: Style { crossing.to == 3 ? .user : .kernel }

    /// Ring 3 to ring 0: the instruction's row goes on as an arrow.
    private func rightward(_ row: StyledText, _ label: StyledText, _ arrival: [StyledText]) -> [StyledText] {
        let start = row.trimmed + label + " "
        let shaft = String(repeating: "━", count: max(0, columns.left - start.width + 1)) + "┿━▶"
        let first = start + StyledText(shaft, style) + " " + (arrival.first ?? "")
        let indent = StyledText(spaces(columns.left)) + StyledText(" │ ", .dim) + StyledText(spaces(Self.indent))
        return [first.trimmed] + Array(arrival.dropFirst()).prefixed(indent)
    }

    /// Ring 0 to ring 3: the arrow comes out of the instruction's row.
    private func leftward(_ row: StyledText, _ arrival: [StyledText]) -> [StyledText] {
        let start = spaces(Self.indent)
        let first = StyledText(start) + (arrival.first ?? "") + " "
        let shaft = "◀" + String(repeating: "━", count: max(0, columns.left - first.width))
        let blanks = row.text.prefix { $0 == " " }.count
        // The arrow begins where the row does: at the border, or at the offset a little to the right.
        let tail = blanks == 0 ? "┥ " : "┿" + String(repeating: "━", count: blanks) + " "
        let rest = arrival.dropFirst().map { StyledText(start) + $0 }
        return [(first + StyledText(shaft + tail, style) + row.dropFirst(blanks)).trimmed] + columns.lane(3, rest)
    }

    /// One lane: a rule across it.
    private func folded(_ row: StyledText, _ step: TraceStep, _ changes: [StepChange]) -> [StyledText] {
        let title = "━━ ring \(crossing.from) to ring \(crossing.to): \(crossing.name) "
        let rule = title + String(repeating: "━", count: max(0, columns.width - title.displayWidth))
        let before = step.isBeforeInterrupt ? [] : columns.lane(crossing.from, [row.trimmed])
        let indented = arrival(step, changes, width: columns.right - 2).prefixed("  ")
        return before + [StyledText(rule, style)] + columns.lane(crossing.to, indented)
    }
}

extension TraceStep {
    /// An interrupt from outside came before the instruction, which is not executed yet.
    var isBeforeInterrupt: Bool {
        if case .interrupt = outcome { return true }
        return false
    }
}
