import LessonEngine
import Lessons

/// A lesson as one page of the site.
struct LessonPage {
    let lesson: Lesson
    let number: Int
    let course: Course

    var fileName: String { "\(lesson.id).html" }

    func html(previous: LessonPage?, next: LessonPage?) -> String {
        let markdown = MarkdownHTML(headingShift: 0) { LessonValues(lesson).text($0) }
        let way = navigation(previous, next)
        let body = lesson.pages.flatMap(\.elements).map { element(in: $0, markdown) }.joined(separator: "\n")
        return SitePage(
            title: "\(lesson.title) – \(course.title)", language: course.language,
            body: "<nav>\(way)</nav>\n<main>\n\(objectives)\n\(body)\n</main>\n<nav>\(way)</nav>"
        ).html
    }

    private func element(in element: LessonElement, _ markdown: MarkdownHTML) -> String {
        switch element {
        case .markdown(let block): return markdown.html(block)
        case .block(let block as TraceBlock): return trace(block, markdown)
        case .block(let block as QuizBlock): return QuestionHTML(question: block.question, markdown: markdown).html()
        case .block(let block as AsmBlock): return markdown.html(.code(info: "asm", text: block.text))
        case .block: return ""
        }
    }

    /// What is to be predicted comes first, and the run only when the reader asks for it.
    private func trace(_ block: TraceBlock, _ markdown: MarkdownHTML) -> String {
        let figure = TraceHTML(block: block).html()
        guard !block.predictions.isEmpty else { return figure }
        let questions = block.predictions.map { QuestionHTML(question: $0.worded(), markdown: markdown).html() }
        return questions.joined(separator: "\n") + "<details><summary>Run it</summary>\(figure)</details>"
    }

    private var objectives: String {
        guard !lesson.objectives.isEmpty else { return "" }
        let items = lesson.objectives.map { "<li>\($0.escapedForHTML)</li>" }.joined()
        return "<details class=\"objectives\"><summary>What you can do afterwards</summary><ul>\(items)</ul></details>"
    }

    private func navigation(_ previous: LessonPage?, _ next: LessonPage?) -> String {
        let before = previous.map { "<a rel=\"prev\" href=\"\($0.fileName)\">\($0.lesson.title.escapedForHTML)</a>" }
        let after = next.map { "<a rel=\"next\" href=\"\($0.fileName)\">\($0.lesson.title.escapedForHTML)</a>" }
        return "<span>\(before ?? "")</span><a href=\"index.html\">All lessons</a><span>\(after ?? "")</span>"
    }
}

/// The values that a lesson's `{{ … }}` stand for.
struct LessonValues {
    let lesson: Lesson

    init(_ lesson: Lesson) { self.lesson = lesson }

    /// The value at the point that the expression names, or the expression as it was written where it has none.
    func text(_ expression: LiveExpression) -> String {
        guard let block = lesson.liveBlock(for: expression) else { return expression.source }
        return (try? block.value(of: expression.expression)) ?? expression.source
    }
}
