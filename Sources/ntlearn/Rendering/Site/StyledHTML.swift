import LessonEngine

/// Styled text as HTML: a class for each meaning, in the colours of the page's style sheet.
enum StyledHTML {
    /// Lines as the content of a `pre`.
    static func html(_ lines: [StyledText]) -> String { lines.map { html($0.trimmed) }.joined(separator: "\n") }

    private static func html(_ text: StyledText) -> String {
        text.spans.map { span in
            let names = Style.allCases.filter(span.styles.contains).map { "\($0)" }
            let text = span.text.escapedForHTML
            return names.isEmpty ? text : "<span class=\"\(names.joined(separator: " "))\">\(text)</span>"
        }.joined()
    }
}
