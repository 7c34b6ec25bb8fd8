import Spelling

/// The texts that are right answers, generous in form: case, spaces and punctuation do not count.
struct AcceptedAnswers {
    /// Shown as the correct answer.
    let shown: String
    let texts: [String]
    private let essences: Set<String>

    /// - Parameter texts: at least one; the first is the one to show.
    init(_ texts: [String]) {
        shown = texts.first?.trimmed ?? ""
        self.texts = texts
        essences = Set(texts.map(essence))
    }

    func contains(_ line: String) -> Bool { essences.contains(essence(line)) }

    /// Whether one letter too many, missing, wrong or swapped makes the difference. A wrong digit is no slip.
    func isSlip(_ line: String) -> Bool {
        let typed = essence(line)
        guard typed.count >= 6, typed.count <= 64, typed.allSatisfy(\.isLetter) else { return false }
        return essences.contains { accepted in
            accepted.allSatisfy(\.isLetter) && editDistance(Array(typed.utf8), Array(accepted.utf8), limit: 1) == 1
        }
    }

    /// Whether one of the texts occurs in `hint`, a single sign excepted.
    func occur(in hint: String) -> Bool {
        let hint = comparable(hint)
        return texts.contains { $0.trimmed.count > 1 && hint.containsWord(comparable($0)) }
    }
}

/// What is left of a text answer when form does not count.
///
/// Kept are letters, digits, signs such as `+`, square brackets, which mean memory in assembly, the point within a
/// number and the minus before one. A text without any letter or digit is kept whole.
func essence(_ text: String) -> String {
    let text = Array(text.lowercased())
    guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return comparable(String(text)) }
    let kept = text.indices.filter { index in
        let sign = text[index]
        if sign.isWhitespace || sign == "`" { return false }
        guard sign.isPunctuation, sign != "[", sign != "]" else { return true }
        guard index + 1 < text.count, text[index + 1].isNumber else { return false }
        let before: Character = index > 0 ? text[index - 1] : " "
        return (sign == "." && before.isNumber) || (sign == "-" && before.isWhitespace)
    }
    return String(kept.map { text[$0] })
}

/// Patterns that stand for several texts: `(the) (kernel|supervisor) mode`.
enum AnswerPattern {
    /// More than any author would want to see written out.
    private static let mostTexts = 200
    private static let mostCharacters = 500

    struct Mistake: Error {
        let message: String
    }

    /// All texts that a pattern stands for. `(x)` may be left out, of `(x|y)` one must stand there.
    static func texts(_ pattern: String) throws(Mistake) -> [String] {
        guard pattern.utf8.count <= mostCharacters else {
            throw Mistake(message: "the pattern is longer than \(mostCharacters) characters")
        }
        var texts = [""]
        var rest = pattern[...]
        while let sign = rest.first {
            rest = rest.dropFirst()
            switch sign {
            case "(":
                let options = try options(&rest)
                guard texts.count * options.count <= mostTexts else {
                    throw Mistake(message: "the pattern stands for more than \(mostTexts) texts")
                }
                texts = texts.flatMap { text in options.map { text + $0 } }
            case ")", "|": throw Mistake(message: "there is a `\(sign)` outside of parentheses")
            default: texts = texts.map { $0 + String(sign) }
            }
        }
        return texts
    }

    /// What may stand in place of a group whose parenthesis has been read.
    private static func options(_ rest: inout Substring) throws(Mistake) -> [String] {
        guard let end = rest.firstIndex(of: ")") else { throw Mistake(message: "a parenthesis is not closed") }
        let inner = rest[..<end]
        guard !inner.contains("(") else { throw Mistake(message: "parentheses stand within parentheses") }
        rest = rest[rest.index(after: end)...]
        let options = inner.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        return options.count == 1 ? ["", options[0]] : options
    }
}
