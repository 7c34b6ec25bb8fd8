import Debugger
import X86

/// A trace as two lanes, ring 3 at the left and ring 0 at the right, time downward: the crossings are arrows from one
/// lane into the other. A narrow terminal gets one lane with the ring at the margin, a screen reader sentences.
struct LanesRenderer {
    private let columns: LaneColumns
    private let isPlain: Bool
    private let stepText: StepText
    private var folder = RepeatFolder()
    private var heading: String?
    private var hasBegun = false

    /// - Parameters:
    ///   - columns: the terminal's width.
    ///   - isPlain: sentences in place of lanes.
    ///   - symbols: the names of the machine's addresses.
    init(columns: Int, isPlain: Bool, symbols: SymbolTable) {
        self.columns = LaneColumns(width: columns)
        self.isPlain = isPlain
        stepText = StepText(symbols: symbols)
    }

    /// The lines that a step adds; none for one that is folded.
    /// - Parameter after: the registers when the step was done.
    mutating func lines(for step: TraceStep, after: RegisterState) -> [StyledText] {
        beginning() + folder.add(step, after: after).flatMap { lines(for: $0) }
    }

    /// What was held back.
    mutating func finish() -> [StyledText] { folder.finish().flatMap { lines(for: $0) } }

    // MARK: Items

    private mutating func lines(for item: RepeatFolder.Item) -> [StyledText] {
        switch item {
        case .step(let step, let after):
            let changes = StepChanges(step, after: after).items
            if isPlain { return TraceSentence.lines(step, stepText.text(of: step), changes) }
            return newHeading(step) + picture(step, changes)
        case .rounds(let count, let length, let before, let after):
            return rounds(count, length, StepChanges(from: before, to: after).items, ring: before.cpl)
        }
    }

    private func rounds(_ count: Int, _ length: Int, _ changes: [StepChange], ring: UInt8) -> [StyledText] {
        let rounds = "\(count) more round\(count == 1 ? "" : "s")"
        if isPlain {
            let what = length == 1 ? "The instruction runs" : "The last \(length) instructions run"
            return [StyledText(TraceSentence.sentence("\(what) \(rounds)", changes))]
        }
        let what = length == 1 ? "" : " of these \(length)"
        return lane(ring, cell(ring).note(StyledText("… \(rounds)\(what)", .dim), changes))
    }

    private func picture(_ step: TraceStep, _ changes: [StepChange]) -> [StyledText] {
        let ring = step.before.cpl
        let text = stepText.text(of: step)
        if let crossing = RingCrossing(step) {
            return LaneCrossing(columns: columns, crossing: crossing).lines(step, text, changes)
        }
        let faults = step.effects.compactMap(\.raisedText).flatMap { cell(ring).note(StyledText($0, .bad)) }
        return lane(ring, cell(ring).lines(step, text, changes) + faults)
    }

    // MARK: Headings

    private mutating func beginning() -> [StyledText] {
        guard !hasBegun else { return [] }
        hasBegun = true
        guard !isPlain, columns.isPair else { return [] }
        let names =
            StyledText("ring 3, user", .strong, .user).padded(to: columns.left)
            + StyledText(" │ ", .dim) + StyledText("ring 0, kernel", .strong, .kernel)
        let rule =
            String(repeating: "─", count: columns.left + 1) + "┼" + String(repeating: "─", count: columns.right + 1)
        return [names, StyledText(rule, .dim)]
    }

    private mutating func newHeading(_ step: TraceStep) -> [StyledText] {
        let name = "\(step.location?.symbol.name ?? "") \(step.before.cpl)"
        guard name != heading else { return [] }
        heading = name
        let text = step.location.map { columns.showsAddresses ? "\($0)" : $0.symbol.name } ?? "(no symbol)"
        return lane(step.before.cpl, StyledText(text + ":", .heading).wrapped(to: cell(step.before.cpl).width))
    }

    // MARK: Lanes

    private func cell(_ ring: UInt8) -> LaneCell {
        LaneCell(columns: columns, width: columns.isPair && ring == 3 ? columns.left : columns.right)
    }

    private func lane(_ ring: UInt8, _ lines: [StyledText]) -> [StyledText] { columns.lane(ring, lines) }
}

extension LaneColumns {
    /// Lines in the lane of a ring, with the border.
    func lane(_ ring: UInt8, _ lines: [StyledText]) -> [StyledText] {
        guard isPair else {
            let margin = StyledText("\(ring)", ring == 3 ? .user : .kernel) + StyledText("│ ", .dim)
            return lines.prefixed(margin)
        }
        if ring == 3 { return lines.map { $0.padded(to: left) + StyledText(" │", .dim) } }
        return lines.prefixed(StyledText(spaces(left)) + StyledText(" │ ", .dim))
    }
}

extension Effect {
    /// Of an exception: what went wrong, and why.
    var raisedText: String? {
        guard case .raise(let exception) = self else { return nil }
        return TraceSentence.text(of: exception)
    }
}
