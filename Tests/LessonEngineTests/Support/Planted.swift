import LessonEngine

/// A lesson with one mistake in it; `▲` stands directly before the place where it must be reported.
struct Planted {
    let text: String
    let line: Int
    let column: Int

    init(_ marked: String) {
        let scalars = marked.unicodeScalars
        let before = scalars.prefix { $0 != "▲" }
        line = before.count { $0 == "\n" } + 1
        column = before.reversed().prefix { $0 != "\n" }.count + 1
        text = String(String.UnicodeScalarView(scalars.filter { $0 != "▲" }))
    }

    /// A mistake in the prose or a block of an otherwise good lesson.
    init(body: String) { self.init(Planted.front + body) }

    /// A mistake in the YAML of a quiz.
    init(quiz: String) { self.init(body: "```quiz id=q\n\(quiz)\n```\n") }

    static let front = "---\nformat: 1\nid: one\ntitle: One\n---\n"

    /// `code line:column` of everything that loading and checking find.
    var found: [String] {
        let loaded = CourseLoader.forTests.loadLesson(text: text, file: "one.md")
        let checked = loaded.lesson.map { LessonChecker().check($0) } ?? []
        return (loaded.diagnostics + checked).map(\.short)
    }

    func expected(_ code: String) -> [String] { ["\(code) \(line):\(column)"] }
}

extension Diagnostic {
    var short: String { "\(code) \(location.line):\(location.column)" }
}

/// The lesson called `one`, whatever is wrong with it.
func loadedLesson(_ body: String) -> Lesson? {
    CourseLoader.forTests.loadLesson(text: Planted.front + body, file: "one.md").lesson
}
