import LessonEngine

/// The courses on offer, and all their lessons in one numbered list.
struct Library {
    let courses: [Course]

    /// A lesson and the course that it belongs to.
    struct Entry {
        /// Counted from 1, across all courses.
        let number: Int
        let course: Course
        let lesson: Lesson
    }

    /// All lessons, in order.
    var entries: [Entry] {
        let pairs = courses.flatMap { course in course.lessons.map { (course, $0) } }
        return pairs.enumerated().map { Entry(number: $0.offset + 1, course: $0.element.0, lesson: $0.element.1) }
    }

    /// A lesson by its number or its id.
    func entry(_ name: String) -> Entry? {
        entries.first { String($0.number) == name } ?? entries.first { $0.lesson.id == name.lowercased() }
    }

    func entry(after entry: Entry) -> Entry? { entries.first { $0.number == entry.number + 1 } }
    func entry(before entry: Entry) -> Entry? { entries.first { $0.number == entry.number - 1 } }
}
