/// Answers the members of a family with their own keys, and looks for those that would not be worth asking.
struct FamilyCheck {
    /// Fewer equal answers in a row can be chance.
    private static let fewestMembers = 5

    let block: QuizBlock
    let family: QuestionFamily

    /// The problems of the first `seeds` members.
    func diagnostics(seeds: Int) -> [Diagnostic] {
        var problems = FamilyProblems(family, except: block.loadProblems)
        var asked: [(seed: UInt64, question: any Question)] = []
        for seed in 0..<UInt64(max(1, seeds)) {
            let made = family.make(seed)
            let found = made.question.map { QuestionCheck(question: $0).diagnostics } ?? []
            problems.add(made.problems + found, seed: seed)
            if let question = made.question { asked.append((seed, question)) }
        }
        return problems.merged + trivial(asked) + constant(asked.map(\.question))
    }

    /// Where some members hold their own answer in the question and others do not, it came about by chance.
    private func trivial(_ asked: [(seed: UInt64, question: any Question)]) -> [Diagnostic] {
        var problems = FamilyProblems(family)
        for (seed, question) in asked {
            let isTrivial = question.isGivenAway(by: question.text.ask.plainText)
            problems.add(isTrivial ? [trivialMember] : [], seed: seed)
        }
        return problems.merged.filter { $0 != trivialMember }
    }

    private var trivialMember: Diagnostic {
        .warning(
            .trivialMember, at: block.location, "the question contains its own answer",
            note: "leave out the values that bring this about")
    }

    /// Questions with choices are left out: their answers are letters, which mean something else each time.
    private func constant(_ questions: [any Question]) -> [Diagnostic] {
        let answers = questions.filter(\.choices.isEmpty).compactMap { try? $0.correctAnswer() }
        guard answers.count >= Self.fewestMembers, Set(answers).count == 1 else { return [] }
        return [
            .warning(
                .constantFamily, at: block.location, "the answer is `\(answers[0])` for all of \(answers.count) seeds",
                note: "vary something that the answer depends on")
        ]
    }
}
