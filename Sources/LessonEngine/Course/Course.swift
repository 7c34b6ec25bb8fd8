/// A course: what `course.yaml` says, and the lessons that it lists.
public struct Course: Sendable {
    /// Immutable: progress hangs on it.
    public let id: String
    /// What learners see.
    public let title: String
    /// Who wrote it.
    public let authors: [String]
    /// An SPDX identifier or the licence's name; nil when the author gave none.
    public let license: String?
    /// A BCP 47 tag such as `en`.
    public let language: String
    /// The share of points, in per cent, that passes a lesson.
    public let pass: Int
    /// In the course's order. Lessons that could not be read are left out.
    public let lessons: [Lesson]
    /// The terms of `glossary.md`; empty for a course without one.
    public let glossary: Glossary
    /// The reference card in `card.md`, a lesson without questions that stands outside the course's order; nil for a
    /// course without one.
    public let card: Lesson?
    /// The folder that holds `course.yaml`.
    public let directory: String

    /// The lesson called `id`, if the course has it.
    public func lesson(_ id: String) -> Lesson? { lessons.first { $0.id == id } }
}

extension Course {
    /// A course of one lesson, for looking at it alone.
    public init(only lesson: Lesson, directory: String) {
        self.init(
            id: "preview", title: lesson.title, authors: [], license: nil, language: "en", pass: CourseHead.usualPass,
            lessons: [lesson], glossary: .empty, card: nil, directory: directory)
    }
}

/// A course as far as it could be read, and everything that is wrong with it.
public struct LoadedCourse: Sendable {
    /// Nil only when `course.yaml` itself cannot be used.
    public let course: Course?
    /// All problems that can be seen without running anything, in order of place.
    public let diagnostics: [Diagnostic]
}

/// A lesson as far as it could be read, and everything that is wrong with it.
public struct LoadedLesson: Sendable {
    /// Nil only when the file cannot be read as text.
    public let lesson: Lesson?
    /// All problems that can be seen without running anything, in order of place.
    public let diagnostics: [Diagnostic]
}
