import LessonEngine
import Lessons
import Testing

@testable import ntlearn

/// What every lesson of the course promises its learners.
@Suite("The course")
struct CourseShapeTests {
    /// All but the exam, which is questions alone.
    static let taught = BuiltInCourse.lessonIDs.filter { $0 != "final-exam" }

    private func lesson(_ id: String) throws -> Lesson { try #require(BuiltInCourse.loaded.course?.lesson(id)) }

    @Test("It loads without any problem")
    func loads() { #expect(BuiltInCourse.loaded.diagnostics.map(\.description) == []) }

    @Test("It has at least 18 lessons of 10 to 20 minutes")
    func length() {
        #expect(BuiltInCourse.lessons.count >= 18)
        for lesson in BuiltInCourse.lessons where lesson.id != "final-exam" {
            #expect((10...20).contains(lesson.minutes ?? 0), "\(lesson.id)")
        }
    }

    @Test("A lesson states the question that it answers on its first page", arguments: taught)
    func question(_ id: String) throws {
        let first = try #require(try lesson(id).pages.first)
        let paragraphs = first.elements.compactMap { element -> [Inline]? in
            if case .markdown(.paragraph(let inlines)) = element { inlines } else { nil }
        }
        let strong = paragraphs.joined().compactMap { inline -> String? in
            if case .strong(let inner) = inline { inner.plainText } else { nil }
        }
        #expect(strong.contains { $0.hasSuffix("?") })
    }

    @Test("A lesson ends with a recap", arguments: taught)
    func recap(_ id: String) throws {
        let last = try #require(try lesson(id).pages.last)
        guard case .markdown(.heading(_, let title)) = last.elements.first else {
            Issue.record("the last page has no heading")
            return
        }
        #expect(title.plainText == "Recap")
    }

    @Test("A lesson has a prediction, five questions of three kinds, two families and a challenge", arguments: taught)
    func questions(_ id: String) throws {
        let lesson = try lesson(id)
        #expect(!lesson.predictions.isEmpty)
        #expect(lesson.quizzes.count >= 5)
        #expect(lesson.kinds.count >= 3)
        #expect(lesson.quizzes.filter(\.varies).count >= 2)
        #expect(lesson.kinds.contains("ChallengeQuestion"))
    }

    @Test("Each objective is tested by at least two questions", arguments: taught)
    func objectives(_ id: String) throws {
        let lesson = try lesson(id)
        let tested = (lesson.quizzes.map(\.question.text) + lesson.predictions.map(\.text)).map { text in
            Set(text.objectives.map(\.value))
        }
        #expect(!lesson.objectives.isEmpty)
        for number in lesson.objectives.indices.map({ $0 + 1 }) {
            #expect(tested.count { $0.contains(number) } >= 2, "objective \(number)")
        }
    }

    @Test("The final exam is made of families and covers what went before")
    func exam() throws {
        let exam = try lesson("final-exam")
        #expect(exam.quizzes.count >= 20)
        #expect(exam.quizzes.filter { !$0.varies }.map(\.id) == [])
    }

    @Test("Every question that the page for instructors names is there")
    func page() throws {
        let page = try String(contentsOfFile: Learner.contentFolder + "/../docs/course.md", encoding: .utf8)
        let named = page.matches(of: /`([a-z0-9-]+)\/([A-Za-z0-9-]+(\/[0-9]+)?)`/)
        #expect(named.count > 60)
        for name in named {
            let lesson = BuiltInCourse.loaded.course?.lesson(String(name.output.1))
            let ids = (lesson?.blocks.map(\.id) ?? []) + (lesson?.predictions.map(\.text.id) ?? [])
            #expect(ids.contains(String(name.output.2)), "\(name.output.0)")
        }
    }
}
