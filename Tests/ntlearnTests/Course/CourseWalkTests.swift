import Foundation
import LessonEngine
import Testing

@testable import ntlearn

/// Learners who go through the lessons line by line, as from a pipe.
///
/// With `NTLEARN_TRANSCRIPTS=FOLDER` what they see is written there, to be read as prose.
@Suite("Walking through the course")
struct CourseWalkTests {
    /// More lines than any lesson needs.
    private static let patience = 400

    @Test(
        "Who answers right gets to the end of each lesson with all questions right", arguments: BuiltInCourse.lessonIDs)
    func right(_ id: String) throws {
        let walk = try walk(id, as: "right") { question, _ in "answer \(try question.correctAnswer())" }
        #expect(!walk.contains("\nNot quite.\n"))
        #expect(walk.contains("(100 %"))
    }

    @Test(
        "Who answers wrong everywhere gets to the end as well, and is told the right answers",
        arguments: BuiltInCourse.lessonIDs)
    func wrong(_ id: String) throws {
        let walk = try walk(id, as: "wrong") { question, tries in
            tries > 0 ? "skip" : try Self.wrongAnswer(to: question).map { "answer \($0)" } ?? "skip"
        }
        #expect(!walk.contains("\nRight.\n"))
        #expect(walk.contains(" · Correct: "))
        #expect(walk.contains("(0 %"))
    }

    /// Goes from the first page to the last, and answers what is asked.
    private func walk(
        _ id: String, as name: String, answer: (any Question, Int) throws -> String
    ) throws -> String {
        let learner = Learner(store: try .inMemory(), course: BuiltInCourse.loaded.course)
        var seed: UInt64 = 0
        learner.session.nextSeed = {
            seed += 1
            return seed
        }
        try learner.session.begin(with: id)
        var text = learner.read()
        for _ in 0..<Self.patience where !text.contains("End of lesson") {
            let open = learner.session.question.flatMap { $0.isOpen ? $0 : nil }
            let line = try open.map { try answer($0.question, $0.misses) } ?? ""
            text += learner.session.prompt + line + "\n" + learner.type(line)
        }
        try keep(text, "\(id)-\(name).txt")
        #expect(text.contains("End of lesson"))
        #expect(!text.contains("{{"), "a value is missing")
        #expect(!text.contains("cannot be judged"))
        return text
    }

    /// The first of some answers that is judged as wrong; nil where all are asked back.
    private static func wrongAnswer(to question: any Question) throws -> String? {
        let letters = question.choices.map { String($0.letter) }
        let order = letters.joined(separator: " ")
        let reversed = letters.reversed().joined(separator: " ")
        let guesses = ["0x1234567", "nop", "? 0", "x", "x, x", "x, x, x", "x, x, x, x", "x, x, x, x, x"]
        return try (letters + [order, reversed] + guesses).first { try question.grade($0).verdict == .wrong }
    }

    private func keep(_ text: String, _ name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["NTLEARN_TRANSCRIPTS"] else { return }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }
}
