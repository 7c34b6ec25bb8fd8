import Debugger
import X86

/// An instruction's inside for the prompt: each rule of the manual with what was seen of it; sentences for a screen
/// reader.
struct ZoomPage {
    let zoom: Zoom
    let text: ZoomText

    /// - Parameters:
    ///   - instruction: the instruction as it is to be shown.
    ///   - columns: the terminal's width.
    init(_ zoom: Zoom, instruction: String, columns: Int, isPlain: Bool) {
        self.zoom = zoom
        self.instruction = instruction
        text = ZoomText(columns: columns, isPlain: isPlain)
    }

    private let instruction: String

    /// The page, ready to be printed.
    var lines: [StyledText] {
        let parts = zoom.parts.map(lines(of:))
        return ([heading] + parts + [closing]).filter { !$0.isEmpty }.joined(separator: text.isPlain ? [] : [""]).map(
            \.self)
    }

    private var heading: [StyledText] {
        let place = zoom.step.location.map { "\($0)" } ?? "no symbol"
        let address = Hex.digits(zoom.step.address)
        let title = StyledText("Inside ") + StyledText(instruction, .code)
        let summary = zoom.summary.map { text.paragraph(StyledText($0.prefix(1).uppercased() + $0.dropFirst() + ".")) }
        return text.paragraph(
            (title + StyledText(" in ring \(zoom.step.before.cpl) at \(place) (\(address))")).styled(.strong))
            + (summary ?? [])
    }

    private func lines(of part: Zoom.Part) -> [StyledText] {
        switch part {
        case .inside(let steps): ZoomSteps(text: text).lines(steps)
        case .fault(let fault): FaultPage(text: text).lines(fault)
        case .delivery(let delivery): DeliveryPage(text: text).lines(delivery)
        case .shutdown: text.paragraph(StyledText("No handler could be entered: the processor shuts down.", .bad))
        }
    }

    private var closing: [StyledText] {
        let touched = text.paragraph(StyledText("Accesses: ", .strong) + StyledText("\(zoom.counts.text)\(pages)."))
        let others = zoom.others.map { "For comparison, \($0.name): \($0.counts.text)." }
        let sources =
            zoom.sources.isEmpty
            ? [] : text.paragraph(StyledText("Source: \(zoom.sources.joined(separator: "; ")).", .dim))
        return touched + others.flatMap { text.paragraph(StyledText($0)) } + sources
    }

    private var pages: String {
        guard zoom.counts.pageEntries > 0 else { return "" }
        return "; besides, \(zoom.counts.pageEntries) entries of page tables that the TLB did not know"
    }
}

/// Paragraphs, rows and columns of a zoom.
struct ZoomText {
    let isPlain: Bool
    let measure: Int
    /// The room for rules, with what was seen beside them; 0 if it goes below.
    let ruleWidth: Int

    init(columns: Int, isPlain: Bool) {
        self.isPlain = isPlain
        measure = isPlain ? 1000 : max(24, min(columns, 130))
        ruleWidth = !isPlain && columns >= 110 ? 46 : 0
    }

    func paragraph(_ text: StyledText, indent: Int = 0) -> [StyledText] {
        let indent = isPlain ? 0 : indent
        return text.wrapped(to: min(measure, 100) - indent).prefixed(StyledText(spaces(indent)))
    }

    /// A row whose further lines hang behind its label.
    func item(_ label: StyledText, _ text: StyledText, indent: Int) -> [StyledText] {
        guard !isPlain else { return [label + text] }
        let rest = StyledText(spaces(indent + label.width))
        return text.wrapped(to: measure - rest.width).prefixed(first: StyledText(spaces(indent)) + label, rest: rest)
    }

    /// `IDT[2Eh] at 8003f570 = 8040ee00'00080000: interrupt gate …`
    func fact(_ fact: ZoomFact) -> StyledText {
        let sign =
            fact.kind == .checks || fact.kind == .changes || fact.kind == .walks || fact.kind == .marks ? ": " : " = "
        let subject = StyledText(fact.subject + (isPlain ? " is " : sign))
        let meaning = fact.meaning.map { StyledText("; \($0)") } ?? StyledText()
        return subject + StyledText(fact.value.replacing(" to ", with: "\u{A0}to\u{A0}"), .changed) + meaning
    }
}

/// The numbered steps.
struct ZoomSteps {
    let text: ZoomText

    func lines(_ steps: [ZoomStep]) -> [StyledText] {
        let width = steps.count > 9 ? 4 : 3
        return steps.enumerated().flatMap { lines($0.element, number: $0.offset + 1, labelWidth: width) }
    }

    private func lines(_ step: ZoomStep, number: Int, labelWidth: Int) -> [StyledText] {
        let rule = step.rule ?? step.facts.first?.kind.rawValue ?? ""
        let facts = step.facts.map(text.fact)
        guard !text.isPlain else { return [spoken(rule, facts, number)] }
        let label = StyledText("\(number).").padded(to: labelWidth - 1, .right) + " "
        guard text.ruleWidth > 0 else {
            let below = facts.flatMap { text.item("", $0, indent: labelWidth + 4) }
            return text.item(label, StyledText(rule), indent: 1) + below
        }
        return Self.beside(label + StyledText(rule), facts, text, hanging: labelWidth)
    }

    private func spoken(_ rule: String, _ facts: [StyledText], _ number: Int) -> StyledText {
        let seen = facts.map(\.text).joined(separator: ". ")
        return StyledText("Step \(number): \(rule)." + (seen.isEmpty ? "" : " \(seen)."))
    }

    /// The rule in the left column, the facts in the right one.
    private static func beside(
        _ rule: StyledText, _ facts: [StyledText], _ text: ZoomText, hanging: Int
    ) -> [StyledText] {
        let left = rule.wrapped(to: text.ruleWidth - 2).prefixed(first: " ", rest: StyledText(spaces(hanging + 1)))
        let right = facts.flatMap { $0.wrapped(to: text.measure - text.ruleWidth - 2).prefixed(first: "", rest: "  ") }
        return (0..<max(left.count, right.count)).map { index in
            let rule = index < left.count ? left[index] : ""
            return (rule.padded(to: text.ruleWidth) + (index < right.count ? right[index] : "")).trimmed
        }
    }
}
