/// Whether `text` can be an id: ASCII letters, digits, `-`, `_`, `.`, beginning with a letter or digit, at most 64.
public func isIdentifier(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, isWordByte(first), text.utf8.count <= 64 else { return false }
    return text.utf8.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
        && first != UInt8(ascii: "_")
}

private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
    default: false
    }
}

/// What is left of a text when form does not count: lower case, single spaces, no back-ticks.
func comparable(_ text: String) -> String {
    text.lowercased().filter { $0 != "`" }.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}

extension String {
    /// Whether `word` occurs with no letter or digit directly before or after it. False for an empty word.
    func containsWord(_ word: String) -> Bool {
        let text = Array(self)
        let wanted = Array(word)
        guard !wanted.isEmpty, text.count >= wanted.count else { return false }
        return (0...(text.count - wanted.count)).contains { start in
            let end = start + wanted.count
            guard text[start..<end].elementsEqual(wanted) else { return false }
            let before = start == 0 || !text[start - 1].isWordCharacter
            return before && (end == text.count || !text[end].isWordCharacter)
        }
    }
}

extension Character {
    fileprivate var isWordCharacter: Bool { isLetter || isNumber || self == "_" }
}
