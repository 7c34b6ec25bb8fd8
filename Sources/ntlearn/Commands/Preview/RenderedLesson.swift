import LessonEngine

/// A lesson as text, page by page, with what is wrong with it.
struct RenderedLesson {
    /// Painted for the terminal; each ends with a line feed.
    let pages: [String]
    let diagnostics: [Diagnostic]
    /// False if the file could not even be opened.
    let isReadable: Bool
    let terminal: Terminal

    var errorCount: Int { diagnostics.count { $0.severity == .error } }

    /// `9 pages: 1 error, 0 warnings`
    var summary: String {
        func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
        let warnings = diagnostics.count - errorCount
        return "\(count(pages.count, "page")): \(count(errorCount, "error")), \(count(warnings, "warning"))"
    }

    /// The line above a page, counted from 0.
    func heading(of page: Int) -> String {
        let text = "Page \(page + 1) of \(pages.count)"
        if terminal.isPlain { return "\(text).\n" }
        let rule = String(repeating: "─", count: max(0, Layout(terminal).measure - text.count - 4))
        return terminal.palette.paint([StyledText("── \(text) \(rule)", .dim)])
    }

    /// The first page that differs from that of an earlier state of the lesson; nil if none does.
    func firstChange(since earlier: RenderedLesson) -> Int? {
        if let page = zip(pages, earlier.pages).enumerated().first(where: { $0.element.0 != $0.element.1 }) {
            return page.offset
        }
        return pages.count == earlier.pages.count ? nil : max(0, min(pages.count, earlier.pages.count + 1) - 1)
    }
}
