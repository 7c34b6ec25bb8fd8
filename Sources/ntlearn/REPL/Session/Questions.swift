import Debugger
import LessonEngine
import Lessons

/// Putting questions, and helping with them.
extension LearnSession {
    /// Asks a member of a block's family.
    func ask(_ block: QuizBlock) {
        guard let place else { return }
        put(OpenQuestion(question: block.question(seed: nextSeed()), block: block, entry: place.entry))
    }

    /// Opens a question and shows it.
    func put(_ open: OpenQuestion) {
        question = open
        challenge = nil
        bringMachine(for: open.question)
        output.print(StyledText(heading(of: open), .heading))
        output.print(renderer.lines(open.question.text.ask))
        list(open.question.items)
        if !open.question.items.isEmpty { output.blank() }
        list(open.question.choices)
        if let form = open.question.answerForm { output.say(StyledText(form, .dim)) }
        output.blank()
    }

    private func heading(of open: OpenQuestion) -> String {
        guard let trace = pausedTrace else { return "Question" }
        return "Prediction \(trace.asked) of \(trace.block.predictions.count)"
    }

    private func list(_ choices: [AnswerChoice]) {
        for choice in choices {
            let lead = StyledText("  \(choice.letter)) ")
            let text = renderer.text(choice.text).wrapped(to: output.layout.narrowed(by: 5).measure)
            output.print(text.prefixed(first: lead, rest: StyledText(spaces(5))))
        }
    }

    /// The machine that a question is about becomes the one at hand. That of a trace is at hand already.
    private func bringMachine(for question: any Question) {
        guard pausedTrace == nil else { return }
        switch question {
        case let predict as PredictQuestion: bringMachine(to: predict.point)
        case let challenge as ChallengeQuestion: bringMachine(of: challenge)
        case let asked as any MachineQuestion: offerMachine(asked.request)
        default: break
        }
    }

    private func bringMachine(of challenge: ChallengeQuestion) {
        do throws(MachineError) {
            try begin(challenge)
            if let machine = debugger.timeline?.machine { showNext(of: machine) }
            output.blank()
        } catch {
            show(WordError(error))
        }
    }

    private func bringMachine(to point: MachinePoint) {
        do throws(MachineError) {
            let steps = try point.machine().stepCount
            forgetMachine()
            machineRequest = point.request
            showNext(of: try record(point.request, start: steps, steps: steps).machine)
            output.blank()
        } catch {
            show(WordError(error))
        }
    }

    func openQuestion() throws(WordError) -> OpenQuestion {
        guard let question, question.isOpen else {
            throw WordError("No question is open.", hint: "Press Enter to go on, or back to return to one.")
        }
        return question
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
        challenge = nil
        if practice != nil {
            practice?.close()
            output.say("Skipped.")
            return askNextInPractice()
        }
        if trace != nil {
            givenAway.insert(open.identity)
            output.say("Skipped.")
            showOutcome(of: open)
            return endPause()
        }
        output.say("Skipped. Type back to return to it.")
        if place?.isLastPage == true, let entry = open.entry {
            output.say(StyledText("End of lesson. \(result(of: entry))", .dim))
        }
        try next()
    }

    /// Gives the answer away.
    func giveAnswer() throws(WordError) {
        let open = try openQuestion()
        let correct = try judged { try open.question.correctAnswer() }
        try record(open, "", .answeredForYou)
        givenAway.insert(open.identity)
        output.say(StyledText("Correct: \(shown(correct, of: open))"))
        showOutcome(of: open)
        close(open)
    }

    /// The last question again, or the page. A prediction is asked where its trace comes to it.
    func again() throws(WordError) {
        if let question, practice != nil { return askAgainInPractice(question) }
        guard let question, !isPrediction(question) else { return try showPageAgain() }
        ask(question.block)
    }

    private func showPageAgain() throws(WordError) {
        guard let place else { return try begin(with: nil) }
        show(place.entry, page: place.page)
    }

    /// Whether a question belongs to a trace of its lesson.
    func isPrediction(_ open: OpenQuestion) -> Bool {
        open.entry?.lesson.predictionIDs.contains(open.question.text.id) ?? false
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
        if let challenge = question.question as? ChallengeQuestion { return try replay(challenge) }
        guard let asked = question.question as? any ProvableQuestion else { return }
        let proof = try judged { try asked.proof() }
        output.blank()
        output.say(StyledText(proof.heading, .dim))
        show(proof.trace, symbols: proof.symbols)
    }
}
