import LessonEngine

/// What checking found.
struct CheckReport {
    /// In order of place, each once.
    private(set) var diagnostics: [Diagnostic] = []
    var lessons = 0
    var questions = 0
    var machines = 0
    /// False if a course or lesson could not even be opened.
    var isReadable = true

    mutating func add(_ found: [Diagnostic]) { diagnostics = Set(diagnostics + found).sorted() }

    mutating func add(_ lesson: Lesson) {
        lessons += 1
        questions += lesson.blocks.filter { $0 is QuizBlock }.count
    }

    mutating func add(_ other: CheckReport) {
        add(other.diagnostics)
        lessons += other.lessons
        questions += other.questions
        machines += other.machines
        isReadable = isReadable && other.isReadable
    }

    var errorCount: Int { diagnostics.count { $0.severity == .error } }

    /// `3 lessons, 12 questions, 2 machines: 6 errors, 1 warning`
    var summary: String {
        let warnings = diagnostics.count - errorCount
        let things = [(lessons, "lesson"), (questions, "question"), (machines, "machine")]
        let counted = things.map(Self.count).joined(separator: ", ")
        return "\(counted): \(Self.count(errorCount, "error")), \(Self.count(warnings, "warning"))"
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
