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
        return text.wrapped(to: (isPlain ? measure : min(measure, 100)) - indent).prefixed(StyledText(spaces(indent)))
    }

    /// A row whose further lines hang behind its label.
    func item(_ label: StyledText, _ text: StyledText, indent: Int, width: Int? = nil) -> [StyledText] {
        guard !isPlain else { return [label + text] }
        let rest = StyledText(spaces(indent + label.width))
        return text.wrapped(to: (width ?? measure) - rest.width).prefixed(
            first: StyledText(spaces(indent)) + label, rest: rest)
    }

    /// `IDT[2Eh] at 8003f570 = 8040ee00'00080000; interrupt gate …`
    func fact(_ fact: ZoomFact) -> StyledText {
        let meaning = fact.meaning.map { StyledText("; \($0)") } ?? StyledText()
        if isPlain { return StyledText(spoken(fact)) + meaning }
        let sign = fact.kind.isAssignment ? " = " : ": "
        let value = StyledText(fact.value.replacing(" to ", with: "\u{A0}to\u{A0}"), .changed)
        return StyledText(fact.subject + sign) + value + meaning
    }

    private func spoken(_ fact: ZoomFact) -> String {
        let subject = fact.subject.prefix(1).uppercased() + fact.subject.dropFirst()
        switch fact.kind {
        case .changes: return "\(subject) changes from \(fact.value)"
        case .checks: return "\(subject): \(fact.value)"
        default: return "\(subject) is \(fact.value)"
        }
    }
}

extension ZoomFact.Kind {
    /// Whether subject and value are something and what it holds.
    fileprivate var isAssignment: Bool { self == .reads || self == .writes || self == .loads }
}
