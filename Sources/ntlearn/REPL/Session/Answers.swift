import LessonEngine
import Lessons
import Spelling

/// Judging answers.
extension LearnSession {
    /// Judges an answer. The verdict is stored before it is shown, so that nothing shown is ever lost.
    func answer(_ line: String) throws(WordError) {
        let open = try openQuestion()
        let grade = try judged { try open.question.grade(line) }
        if case .unclear(let back) = grade.verdict { return output.say(StyledText(back)) }
        if practice?.rules.feedback == .atEnd { return try keepForTheEnd(open, line, grade) }
        let correct = try judged { try open.question.correctAnswer() }
        if grade.verdict == .correct { return try confirm(open, line, grade) }
        try miss(open, line, grade, correct)
    }

    private func miss(
        _ open: OpenQuestion, _ line: String, _ grade: Grade, _ correct: String
    ) throws(WordError) {
        if open.question is ChallengeQuestion, practice?.rules.attempts == nil {
            try record(open, line, .wrong, closes: false)
            return tellMiss(grade)
        }
        let left = (practice?.rules.attempts ?? open.question.text.attempts) - open.misses - 1
        try record(open, line, .wrong, closes: left == 0)
        if left == 0 {
            givenAway.insert(open.identity)
            showOutcome(of: open)
        }
        output.say(StyledText("Not quite.", .bad, .strong))
        let pair = "You said \(shown(grade.given, of: open)) · Correct: \(shown(correct, of: open))"
        output.say(StyledText(left > 0 ? youSaid(grade, open) : pair))
        if !grade.feedback.isEmpty { output.print(renderer.lines(grade.feedback)) }
        guard left > 0 else { return close(open) }
        question?.misses += 1
        output.say(StyledText(left == 1 ? "You have one more try." : "You have \(left) more tries.", .dim))
    }

    func confirm(_ open: OpenQuestion, _ line: String, _ grade: Grade) throws(WordError) {
        let isPractice = givenAway.contains(open.identity)
        try record(open, line, isPractice ? .answeredForYou : .correct)
        showOutcome(of: open)
        output.say(StyledText("Right.", .good, .strong))
        output.say(StyledText(youSaid(grade, open)))
        if isPractice { output.say(StyledText("It does not count: the answer was shown before.", .dim)) }
        if !grade.feedback.isEmpty { output.print(renderer.lines(grade.feedback)) }
        close(open)
    }

    /// A sentence; an answer that ends like one brings its own full stop.
    private func youSaid(_ grade: Grade, _ open: OpenQuestion) -> String {
        let given = shown(grade.given, of: open)
        return "You said \(given)" + (".!?".contains(given.last ?? " ") ? "" : ".")
    }

    /// An answer with the values that its lesson's machines supply.
    func shown(_ answer: String, of open: OpenQuestion) -> String {
        open.question.filled(answer, live: renderer.live)
    }

    /// A line that is no word of the prompt: an answer, if the question can read it.
    func answer(unknown line: String) throws(WordError) {
        let open = try openQuestion()
        let grade = try judged { try open.question.grade(line) }
        guard case .unclear(let form) = grade.verdict else { return try judge(line, grade) }
        throw WordError(
            "\"\(line.prefix(40))\" is neither an answer to the open question nor a word of the prompt.",
            hint: "\(form) Or type hint, skip or help.")
    }

    /// A wrong answer that is a slip of a word of the prompt is asked back; short words are slips of too much.
    private func judge(_ line: String, _ grade: Grade) throws(WordError) {
        let names = words.specs.map(\.name).filter { $0.count > 3 }
        guard grade.verdict == .wrong, let word = didYouMean(line, among: names) else { return try answer(line) }
        throw WordError(
            "Did you mean the word \"\(word)\"?", hint: "If \"\(line)\" is your answer, type answer \(line).")
    }

    /// Runs a grader. It fails only if the machine behind the question does.
    func judged<Value>(_ work: () throws -> Value) throws(WordError) -> Value {
        do { return try work() } catch {
            throw WordError(
                "This question cannot be judged: \(error)", hint: "Type skip to go on, and tell the lesson's author.")
        }
    }

    /// Keeps an answer.
    /// - Parameter closes: whether the learner is done with the question, and goes on behind it the next time.
    func record(
        _ open: OpenQuestion, _ answer: String, _ verdict: AnswerRecord.Verdict, closes: Bool = true
    ) throws(WordError) {
        let row = AnswerRecord(
            course: open.source.course, lesson: open.source.lesson, question: open.question.text.id,
            contentHash: open.source.contentHash, seed: open.question.text.seed, answer: answer, verdict: verdict,
            hints: open.hintsShown)
        try practice?.keep?(open, answer, verdict)
        do throws(ProgressError) { try store.append(row) } catch {
            throw WordError("Your answer could not be saved, so it was not judged: \(error)")
        }
        practice?.note(answer, verdict)
        guard closes else { return }
        // A trace that has more to ask is not behind the learner yet.
        if pausedTrace.map({ $0.asked == $0.block.predictions.count }) ?? true { save(page: (place?.page ?? 0) + 1) }
    }

    /// The explanation, and the way on.
    func close(_ open: OpenQuestion) {
        question?.isOpen = false
        challenge = nil
        if !open.question.text.explain.isEmpty {
            output.blank()
            output.print(renderer.lines(open.question.text.explain))
        }
        if pausedTrace != nil { return endPause() }
        output.blank()
        guard !isPreview else { return }
        practice?.close()
        let proof =
            open.question is any MachineQuestion ? "Press Enter to go on, or type why to see the proof." : nil
        let isEnd = practice == nil && place?.isLastPage == true
        let score = isEnd ? "End of lesson. \(open.entry.map(result(of:)) ?? "") " : ""
        output.say(StyledText(score + (proof ?? "Press Enter to go on."), .dim))
    }
}

// Predictions: after the answer the instruction executes.
extension LearnSession {
    /// Executes the instruction that was to be predicted, and shows what it changed.
    func showOutcome(of open: OpenQuestion) {
        guard let predict = open.question as? PredictQuestion else { return }
        if let trace = pausedTrace {
            trace.takeStep { output.print($0) }
        } else if let outcome = try? predict.outcome() {
            var renderer = TraceListRenderer(layout: output.layout, symbols: outcome.machine.symbols)
            output.print(renderer.lines(for: outcome.step, after: outcome.machine.cpu.state))
        }
        output.blank()
    }

    /// The running score, and the rest of the trace.
    func endPause() {
        if let entry = place?.entry {
            let counts = predictionCounts(of: entry)
            output.say(StyledText("Predictions in this lesson: \(counts.right) of \(counts.tried).", .dim))
        }
        output.blank()
        goOnWithTrace()
        if self.trace == nil { showWayOn() }
    }
}
