import LessonEngine
import Testing

/// The question of a quiz with the given keys, which must load without any problem.
func asked(_ yaml: String, seed: UInt64 = 0) throws -> any Question {
    let text = Planted.front + "```quiz id=q\n\(yaml)\n```\n"
    let loaded = CourseLoader.forTests.loadLesson(text: text, file: "one.md")
    #expect(loaded.diagnostics.map(\.description) == [])
    return try #require(loaded.lesson?.block("q") as? QuizBlock).question(seed: seed)
}

extension Question {
    /// `right`, `wrong`, or the sentence that asks back.
    func verdict(_ line: String) throws -> String {
        switch try grade(line).verdict {
        case .correct: "right"
        case .wrong: "wrong"
        case .unclear(let sentence): sentence
        }
    }

    /// What each letter shows, such as `a) Ring 0`.
    var shownChoices: [String] { choices.map { "\($0.letter)) \($0.text.plainText)" } }
}
