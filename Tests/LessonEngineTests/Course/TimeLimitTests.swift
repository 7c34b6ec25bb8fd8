import Foundation
import LessonEngine
import Testing

@Suite("A lesson that takes too long")
struct TimeLimitTests {
    /// Keeps the processor busy until the limit is over.
    private struct Busy: Block {
        let id: String
        let location: LessonEngine.SourceLocation

        func check() -> [Diagnostic] {
            while TimeLimit.current?.hasPassed == false {}
            return [.error(.badValue, at: location, "this is not to be told")]
        }
    }

    private struct BusyKind: BlockKind {
        let name = "busy"

        func makeBlock(_ fields: inout Fields) -> (any Block)? { Busy(id: fields.id, location: fields.location) }
    }

    private func found(_ body: String, limit: Double) -> [String] {
        var registry = CourseLoader.forTests.registry
        registry.register(BusyKind())
        let loaded = CourseLoader(registry: registry).loadLesson(text: Planted.front + body, file: "one.md")
        let checked = TimeLimit.$current.withValue(TimeLimit(seconds: limit)) {
            loaded.lesson.map { LessonChecker().check($0) } ?? []
        }
        return checked.map(\.short)
    }

    private static let quiz = "```quiz id=q\ntype: text\nask: Q?\nanswer: one\nhints: [one]\n```\n\n"

    @Test("is reported once, at the block that was running; what was found before is kept")
    func place() {
        let body = Self.quiz + "```busy id=b\n```\n\n" + Self.quiz.replacing("id=q", with: "id=r")
        #expect(found(body, limit: 0.05) == ["hint-gives-answer 10:9", "too-slow 13:1"])
    }

    @Test("Without a limit nothing is cut short")
    func unlimited() throws {
        let lesson = try #require(loadedLesson(Self.quiz + Self.quiz.replacing("id=q", with: "id=r")))
        #expect(LessonChecker().check(lesson).map(\.code) == ["hint-gives-answer", "hint-gives-answer"])
    }

    @Test("Only the processor's time counts, that of the thread that made the limit")
    func ownTime() async {
        let limit = TimeLimit(seconds: 3600)
        #expect(!limit.hasPassed)
        #expect(!limit.isIgnored)
        let short = TimeLimit(seconds: 0)
        while !short.hasPassed {}
        #expect(!short.isIgnored)
    }
}
