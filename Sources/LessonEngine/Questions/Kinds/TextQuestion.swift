import Spelling

/// Write a word or a few.
///
///     type: text
///     ask: What do we call the mode of ring 0?
///     answer: [kernel mode, supervisor mode]
///     patterns: ["(the) (kernel|supervisor) (mode)"]
///
/// Any of the texts is right, the first is shown. Case, spaces and punctuation do not count.
public struct TextQuestion: Question {
    /// The words around it.
    public let text: QuestionText
    let accepted: AcceptedAnswers

    /// Only right and foreseen answers: any other line may be a command.
    public func couldBeAnswer(_ line: String) -> Bool { accepted.contains(line) || foreseen(line) != nil }

    /// Right or wrong; a slip of the keyboard is asked back.
    public func grade(_ line: String) -> Grade {
        let given = line.trimmed
        if given.isEmpty { return Grade(.unclear("Answer with a word or a few."), given: given) }
        if accepted.contains(line) { return Grade(.correct, given: given) }
        if let say = foreseen(line) { return Grade(.wrong, given: given, feedback: say) }
        if accepted.isSlip(line) { return Grade(.unclear("Almost: check the spelling."), given: given) }
        return Grade(.wrong, given: given)
    }

    /// The first of the accepted texts.
    public func correctAnswer() -> String { accepted.shown }

    /// A hint that holds any of the accepted texts gives the answer away.
    public func isGivenAway(by hint: String) -> Bool { accepted.occur(in: hint) }

    private func foreseen(_ line: String) -> [MarkdownBlock]? {
        text.feedback.first { essence($0.given.value) == essence(line) }?.say
    }
}

/// Reads `type: text`.
struct TextKind: QuestionKind {
    /// More than anyone could keep in view.
    private static let mostAnswers = 50

    let name = "text"

    func makeQuestion(_ fields: inout Fields, text: QuestionText) -> (any Question)? {
        fields.reportIfMissing("answer")
        let answers = fields.strings("answer")
        let written = fields.strings("patterns")
        for text in (answers.dropFirst(Self.mostAnswers) + written.dropFirst(Self.mostAnswers)).prefix(1) {
            fields.report(.badValue, at: text.location, "a question can have at most \(Self.mostAnswers) answers")
        }
        let patterns = written.prefix(Self.mostAnswers).map { variants($0, fields) }
        guard let node = fields.value("answer"), !node.isMissingValue, isUsable(answers, at: node, fields),
            !patterns.contains(nil)
        else {
            return nil
        }
        let accepted = AcceptedAnswers(answers.prefix(Self.mostAnswers).map(\.value) + patterns.flatMap { $0 ?? [] })
        for feedback in text.feedback where accepted.contains(feedback.given.value) {
            fields.reportFeedbackForKey(feedback)
        }
        return TextQuestion(text: text, accepted: accepted)
    }

    private func isUsable(_ answers: [Located<String>], at node: YAMLNode, _ fields: Fields) -> Bool {
        if case .sequence(let nodes) = node.content, nodes.isEmpty {
            fields.report(.emptyAnswer, at: node.location, "there is no accepted answer")
        }
        let empty = answers.filter { $0.value.trimmed.isEmpty }
        for answer in empty { fields.report(.emptyAnswer, at: answer.location, "an accepted answer is empty") }
        return empty.isEmpty && !answers.isEmpty
    }

    private func variants(_ pattern: Located<String>, _ fields: Fields) -> [String]? {
        do throws(AnswerPattern.Mistake) {
            let texts = try AnswerPattern.texts(pattern.value)
            guard texts.allSatisfy({ !$0.trimmed.isEmpty }) else {
                fields.report(.emptyAnswer, at: pattern.location, "the pattern accepts an empty answer")
                return nil
            }
            return texts
        } catch {
            fields.report(
                .badPattern, at: pattern.location, error.message,
                note: "write (word) for one that may be left out and (one|other) for a choice, as in (the) kernel")
            return nil
        }
    }
}
