import LessonEngine

/// What a practice run ends with: how many answers were right and, where nothing was told before, which were not.
struct PracticeSummary {
    private let run: PracticeRun
    private let renderer: (Lesson?) -> MarkdownRenderer

    /// - Parameter renderer: sets the texts of a lesson's questions.
    init(_ run: PracticeRun, renderer: @escaping (Lesson?) -> MarkdownRenderer) {
        self.run = run
        self.renderer = renderer
    }

    var lines: [StyledText] {
        let results = run.closed
        guard !results.isEmpty else { return [StyledText("No question was answered.")] }
        let right = results.filter { $0.verdict == .correct }.count
        let feedback = run.rules.feedback == .atEnd ? results.enumerated().flatMap(told) : []
        return feedback + [StyledText("\(right) of \(results.count) right.", .strong)]
    }

    private func told(_ number: Int, _ result: PracticeResult) -> [StyledText] {
        let renderer = renderer(result.item.entry?.lesson)
        let verdict = result.verdict == .correct ? StyledText("Right.", .good) : StyledText("Not right.", .bad)
        let head = StyledText("\(number + 1). ", .strong) + verdict
        let text = result.question.filled(sentence(result), live: renderer.live)
        let said = StyledText(text).wrapped(to: renderer.layout.measure)
        return [head] + renderer.lines(result.question.text.ask) + said + renderer.lines(result.question.text.explain)
            + [""]
    }

    private func sentence(_ result: PracticeResult) -> String {
        let given = (try? result.question.grade(result.answer).given) ?? result.answer
        let said = result.answer.isEmpty ? "You gave no answer." : "You said \(given)."
        guard result.verdict != .correct, let correct = try? result.question.correctAnswer() else { return said }
        return "\(said.dropLast()) · Correct: \(correct)"
    }
}
