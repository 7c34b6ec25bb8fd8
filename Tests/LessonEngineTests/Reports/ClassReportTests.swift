import Foundation
import LessonEngine
import Testing

@Suite("What a class did")
struct ClassReportTests {
    private static let lesson = """
        ---
        format: 1
        id: one
        title: One
        ---
        ```quiz id=ring
        type: choice
        ask: Which ring?
        choices:
          - {text: Ring 0, say: That is the kernel.}
          - {text: Ring 1, say: Nobody uses it.}
          - {text: Ring 3, correct: yes}
        shuffle: yes
        ```
        ```quiz id=mode
        type: text
        ask: Which mode?
        answer: user mode
        ```
        """

    private func course() throws -> Course {
        let loaded = CourseLoader(registry: .builtIn).loadLesson(text: Self.lesson, file: "one.md")
        return .named("course", lessons: [try #require(loaded.lesson)])
    }

    /// Answers, each as learner, question, seed, text and verdict.
    private func report(_ answers: [(String, String, UInt64, String, AnswerRecord.Verdict)]) throws -> ClassReport {
        try withProgressFolder { folder in
            for answer in answers {
                let store = try ProgressStore(path: folder + "/p.sqlite", profile: answer.0)
                try store.append(
                    AnswerRecord(
                        course: "course", lesson: "one", question: answer.1, contentHash: "h", seed: answer.2,
                        answer: answer.3, verdict: answer.4))
            }
            let store = try ProgressStore(path: folder + "/p.sqlite", profile: "ada")
            return ClassReport(
                course: try course(), counts: try store.counts(course: "course", of: .all),
                wrong: try store.wrongAnswers(course: "course", of: .all, limit: 100))
        }
    }

    @Test("Learners, answers, right ones and first tries are counted for each question, in the lesson's order")
    func counts() throws {
        let report = try report([
            ("ada", "mode", 1, "user mode", .correct), ("ada", "ring", 1, "x", .wrong),
            ("ada", "ring", 1, "y", .correct), ("bob", "ring", 2, "y", .correct), ("cy", "ring", 2, "", .skipped),
        ])
        #expect(report.entries.map(\.counts.question) == ["ring", "mode"])
        let ring = try #require(report.entries.first?.counts)
        #expect(ring.learners == 3)
        #expect(ring.attempts == 3)
        #expect(ring.correct == 2)
        #expect(ring.firstTry == 1)
        #expect(ring.skipped == 1)
    }

    @Test("Answers with the same mistake are one, whatever letter the choice had")
    func mistakes() throws {
        let block = try #require(try course().lessons.first?.blocks.first as? QuizBlock)
        let answers = try (UInt64(0)..<6).map { seed in
            let choices = block.question(seed: seed).choices
            let letter = try #require(choices.first { $0.text.plainText == "Ring 0" }?.letter)
            return ("learner\(seed)", "ring", seed, String(letter), AnswerRecord.Verdict.wrong)
        }
        #expect(Set(answers.map(\.3)).count > 1)
        let mistakes = try report(answers).entries.first?.mistakes
        #expect(mistakes?.map(\.says) == ["That is the kernel."])
        #expect(mistakes?.map(\.example) == ["Ring 0"])
        #expect(mistakes?.map(\.count) == [6])
    }

    @Test("A wrong answer that the lesson does not know is told as it was given, the most common first")
    func unknownMistakes() throws {
        let report = try report([
            ("ada", "mode", 1, "fast mode", .wrong), ("bob", "mode", 1, "Safe mode", .wrong),
            ("cy", "mode", 1, "safe  mode", .wrong),
        ])
        #expect(report.entries.first?.mistakes.map(\.count) == [2, 1])
        #expect(report.entries.first?.mistakes.first?.example == "Safe mode")
    }

    @Test("One's own report is about nobody else")
    func own() throws {
        try withProgressFolder { folder in
            for profile in ["ada", "bob"] {
                try ProgressStore(path: folder + "/p.sqlite", profile: profile).append(someAnswer(verdict: .wrong))
            }
            let store = try ProgressStore(path: folder + "/p.sqlite", profile: "ada")
            #expect(try store.counts(course: "nt", of: .own).map(\.learners) == [1])
            #expect(try store.counts(course: "nt", of: .all).map(\.learners) == [2])
            #expect(try store.answers(course: "nt", of: .all).map(\.learner) == ["ada", "bob"])
        }
    }
}
