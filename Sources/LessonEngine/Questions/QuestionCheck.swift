/// What only asking a question can tell.
struct QuestionCheck {
    let question: any Question

    /// Its own problems, a key that it does not accept, hints that give the key away.
    var diagnostics: [Diagnostic] { run().diagnostics }

    /// The problems, and the key if there is one: to compute it can take a while.
    func run() -> (diagnostics: [Diagnostic], answer: String?) {
        let own = question.check()
        let answer = Result { try question.correctAnswer() }
        let problems = own + key(answer, isExcused: own.contains { $0.severity == .error }) + hints
        return (problems, try? answer.get())
    }

    /// - Parameter isExcused: whether it is known already why there may be no key.
    private func key(_ answer: Result<String, any Error>, isExcused: Bool) -> [Diagnostic] {
        do {
            let answer = try answer.get()
            let verdict = try question.grade(answer).verdict
            if verdict == .correct, question.couldBeAnswer(answer) { return [] }
            return [rejected("the question does not accept its own answer `\(answer)`")]
        } catch {
            return isExcused ? [] : [rejected("the answer cannot be computed: \(error)")]
        }
    }

    private func rejected(_ message: String) -> Diagnostic {
        .error(.keyRejected, at: question.text.location, message)
    }

    private var hints: [Diagnostic] {
        question.text.hints.filter { question.isGivenAway(by: $0.value.plainText) }.map { hint in
            .error(
                .hintGivesAnswer, at: hint.location, "this hint contains the answer",
                note: "say where to look, not what is to be seen there")
        }
    }
}
