import LessonEngine

extension MarkdownRenderer {
    /// Indented and never wrapped: a broken line of code is other code. Long lines first use up the indent.
    func code(_ text: String) -> [StyledText] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.expandingTabs() }
        if lines.last?.isEmpty == true { lines.removeLast() }
        let longest = lines.map(\.displayWidth).max() ?? 0
        let indent = StyledText(spaces(min(4, layout.columns - longest)))
        return lines.map { StyledText($0, .code) }.prefixed(indent)
    }
}
