import Spelling

/// Match each thing of one list with one of another.
///
///     type: match
///     ask: Which instruction enters the kernel?
///     pairs:
///       - {left: Windows 2000, right: INT 2Eh}
///       - {left: Windows XP on a Pentium III, right: SYSENTER, say: "The Pentium II was the first to have it."}
///
/// The left sides are numbered in the author's order; the right sides have letters, in an order of chance. Learners
/// answer `1b 2a`, or `b a` for the letters in the order of the numbers.
public struct MatchQuestion: Question {
    /// The words around the pairs.
    public let text: QuestionText
    /// The left sides, `1`, `2` …
    public let items: [AnswerChoice]
    /// The right sides as they are shown.
    public let choices: [AnswerChoice]
    /// For each item, the index of its choice.
    let correct: [Int]
    /// What to say to who gets an item wrong, by index.
    let replies: [[MarkdownBlock]]
    /// Pairs of an item and a choice, and what to say to who gives them all.
    let mistakes: [(pairs: [Int: Int], say: [MarkdownBlock])]

    /// Names the pairs as they are shown, which are never the key.
    public var answerForm: String? { form }

    private var form: String {
        "Answer with a letter for each of 1 to \(items.count), such as \(shown(Array(items.indices)))."
    }

    private func shown(_ picked: [Int]) -> String {
        zip(items, picked).map { "\($0.letter)\(choices[$1].letter)" }.joined(separator: " ")
    }

    /// Letters that are one word, as commands are, count only with their numbers.
    public func couldBeAnswer(_ line: String) -> Bool { picks(line) != nil && !AnswerLine.isOneWord(line) }

    /// Right or wrong if each item has a letter of its own, asked back otherwise.
    public func grade(_ line: String) -> Grade {
        guard let picked = picks(line) else { return Grade(.unclear(form), given: line.trimmed) }
        if picked == correct { return Grade(.correct, given: shown(picked)) }
        return Grade(.wrong, given: shown(picked), feedback: feedback(for: picked))
    }

    /// `1) Windows 2000 = b) INT 2Eh, 2) …`
    public func correctAnswer() -> String {
        zip(items, correct).map { "\($0.shown) = \(choices[$1].shown)" }.joined(separator: ", ")
    }

    /// A hint that names both sides of all pairs but one leaves nothing to find out.
    public func isGivenAway(by hint: String) -> Bool {
        let named = (left: items.named(in: hint), right: choices.named(in: hint))
        return named.left.filter { named.right.contains(correct[$0]) }.count >= items.count - 1
    }

    /// Those of the shared texts, both sides, and what is said to them.
    public var liveExpressions: [LiveExpression] {
        let sides = (items + choices).flatMap(\.text.liveExpressions)
        return text.liveExpressions(and: sides + replies.flatMap(\.liveExpressions))
    }

    private func feedback(for picked: [Int]) -> [MarkdownBlock] {
        let own = items.indices.filter { picked[$0] != correct[$0] }.flatMap { replies[$0] }
        let foreseen = mistakes.first { mistake in mistake.pairs.allSatisfy { picked[$0.key] == $0.value } }?.say ?? []
        guard own.isEmpty, foreseen.isEmpty else { return foreseen + own }
        let right = items.indices.count { picked[$0] == correct[$0] }
        return [
            .text("\(right == 0 ? "None" : "\(right)") of the \(items.count) pairs \(right == 1 ? "is" : "are") right.")
        ]
    }

    private func picks(_ line: String) -> [Int]? {
        if comparable(line) == comparable(correctAnswer()) { return correct }
        guard let pairs = MatchLine.pairs(line, count: items.count), pairs.count == items.count,
            Set(pairs.values).count == items.count
        else { return nil }
        return items.indices.compactMap { pairs[$0] }
    }
}

