/// Answers the members of a family with their own keys, and looks for those that would not be worth asking.
struct FamilyCheck {
    /// Fewer equal answers in a row can be chance.
    private static let fewestMembers = 5

    let block: QuizBlock
    let family: QuestionFamily

    /// What is wrong with the first `seeds` members, and the `{{ … }}` that the block itself does not have.
    func run(seeds: Int) -> (diagnostics: [Diagnostic], expressions: [LiveExpression]) {
        var problems = FamilyProblems(family, except: block.loadProblems)
        var trivial = FamilyProblems(family)
        var answers: [String?] = []
        var expressions: Set<LiveExpression> = []
        var known: [[String: String]: Findings] = [:]
        for seed in 0..<UInt64(max(1, seeds)) {
            if TimeLimit.current?.hasPassed == true { break }
            let values = family.member(seed).values
            let found = known[values] ?? findings(seed)
            if found.isForEverySeed { known[values] = found }
            problems.add(found.problems, seed: seed)
            guard found.isAsked else { continue }
            trivial.add(found.isTrivial ? [trivialMember] : [], seed: seed)
            answers.append(found.answer)
            expressions.formUnion(found.expressions)
        }
        let others = expressions.subtracting(block.liveExpressions).sorted { $0.location < $1.location }
        let byChance = trivial.merged.filter { $0 != trivialMember }
        return (problems.merged + byChance + constant(answers.compactMap(\.self)), others)
    }

    /// What one member shows.
    private struct Findings {
        var problems: [Diagnostic] = []
        var isAsked = false
        /// Where some members hold their own answer in the question and others do not, it came about by chance.
        var isTrivial = false
        /// Nil for questions with choices: their answers are letters, which mean something else each time.
        var answer: String?
        var expressions: [LiveExpression] = []
        /// A question without choices is the same for all seeds that pick the same values.
        var isForEverySeed = false
    }

    private func findings(_ seed: UInt64) -> Findings {
        let made = family.make(seed)
        guard let question = made.question else { return Findings(problems: made.problems) }
        let check = QuestionCheck(question: question).run()
        return Findings(
            problems: made.problems + check.diagnostics, isAsked: true,
            isTrivial: question.isGivenAway(by: question.text.ask.plainText),
            answer: question.choices.isEmpty ? check.answer : nil,
            expressions: question.liveExpressions, isForEverySeed: question.choices.isEmpty)
    }

    private var trivialMember: Diagnostic {
        .warning(
            .trivialMember, at: block.location, "the question contains its own answer",
            note: "leave out the values that bring this about")
    }

    private func constant(_ answers: [String]) -> [Diagnostic] {
        guard answers.count >= Self.fewestMembers, Set(answers).count == 1 else { return [] }
        return [
            .warning(
                .constantFamily, at: block.location, "the answer is `\(answers[0])` for all of \(answers.count) seeds",
                note: "vary something that the answer depends on")
        ]
    }
}
