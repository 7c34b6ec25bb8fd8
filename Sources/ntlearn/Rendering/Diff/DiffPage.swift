import Debugger
import X86

/// Two traces of the same call, aligned: side by side where there is room, else one below the other; sentences for a
/// screen reader.
struct DiffPage {
    /// One of the two traces.
    struct Side {
        /// The machine's name.
        let name: String
        let trace: Trace
        let symbols: SymbolTable
    }

    let left: Side
    let right: Side
    let diff: TraceDiff
    private let columns: Int
    private let isPlain: Bool

    /// Instructions before and behind a difference that are shown although both traces have them.
    private static let context = 2
    private static let narrowestPair = 100

    /// Of each trace; comparing takes time that grows with the square of the differences.
    static let mostSteps = 10_000

    /// - Parameter columns: the terminal's width.
    init(_ left: Side, _ right: Side, columns: Int, isPlain: Bool) {
        self.left = left
        self.right = right
        self.isPlain = isPlain
        self.columns = min(columns, 140)
        let (first, second) = (StepText(symbols: left.symbols), StepText(symbols: right.symbols))
        let texts = (left.trace.steps.map(first.text), right.trace.steps.map(second.text))
        diff = TraceDiff(left.trace.steps, right.trace.steps, texts: texts)
    }

    /// The page, ready to be printed.
    var lines: [StyledText] {
        guard let first = diff.firstDivergence else { return [StyledText("Both execute the same instructions.")] }
        let marked = DiffRows(diff.rows, context: Self.context).parts.flatMap { part -> [StyledText] in
            switch part {
            case .skipped(let count): skipped(count)
            case .rows(let range): rows(range, first: first)
            }
        }
        return head + marked + summary
    }

    // MARK: Rows

    private var isPair: Bool { !isPlain && columns >= Self.narrowestPair }
    private var half: Int { (columns - 3) / 2 }

    private var head: [StyledText] {
        guard isPair else { return [] }
        let names = StyledText(left.name, .strong).padded(to: half) + " │ " + StyledText(right.name, .strong)
        return [
            names,
            StyledText(String(repeating: "─", count: half + 1) + "┼" + String(repeating: "─", count: half + 1), .dim),
        ]
    }

    private func skipped(_ count: Int) -> [StyledText] {
        let text = "\(count) instruction\(count == 1 ? "" : "s") alike"
        return [
            isPlain ? StyledText("\(text.prefix(1).uppercased())\(text.dropFirst()).") : StyledText("… \(text)", .dim)
        ]
    }

    private func rows(_ range: Range<Int>, first: Int) -> [StyledText] {
        var lines: [StyledText] = []
        var index = range.lowerBound
        while index < range.upperBound {
            if index == first { lines += divergence }
            let block = DiffRows.block(diff.rows, from: index, to: range.upperBound)
            lines += isPair ? pair(block) : single(block)
            index += block.count
        }
        return lines
    }

    private var divergence: [StyledText] {
        let text = "First difference"
        if isPlain { return [StyledText(text + ".", .strong)] }
        return [StyledText("── \(text) " + String(repeating: "─", count: max(0, columns - text.count - 4)), .bad)]
    }

    /// Rows of one kind: what both have, or what only the left and then only the right trace has.
    private func pair(_ block: ArraySlice<TraceDiff.Row>) -> [StyledText] {
        let both = block.flatMap { row -> [(Int, Int)] in
            if case .both(let i, let j) = row { [(i, j)] } else { [] }
        }
        guard both.isEmpty else {
            return both.map { i, j in
                let text = row(left, i).fitted(to: half).padded(to: half) + StyledText(" │ ", .dim)
                return (text + row(right, j).fitted(to: half)).trimmed
            }
        }
        let lefts = block.compactMap { if case .left(let i) = $0 { i } else { nil } }
        let rights = block.compactMap { if case .right(let j) = $0 { j } else { nil } }
        return (0..<max(lefts.count, rights.count)).map { index in
            let first = index < lefts.count ? row(left, lefts[index]).fitted(to: half) : ""
            let second = index < rights.count ? row(right, rights[index]).fitted(to: half) : ""
            let sign = first.isEmpty ? " > " : second.isEmpty ? " < " : " | "
            return (first.padded(to: half) + StyledText(sign, .changed) + second).trimmed
        }
    }

    private func single(_ block: ArraySlice<TraceDiff.Row>) -> [StyledText] {
        block.map { line in
            switch line {
            case .both(let i, _): marked("  ", "Both", row(left, i))
            case .left(let i): marked("- ", "Only \(left.name)", row(left, i))
            case .right(let j): marked("+ ", "Only \(right.name)", row(right, j))
            }
        }
    }

    private func marked(_ sign: String, _ words: String, _ text: StyledText) -> StyledText {
        if isPlain { return StyledText("\(words): \(text.text).") }
        return (StyledText(sign, .changed) + text).fitted(to: columns)
    }

    private func row(_ side: Side, _ index: Int) -> StyledText {
        let step = side.trace.steps[index]
        let style: Style = step.before.cpl == 3 ? .user : .kernel
        let place = step.location.map { "\($0)" } ?? Hex.digits(step.address)
        let text = StepText(symbols: side.symbols).text(of: step)
        if isPlain { return StyledText("ring \(step.before.cpl), \(place): \(text)") }
        return StyledText("\(step.before.cpl) ", style) + StyledText(place).padded(to: 27) + " "
            + StyledText(text, .code)
    }

    // MARK: The end

    private var summary: [StyledText] {
        func count(_ side: Side) -> String { "\(side.name) executes \(side.trace.steps.count) instructions" }
        func result(_ side: Side) -> String { "eax=\(Hex.digits(side.trace.after[.eax]))" }
        let text =
            "\(count(left)), \(count(right)); \(diff.common) are alike. "
            + "At the end \(left.name) has \(result(left)), \(right.name) \(result(right))."
        return (isPlain ? [] : [""]) + StyledText(text).wrapped(to: min(columns, 78))
    }
}

extension StyledText {
    /// At most so many columns; what is too long ends in an ellipsis.
    fileprivate func fitted(to width: Int) -> StyledText {
        guard self.width > width else { return self }
        var left = width - 1
        let cut = spans.reduce(into: StyledText()) { text, span in
            text.append(String(span.text.prefix(left)), span.styles)
            left = max(0, left - span.text.count)
        }
        return cut + "…"
    }
}
