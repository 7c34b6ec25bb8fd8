/// What only asking a question can tell.
struct QuestionCheck {
    let question: any Question

    /// Its own problems, a key that it does not accept, hints that give the key away.
    var diagnostics: [Diagnostic] {
        let own = question.check()
        return own + key(isExcused: own.contains { $0.severity == .error }) + hints
    }

    /// - Parameter isExcused: whether it is known already why there may be no key.
    private func key(isExcused: Bool) -> [Diagnostic] {
        do {
            let answer = try question.correctAnswer()
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