/// Reads answers to ``MatchQuestion``s: `1b 2a`, `1-b, 2-a`, `b1 a2`, `1b2a`, `b a`.
enum MatchLine {
    /// Item to choice, both from 0, all below `count`; nil if the line is no list of pairs.
    static func pairs(_ line: String, count: Int) -> [Int: Int]? {
        guard line.contains(where: \.isNumber) else {
            guard let letters = AnswerLine.letters(line, count: count), letters.count == count else { return nil }
            return Dictionary(uniqueKeysWithValues: letters.enumerated().map { ($0.offset, $0.element) })
        }
        let signs = line.lowercased().filter { !$0.isWhitespace && !",;:=()>.-/→".contains($0) }
        guard signs.count.isMultiple(of: 2) else { return nil }
        let isLetterFirst = signs.first?.isLetter == true
        var pairs: [Int: Int] = [:]
        var rest = signs[...]
        while let first = rest.popFirst(), let second = rest.popFirst() {
            let (digit, letter) = isLetterFirst ? (second, first) : (first, second)
            guard let number = digit.wholeNumberValue, (1...count).contains(number), pairs[number - 1] == nil,
                let choice = ChoiceList.letters.prefix(count).firstIndex(of: letter)
            else { return nil }
            pairs[number - 1] = choice
        }
        return pairs
    }
}

/// Reads `type: match`.
struct MatchKind: QuestionKind {
    /// Numbers of one digit.
    private static let counts = 2...9

    let name = "match"

    private struct Pair {
        let left: Located<String>
        let right: Located<String>
        let say: [MarkdownBlock]
    }

    func makeQuestion(_ fields: inout Fields, text: QuestionText) -> (any Question)? {
        fields.reportIfMissing("pairs")
        let pairs = fields.mappings("pairs", pair)
        guard let node = fields.value("pairs"), !node.isMissingValue, isUsable(pairs, at: node, fields) else {
            return nil
        }
        let right = ChoiceList.lettered(pairs.map { fields.inlines($0.right) })
        let items = pairs.indices.map { index in
            AnswerChoice(letter: Character("\(index + 1)"), text: fields.inlines(pairs[index].left))
        }
        let areLeft = areDistinct(items, pairs.map(\.left), fields)
        guard areDistinct(right, pairs.map(\.right), fields), areLeft else { return nil }
        var random = text.shuffler
        let order = random.derangedOrder(of: pairs.count)
        let correct = pairs.indices.compactMap { order.firstIndex(of: $0) }
        let mistakes = mistakes(pairs.count, text.feedback, fields).map { mistake in
            (pairs: mistake.pairs.mapValues { correct[$0] }, say: mistake.say)
        }
        return MatchQuestion(
            text: text, items: items, choices: ChoiceList.lettered(order.map { right[$0].text }), correct: correct,
            replies: pairs.map(\.say), mistakes: mistakes)
    }

    private func pair(_ fields: inout Fields) -> Pair? {
        let left = fields.requiredString("left")
        let right = fields.requiredString("right")
        let say = fields.markdown("say")
        guard let left, let right else { return nil }
        return Pair(left: left, right: right, say: say)
    }

    private func isUsable(_ pairs: [Pair], at node: YAMLNode, _ fields: Fields) -> Bool {
        // A pair that could not be read is reported already.
        if case .sequence(let nodes) = node.content, nodes.count > pairs.count { return false }
        guard Self.counts.contains(pairs.count) else {
            fields.report(
                .badValue, at: node.location,
                "there must be \(Self.counts.lowerBound) to \(Self.counts.upperBound) pairs")
            return false
        }
        return true
    }

    private func areDistinct(_ sides: [AnswerChoice], _ written: [Located<String>], _ fields: Fields) -> Bool {
        let twins = AnswerLine.twins(among: sides)
        for index in twins {
            fields.report(
                .duplicateSide, at: written[index].location, "this side cannot be told apart from another one",
                note: "each left side has a right side of its own; for more, ask a choice for each")
        }
        return twins.isEmpty
    }

    /// `given` has letters of the author's order, in which `1a 2b 3c …` would be right.
    private func mistakes(
        _ count: Int, _ feedback: [Feedback], _ fields: Fields
    ) -> [(pairs: [Int: Int], say: [MarkdownBlock])] {
        feedback.compactMap { reply in
            guard let pairs = MatchLine.pairs(reply.given.value, count: count), !pairs.isEmpty else {
                fields.report(
                    .badValue, at: reply.given.location, "`\(reply.given.value)` names no pairs",
                    note: "write 1b for who matches your first left side with your second right side")
                return nil
            }
            if pairs.allSatisfy({ $0.key == $0.value }) { fields.reportFeedbackForKey(reply) }
            return (pairs, reply.say)
        }
    }
}
