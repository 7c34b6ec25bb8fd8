import LessonEngine

/// What a learner looks things up in, wherever the lesson stands.
extension LearnSession {
    /// The courses, that of the open lesson first.
    private var coursesFromHere: [Course] {
        let here = place?.entry.course.id
        return library.courses.filter { $0.id == here } + library.courses.filter { $0.id != here }
    }

    /// The terms of all courses. Where two courses explain the same term, that of the open lesson counts.
    var glossary: Glossary { Glossary(joining: coursesFromHere.map(\.glossary)) }

    /// The reference card of the open lesson's course, or else the first that any course has.
    var card: Lesson? { coursesFromHere.lazy.compactMap(\.card).first }
}

extension LearnSession {
    /// Opens a lesson at a page, counted from 1.
    func open(_ name: String, page: Int) throws(WordError) {
        guard let entry = library.entry(name) else { return try open(name) }
        let count = entry.lesson.pages.count
        guard (1...max(1, count)).contains(page) else {
            throw WordError(
                "Lesson \(entry.number) has no page \(page).",
                hint: count == 1 ? "It has one page." : "Its pages are numbered 1 to \(count).")
        }
        show(entry, page: page - 1)
    }
}
