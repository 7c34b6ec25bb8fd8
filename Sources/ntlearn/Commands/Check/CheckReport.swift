import LessonEngine

/// What checking found.
struct CheckReport {
    private var found: [Diagnostic] = []
    var lessons = 0
    var questions = 0
    var machines = 0
    /// False if a course or lesson could not even be opened.
    var isReadable = true

    mutating func add(_ found: [Diagnostic]) { self.found += found }

    mutating func add(_ found: CheckedFile, of job: CheckJob) {
        add(found.diagnostics)
        switch job {
        case .machine: machines += 1
        case .lesson:
            guard let outline = found.outline else { return }
            lessons += 1
            questions += outline.questionCount
        }
    }

    mutating func add(_ other: CheckReport) {
        add(other.found)
        lessons += other.lessons
        questions += other.questions
        machines += other.machines
        isReadable = isReadable && other.isReadable
    }

    /// In order of place, each once.
    var diagnostics: [Diagnostic] { Set(found).sorted() }

    /// `3 lessons, 12 questions, 2 machines: 6 errors, 1 warning`
    func summary(of diagnostics: [Diagnostic]) -> String {
        let errors = diagnostics.count { $0.severity == .error }
        let things = [(lessons, "lesson"), (questions, "question"), (machines, "machine")]
        let counted = things.map(Self.count).joined(separator: ", ")
        let warnings = Self.count(diagnostics.count - errors, "warning")
        return "\(counted): \(Self.count(errors, "error")), \(warnings)"
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
