import LessonEngine

/// Sets Markdown for a terminal. Each element has a file of its own beside this one.
struct MarkdownRenderer {
    let layout: Layout
    /// What stands for a `{{ … }}`.
    let live: (LiveExpression) -> String

    /// Blocks below each other, an empty line between two.
    func lines(_ blocks: [MarkdownBlock]) -> [StyledText] {
        Self.separated(blocks.map(lines))
    }

    /// One block; empty for one that this layout does not show.
    func lines(_ block: MarkdownBlock) -> [StyledText] {
        switch block {
        case .heading(let level, let inlines): heading(level: level, inlines)
        case .paragraph(let inlines): text(inlines).wrapped(to: layout.measure)
        case .list(let start, let items): list(start: start, items)
        case .code(_, let text): code(text)
        case .quote(let blocks): quote(blocks)
        case .table(let alignments, let header, let rows): table(alignments, header: header, rows: rows)
        case .thematicBreak: thematicBreak()
        }
    }

    /// The same renderer with less room.
    func narrowed(by indent: Int) -> MarkdownRenderer {
        MarkdownRenderer(layout: layout.narrowed(by: indent), live: live)
    }

    /// Groups of lines, an empty line between two; empty groups leave no trace.
    static func separated(_ groups: [[StyledText]]) -> [StyledText] {
        Array(groups.filter { !$0.isEmpty }.joined(separator: [""]))
    }
}
