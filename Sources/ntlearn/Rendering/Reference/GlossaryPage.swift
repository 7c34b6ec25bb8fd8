import LessonEngine

/// What `help` shows of a glossary.
struct GlossaryPage {
    let layout: Layout

    /// One term: its names, what it means, where to read on.
    func lines(_ entry: GlossaryEntry) -> [StyledText] {
        let renderer = MarkdownRenderer(layout: layout) { $0.source }
        var groups = [StyledText(entry.term, .heading).wrapped(to: layout.measure)]
        if !entry.aliases.isEmpty { groups[0] += dim("Also: \(entry.aliases.joined(separator: ", "))") }
        groups.append(renderer.lines(entry.text))
        if !entry.see.isEmpty { groups.append(dim("See also: \(entry.see.joined(separator: ", "))")) }
        return MarkdownRenderer.separated(groups)
    }

    /// All terms in as few lines as that takes.
    func list(of glossary: Glossary) -> [StyledText] {
        let terms = glossary.entries.map { $0.term.replacing(" ", with: "\u{A0}") }
        return [
            [StyledText("Glossary", .heading)], StyledText(terms.joined(separator: ", ")).wrapped(to: layout.measure),
            dim("Type help and a term, with blanks or hyphens: help trap-frame."),
        ].joined(separator: [""]).map { $0 }
    }

    private func dim(_ text: String) -> [StyledText] { StyledText(text, .dim).wrapped(to: layout.measure) }
}
