import LessonEngine

/// Practice runs at the prompt. The page of the lesson comes back when they are over.
extension LearnSession {
    /// Begins a run, in the place of the page or of another run.
    func practise(_ run: PracticeRun) {
        practice = run
        question = nil
        askNextInPractice()
    }

    /// The next question, or the end.
    func askNextInPractice() {
        guard let item = practice?.nextItem(practice?.closed ?? []) else { return leavePractice() }
        let question = item.block.question(seed: item.seed)
        practice?.ask(item, question)
        output.blank()
        put(OpenQuestion(question: question, block: item.block, source: item.source, entry: item.entry))
    }

    /// Another member of the question's family. It does not change how the first one went.
    func askAgainInPractice(_ open: OpenQuestion) {
        let question = open.block.question(seed: nextSeed())
        put(OpenQuestion(question: question, block: open.block, source: open.source, entry: open.entry))
    }

    /// Tells how the run went, and goes back to the lesson's page.
    func leavePractice() {
        guard let run = practice else { return }
        practice = nil
        question = nil
        output.blank()
        output.print((run.summary?(run.closed) ?? nil) ?? PracticeSummary(run, renderer: renderer(for:)).lines)
        guard !run.endsSession, let place else { return isOver = run.endsSession }
        output.say(StyledText("Back to the lesson.", .dim))
        show(place.entry, page: place.page)
    }

    /// Closes the open question and says what comes next.
    func closeInPractice(_ text: String = "") {
        question?.isOpen = false
        practice?.close()
        output.say(StyledText(text.isEmpty ? "Press Enter to go on." : "\(text) Press Enter to go on.", .dim))
    }

    /// Keeps an answer whose verdict is told at the end.
    func keepForTheEnd(_ open: OpenQuestion, _ line: String, _ grade: Grade) throws(WordError) {
        try record(open, line, grade.verdict == .correct ? .correct : .wrong)
        closeInPractice("Noted: you said \(grade.given).")
    }

    /// - Throws: that the run does not allow a word of the line.
    func requireAllowed(_ line: String) throws(WordError) {
        guard let practice, let commands = try? words.splitter.commands(in: line) else { return }
        for command in commands where !practice.rules.allow(command.spec, hasArguments: !command.arguments.isEmpty) {
            throw WordError(
                "\(command.spec.name) is not allowed here.", hint: "Answer the question, or type skip or quit.")
        }
    }
}

extension PracticeRules {
    private static let help: Set<String> = ["hint", "why", "again", "answer"]

    /// Whether a word may be used. `answer` with a text gives an answer, and is no help.
    func allow(_ spec: WordSpec, hasArguments: Bool) -> Bool {
        if spec.name == "again" && !allowsAgain { return false }
        if Self.help.contains(spec.name) { return allowsHelp || (spec.name == "answer" && hasArguments) }
        return allowsDebugger || spec.group == .lessons || spec.group == .program
    }
}
