import Debugger
import LessonEngine
import Lessons
import Spelling

/// Asking, hinting, judging, explaining.
extension LearnSession {
    func ask(_ block: QuizBlock) {
        guard let place else { return }
        put(OpenQuestion(question: block.question(seed: nextSeed()), block: block, entry: place.entry))
    }

    /// Opens a question and shows it.
    func put(_ open: OpenQuestion) {
        let asked = open.question
        question = open
        if let value = asked as? ValueQuestion { offerMachine(value.point.request) }
        if let place = asked as? WhereQuestion { offerMachine(place.request.machine) }
        output.print(StyledText("Question", .heading))
        output.print(renderer.lines(asked.text.ask))
        list(asked.items)
        if !asked.items.isEmpty { output.blank() }
        list(asked.choices)
        if let form = asked.answerForm { output.say(StyledText(form, .dim)) }
        output.blank()
    }

    private func list(_ choices: [AnswerChoice]) {
        for choice in choices {
            let lead = StyledText("  \(choice.letter)) ")
            let text = renderer.text(choice.text).wrapped(to: output.layout.narrowed(by: 5).measure)
            output.print(text.prefixed(first: lead, rest: StyledText(spaces(5))))
        }
    }

    private func openQuestion() throws(WordError) -> OpenQuestion {
        guard let question, question.isOpen else {
            throw WordError("No question is open.", hint: "Press Enter to go on, or back to return to one.")
        }
        return question
    }

    /// Judges an answer. The verdict is stored before it is shown, so that nothing shown is ever lost.
    func answer(_ line: String) throws(WordError) {
        let open = try openQuestion()
        let grade = try judged { try open.question.grade(line) }
        if case .unclear(let back) = grade.verdict { return output.say(StyledText(back)) }
        if practice?.rules.feedback == .atEnd { return try keepForTheEnd(open, line, grade) }
        let correct = try judged { try open.question.correctAnswer() }
        if grade.verdict == .correct { return try confirm(open, line, grade) }
        try record(open, line, .wrong)
        let left = (practice?.rules.attempts ?? open.question.text.attempts) - open.misses - 1
        output.say(StyledText("Not quite.", .bad, .strong))
        output.say(StyledText("You said \(grade.given)" + (left > 0 ? "." : " · Correct: \(correct)")))
        if !grade.feedback.isEmpty { output.print(renderer.lines(grade.feedback)) }
        guard left > 0 else { return close(open) }
        question?.misses += 1
        output.say(StyledText(left == 1 ? "You have one more try." : "You have \(left) more tries.", .dim))
    }

    private func confirm(_ open: OpenQuestion, _ line: String, _ grade: Grade) throws(WordError) {
        let isPractice = givenAway.contains(open.identity)
        try record(open, line, isPractice ? .answeredForYou : .correct)
        output.say(StyledText("Right.", .good, .strong))
        output.say(StyledText("You said \(grade.given)."))
        if isPractice { output.say(StyledText("It does not count: the answer was shown before.", .dim)) }
        if !grade.feedback.isEmpty { output.print(renderer.lines(grade.feedback)) }
        close(open)
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
    private func judged<Value>(_ work: () throws -> Value) throws(WordError) -> Value {
        do { return try work() } catch {
            throw WordError(
                "This question cannot be judged: \(error)", hint: "Type skip to go on, and tell the lesson's author.")
        }
    }

    func record(
        _ open: OpenQuestion, _ answer: String, _ verdict: AnswerRecord.Verdict
    ) throws(WordError) {
        let row = AnswerRecord(
            course: open.source.course, lesson: open.source.lesson, question: open.question.text.id,
            contentHash: open.source.contentHash, seed: open.question.text.seed, answer: answer, verdict: verdict,
            hints: open.hintsShown)
        do throws(ProgressError) { try store.append(row) } catch {
            throw WordError("Your answer could not be saved, so it was not judged: \(error)")
        }
        practice?.note(answer, verdict)
        save(page: (place?.page ?? 0) + 1)
    }

    /// The explanation, and the way on.
    private func close(_ open: OpenQuestion) {
        question?.isOpen = false
        if !open.question.text.explain.isEmpty {
            output.blank()
            output.print(renderer.lines(open.question.text.explain))
        }
        output.blank()
        let proof = open.question is ValueQuestion ? "Press Enter to go on, or type why to see the proof." : nil
        practice?.close()
        let isEnd = practice == nil && place?.isLastPage == true
        let score = isEnd ? "End of lesson. \(open.entry.map(result(of:)) ?? "") " : ""
        output.say(StyledText(score + (proof ?? "Press Enter to go on."), .dim))
    }

    func hint() throws(WordError) {
        let open = try openQuestion()
        let hints = open.question.text.hints
        guard open.hintsShown < hints.count else {
            let text = hints.isEmpty ? "This question has no hints." : "There are no more hints."
            throw WordError(text, hint: "Answer it, or type skip.")
        }
        question?.hintsShown += 1
        output.print(renderer.lines(hints[open.hintsShown].value))
        let left = hints.count - open.hintsShown - 1
        if left > 0 { output.say(StyledText(left == 1 ? "1 more hint." : "\(left) more hints.", .dim)) }
    }

    /// Leaves the question; it stays unanswered in the progress.
    func skip() throws(WordError) {
        let open = try openQuestion()
        try record(open, "", .skipped)
        question?.isOpen = false
        if practice != nil {
            practice?.close()
            output.say("Skipped.")
            return askNextInPractice()
        }
        output.say("Skipped. Type back to return to it.")
        try next()
    }

    /// Gives the answer away.
    func giveAnswer() throws(WordError) {
        let open = try openQuestion()
        let correct = try judged { try open.question.correctAnswer() }
        try record(open, "", .answeredForYou)
        givenAway.insert(open.identity)
        output.say(StyledText("Correct: \(correct)"))
        close(open)
    }

    func again() throws(WordError) {
        guard let question else { return showPage() }
        if practice != nil { return askAgainInPractice(question) }
        ask(question.block)
    }

    /// The steps on the machine that prove the last answer, or the explanation alone.
    func why() throws(WordError) {
        guard let question = question ?? earlierQuestion else {
            throw WordError("There was no question yet.", hint: "Press Enter to go on.")
        }
        guard !question.isOpen else {
            throw WordError(
                "The proof would give the answer away.", hint: "Answer first, or type hint, answer or skip.")
        }
        output.print(renderer.lines(question.question.text.explain))
        guard let value = question.question as? ValueQuestion else { return }
        let proof = try judged { try value.point.proof() }
        output.blank()
        output.say(StyledText("The last steps before \(value.point.at):", .dim))
        show(proof, symbols: try judged { try value.point.machine().symbols })
    }
}
