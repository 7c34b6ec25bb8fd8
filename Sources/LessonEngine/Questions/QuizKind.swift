import Spelling

/// Makes quizzes. A quiz is read through its family even if it has only one member.
struct QuizKind: BlockKind {
    let name = "quiz"

    func makeBlock(_ fields: inout Fields) -> (any Block)? {
        let before = fields.problemCount
        let parameters = ParameterReader.parameters(&fields)
        let isVaryUsable = fields.problemCount == before
        fields.markAllRead()
        guard isVaryUsable else { return nil }
        let family = QuestionFamily(fields, parameters)
        let made = family.load()
        made.problems.forEach(fields.context.report)
        made.links.forEach(fields.context.note)
        return made.question.map { QuizBlock(question: $0, family: family, loadProblems: made.problems) }
    }
}

/// Reads what all questions share and leaves the rest to the question kind that `type` names.
struct QuestionReader {
    /// More tries than anyone needs before the answer is shown.
    private static let mostAttempts = 10

    let seed: UInt64

    func question(_ fields: inout Fields) -> (any Question)? {
        let kinds = fields.questionKinds
        let type = fields.requiredString("type")
        let ask = fields.requiredMarkdown("ask")
        let text = QuestionText(
            id: fields.id, location: fields.location, ask: ask ?? [], hints: Self.hints(&fields),
            explain: fields.markdown("explain"), feedback: Self.feedback(&fields),
            attempts: fields.int("attempts", in: 1...Self.mostAttempts)?.value ?? 1, objectives: fields.objectives(),
            seed: seed)
        guard let type else { return nil }
        guard let kind = kinds[type.value] else {
            report(unknown: type, kinds.keys.sorted(), to: fields)
            return nil
        }
        guard let question = kind.makeQuestion(&fields, text: text), ask != nil else { return nil }
        return question
    }

    static func hints(_ fields: inout Fields) -> [Located<[MarkdownBlock]>] {
        fields.strings("hints").map { Located(fields.markdown($0), at: $0.location) }
    }

    static func feedback(_ fields: inout Fields) -> [Feedback] {
        fields.mappings("feedback") { item in
            let given = item.requiredString("given")
            let say = item.requiredMarkdown("say")
            guard let given, let say else { return nil }
            return Feedback(given: given, say: say)
        }
    }

    private func report(unknown type: Located<String>, _ known: [String], to fields: Fields) {
        let near = didYouMean(type.value, among: known)
        fields.report(
            .unknownQuestionType, at: type.location, "there is no type of question called `\(type.value)`",
            note: near.map { "did you mean `\($0)`?" } ?? "the types are \(known.joined(separator: ", "))")
    }
}
