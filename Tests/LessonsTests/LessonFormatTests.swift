import Foundation
import LessonEngine
import Lessons
import Testing

/// Executes what `docs/lesson-format.md` shows.
struct LessonFormatTests {
    private static let text: String = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../docs/lesson-format.md")
        return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    }()

    /// The examples between lines of four back-ticks, one lesson together: their values refer to each other.
    private static let examples = text.components(separatedBy: "````markdown\n").dropFirst().compactMap {
        $0.components(separatedBy: "````").first
    }

    @Test("Every block of the reference is fine, for every seed that is tried")
    func examples() throws {
        #expect(Self.examples.count >= 8)
        #expect(diagnostics(Self.examples.joined(separator: "\n\n")).map(\.description) == [])
    }

    @Test("Every question of the reference accepts its own answer")
    func keys() throws {
        let lesson = try #require(loadLesson(Self.examples.joined(separator: "\n\n")).lesson)
        let quizzes = lesson.blocks.compactMap { $0 as? QuizBlock }
        for quiz in quizzes {
            let question = quiz.question(seed: 7)
            #expect(try question.grade(question.correctAnswer()).verdict == .correct, "\(quiz.id)")
        }
        #expect(quizzes.count >= 8)
    }

    @Test("The reference has an example of every type of question")
    func types() {
        for type in Registry.withMachines(builtInMachines).questions.keys {
            #expect(Self.text.contains("\ntype: \(type)\n"), "\(type)")
        }
    }
}
