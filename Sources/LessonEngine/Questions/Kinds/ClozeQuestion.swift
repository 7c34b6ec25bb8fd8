import Spelling

/// Fill the gaps of a text.
///
///     type: cloze
///     ask: Fill the gaps.
///     text: The stub loads the [[service number | number]] into [[EAX]].
///
/// A gap holds what is accepted there, with `|` between several; the first is shown. Learners see `(1: ____)` and
/// answer all gaps at once, with commas between them. Judged as a ``TextQuestion`` is.
public struct ClozeQuestion: Question {
    /// The words around it; the text with its gaps stands at the end of the question.
    public let text: QuestionText
    let gaps: [AcceptedAnswers]
    /// What is given in each gap, nil for anything, and what to say to it.
    let mistakes: [(given: [String?], say: [MarkdownBlock])]

    /// How many gaps, and what separates them.
    public var answerForm: String? { gaps.count == 1 ? nil : form }

    private var form: String {
        gaps.count == 1
            ? "Answer with what belongs in the gap."
            : "Answer with what belongs in the \(gaps.count) gaps, in order, with \(separatorName)s between them."
    }

    /// Answers that hold commas themselves are separated by semicolons.
    private var separator: Character { gaps.contains { $0.shown.contains(",") } ? ";" : "," }
    private var separatorName: String { separator == "," ? "comma" : "semicolon" }

    /// Only if a gap or more are right or foreseen: any other line may be a command.
    public func couldBeAnswer(_ line: String) -> Bool {
        guard let parts = parts(line) else { return false }
        return zip(gaps, parts).contains { $0.contains($1) } || foreseen(parts) != nil
    }

    /// Right only if all gaps are; a wrong number of answers and slips of the keyboard are asked back.
    public func grade(_ line: String) -> Grade {
        guard let parts = parts(line), parts.allSatisfy({ !$0.isEmpty }) else {
            return Grade(.unclear(form), given: line.trimmed)
        }
        let given = joined(parts)
        let wrong = gaps.indices.filter { !gaps[$0].contains(parts[$0]) }
        if wrong.isEmpty { return Grade(.correct, given: given) }
        if let say = foreseen(parts) { return Grade(.wrong, given: given, feedback: say) }
        if wrong.allSatisfy({ gaps[$0].isSlip(parts[$0]) }) {
            return Grade(.unclear("Almost: check the spelling."), given: given)
        }
        return Grade(.wrong, given: given, feedback: gaps.count > 1 ? [.text(count(of: wrong))] : [])
    }

    /// What is accepted first in each gap.
    public func correctAnswer() -> String { joined(gaps.map(\.shown)) }

    /// A hint that holds what belongs in a gap gives it away.
    public func isGivenAway(by hint: String) -> Bool { gaps.contains { $0.occur(in: hint) } }

    private func joined(_ parts: [String]) -> String { parts.joined(separator: "\(separator) ") }

    /// As many texts as there are gaps. A semicolon always separates, a comma only if no key holds one.
    private func parts(_ line: String) -> [String]? {
        if gaps.count == 1 { return [line.trimmed] }
        let separator = line.contains(";") ? ";" : separator
        let parts = line.split(separator: separator, omittingEmptySubsequences: false).map(\.trimmed)
        return parts.count == gaps.count ? parts : nil
    }

    private func foreseen(_ parts: [String]) -> [MarkdownBlock]? {
        mistakes.first { mistake in
            zip(mistake.given, parts).allSatisfy { given, part in given.map { essence($0) == essence(part) } ?? true }
        }?.say
    }

    private func count(of wrong: [Int]) -> String {
        if wrong.count == gaps.count { return "None of the gaps is right." }
        let numbers = wrong.map { "\($0 + 1)" }.joined(separator: " and ")
        return wrong.count == 1 ? "Only gap \(numbers) is wrong." : "Gaps \(numbers) are wrong."
    }
}

/// Reads `type: cloze`.
struct ClozeKind: QuestionKind {
    private static let mostGaps = 20

    let name = "cloze"

    func makeQuestion(_ fields: inout Fields, text: QuestionText) -> (any Question)? {
        guard let written = fields.requiredString("text"), let cloze = gaps(written, fields) else { return nil }
        let shown = fields.markdown(Located(cloze.shown, at: written.location))
        let gaps = cloze.gaps.map(AcceptedAnswers.init)
        let mistakes = text.feedback.compactMap { mistake($0, gaps, fields) }
        return ClozeQuestion(text: text.asking(also: shown), gaps: gaps, mistakes: mistakes)
    }

    private func gaps(_ written: Located<String>, _ fields: Fields) -> GapText? {
        let cloze = GapText(written.value)
        let places = fields.context.source.openers(
            of: "[", from: written.location, count: cloze.openerCount, lines: written.value.unicodeScalars.count + 2)
        for problem in cloze.problems {
            let place = problem.opener.flatMap { places.indices.contains($0) ? places[$0] : nil } ?? written.location
            fields.report(problem.code, at: place, problem.message, note: problem.note)
        }
        if cloze.gaps.count > Self.mostGaps {
            fields.report(.badValue, at: written.location, "a text can have at most \(Self.mostGaps) gaps")
        }
        return cloze.problems.isEmpty && cloze.gaps.count <= Self.mostGaps ? cloze : nil
    }

    /// `given` has a text for each gap, `_` for anything.
    private func mistake(
        _ feedback: Feedback, _ gaps: [AcceptedAnswers], _ fields: Fields
    ) -> (given: [String?], say: [MarkdownBlock])? {
        let given = feedback.given.value
        let separator: Character = given.contains(";") ? ";" : ","
        let parts =
            gaps.count == 1
            ? [given.trimmed] : given.split(separator: separator, omittingEmptySubsequences: false).map(\.trimmed)
        guard parts.count == gaps.count else {
            fields.report(
                .badValue, at: feedback.given.location, "`\(given)` does not fill the \(gaps.count) gaps",
                note: "write a text for each gap with commas between them, and _ where anything will do")
            return nil
        }
        let isRight = zip(gaps, parts).allSatisfy { gap, part in part == "_" || gap.contains(part) }
        if isRight { fields.reportFeedbackForKey(feedback) }
        return (parts.map { $0 == "_" ? nil : $0 }, feedback.say)
    }
}
