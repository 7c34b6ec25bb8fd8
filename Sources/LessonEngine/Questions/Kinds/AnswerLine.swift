import Spelling

/// Reads what learners type to pick from choices: letters in any usual form, or the choices' texts.
enum AnswerLine {
    /// The index of the choice that `line` means: `b`, `b)`, `(b)`, `b.`, the text, or both as they are shown.
    static func pick(_ line: String, among choices: [AnswerChoice]) -> Int? {
        let answer = comparable(line)
        if let index = choices.firstIndex(where: { letterForms(of: $0).contains(answer) }) { return index }
        return choices.firstIndex { choice in
            let text = comparable(choice.text.plainText)
            return answer == text || answer == "\(choice.letter)) \(text)"
        }
    }

    static func letterForms(of choice: AnswerChoice) -> [String] {
        ["\(choice.letter)", "\(choice.letter))", "(\(choice.letter))", "\(choice.letter)."]
    }

    /// Whether a text could be taken for the letter of one of the choices.
    static func isLetter(_ text: String, of choices: [AnswerChoice]) -> Bool {
        choices.contains { letterForms(of: $0).contains(comparable(text)) }
    }

    /// Those that cannot be told apart from others in whatever order they are shown.
    static func twins(among choices: [AnswerChoice]) -> [Int] {
        choices.indices.filter { index in
            let text = choices[index].text.plainText
            return pick(text, among: choices) != index || isLetter(text, of: choices)
        }
    }

    /// The indices of several choices: `c a`, `c, a`, `ca`, `c > a`, or their texts with commas between them.
    static func picks(_ line: String, among choices: [AnswerChoice]) -> [Int]? {
        if let letters = letters(line, count: choices.count) { return letters }
        if let index = pick(line, among: choices) { return [index] }
        let separator: Character = line.contains(";") ? ";" : ","
        let parts = line.split(separator: separator, omittingEmptySubsequences: false)
        let picked = parts.compactMap { pick(String($0), among: choices) }
        return parts.count > 1 && picked.count == parts.count ? picked : nil
    }

    /// The indices that letters from `a` to the `count`th stand for; nil if anything else is among them.
    static func letters(_ line: String, count: Int) -> [Int]? {
        guard line.allSatisfy({ $0.isLetter || $0.isWhitespace || ",;()>.-&/→".contains($0) }) else { return nil }
        var words = line.lowercased().split { !$0.isLetter }
        if words.count > 1 { words.removeAll { $0 == "and" || $0 == "then" } }
        // Letters without anything between them are one word.
        let letters = words.count == 1 ? Array(words[0]) : words.compactMap { $0.count == 1 ? $0.first : nil }
        guard !letters.isEmpty, words.count == 1 || letters.count == words.count else { return nil }
        let indices = letters.compactMap { ChoiceList.letters.prefix(count).firstIndex(of: $0) }
        return indices.count == letters.count ? indices : nil
    }

    /// Whether the line is letters without anything between them, as many commands are.
    static func isOneWord(_ line: String) -> Bool { line.trimmed.allSatisfy(\.isLetter) && line.trimmed.count > 1 }
}
