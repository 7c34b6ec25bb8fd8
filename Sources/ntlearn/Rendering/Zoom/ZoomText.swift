import Debugger

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
    func item(_ label: StyledText, _ text: StyledText, indent: Int, width: Int? = nil) -> [StyledText] {
        guard !isPlain else { return [label + text] }
        let rest = StyledText(spaces(indent + label.width))
        return text.wrapped(to: (width ?? measure) - rest.width).prefixed(
            first: StyledText(spaces(indent)) + label, rest: rest)
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
