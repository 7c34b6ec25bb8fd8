@testable import LessonEngine

extension Course {
    /// A course without a folder.
    static func named(_ id: String, lessons: [Lesson] = []) -> Course {
        Course(
            id: id, title: "A course", authors: [], license: nil, language: "en", pass: 80, lessons: lessons,
            glossary: .empty, card: nil, directory: "")
    }
}
