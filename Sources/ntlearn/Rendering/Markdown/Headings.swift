import LessonEngine

extension MarkdownRenderer {
    func heading(level: Int, _ inlines: [Inline]) -> [StyledText] {
        let lines = text(inlines).styled(.heading).wrapped(to: layout.measure)
        guard !layout.isPlain, let rule = Self.rule(level) else { return lines }
        let width = lines.map(\.width).max() ?? 0
        return lines + [StyledText(String(repeating: rule, count: width), .dim)]
    }

    /// What a heading is underlined with; deeper ones are not.
    private static func rule(_ level: Int) -> String? {
        switch level {
        case 1: "═"
        case 2: "─"
        default: nil
        }
    }

    /// For a screen reader, the empty line around it says enough.
    func thematicBreak() -> [StyledText] {
        layout.isPlain ? [] : [StyledText(String(repeating: "─", count: layout.measure), .dim)]
    }
}
