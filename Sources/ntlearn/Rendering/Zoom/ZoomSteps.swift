import Debugger

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
        let left = text.item(label, StyledText(rule), indent: 1, width: text.ruleWidth - 2)
        return beside(
            left, facts.flatMap { $0.wrapped(to: text.measure - text.ruleWidth - 2).prefixed(first: "", rest: "  ") })
    }

    private func spoken(_ rule: String, _ facts: [StyledText], _ number: Int) -> StyledText {
        let seen = facts.map(\.text).joined(separator: ". ")
        return StyledText("Step \(number): \(rule)." + (seen.isEmpty ? "" : " \(seen)."))
    }

    /// The rule in the left column, the facts in the right one.
    private func beside(_ left: [StyledText], _ right: [StyledText]) -> [StyledText] {
        (0..<max(left.count, right.count)).map { index in
            let rule = index < left.count ? left[index] : ""
            return (rule.padded(to: text.ruleWidth) + (index < right.count ? right[index] : "")).trimmed
        }
    }
}
