/// A piece of an expression and where it begins.
struct ExpressionToken {
    enum Kind: Equatable {
        /// Letters, digits and what else a number, register or symbol may consist of.
        case word(String)
        /// `@` and a register's name.
        case register(String)
        /// `!` and a symbol's name.
        case symbol(String)
        /// An operator, a bracket, or a character that means nothing here.
        case mark(String)
        case end
    }

    let kind: Kind
    let offset: Int
}

/// Cuts an expression's text into tokens, one at a time: what follows an expression need not be one.
struct ExpressionLexer {
    private let characters: [Character]
    private var position = 0

    init(_ text: String) {
        characters = Array(text)
    }

    mutating func next() -> ExpressionToken {
        skipBlanks()
        let start = position
        return ExpressionToken(kind: scan(), offset: start)
    }

    private mutating func scan() -> ExpressionToken.Kind {
        guard let first = peek() else { return .end }
        if Self.isWordStart(first) { return .word(scanWord()) }
        if first == "@", isWord(at: position + 1) {
            position += 1
            return .register(scanWord())
        }
        if first == "!", isNameStart(at: position + 1) {
            position += 1
            return .symbol(scanWord())
        }
        return .mark(scanMark())
    }

    /// A word, and a second one if `!` joins them: `nt!KiSystemService`.
    private mutating func scanWord() -> String {
        var word = scanPart()
        if peek() == "!", isNameStart(at: position + 1) {
            position += 1
            word += "!" + scanPart()
        }
        return word
    }

    private mutating func scanPart() -> String {
        let start = position
        position += 1
        while let character = peek(), Self.isWordPart(character) { position += 1 }
        return String(characters[start..<position])
    }

    private mutating func scanMark() -> String {
        for length in [3, 2] where position + length <= characters.count {
            let candidate = String(characters[position..<position + length])
            guard Self.longMarks.contains(candidate) else { continue }
            position += length
            return candidate
        }
        position += 1
        return String(characters[position - 1])
    }

    private mutating func skipBlanks() {
        while let character = peek(), character.isWhitespace { position += 1 }
    }

    private func peek() -> Character? {
        position < characters.count ? characters[position] : nil
    }

    private func isWord(at index: Int) -> Bool {
        index < characters.count && Self.isWordStart(characters[index])
    }

    /// Whether a symbol's name begins here; `@` because decorated fastcall names do.
    private func isNameStart(at index: Int) -> Bool {
        guard index < characters.count else { return false }
        let character = characters[index]
        return Self.isWordStart(character) && !character.isNumber || character == "@"
    }

    private static let longMarks: Set = ["<<", ">>", ">>>", "==", "!=", "<=", ">="]

    private static func isWordStart(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_" || character == "$")
    }

    /// `.` for the local labels of assembly text, `@` for decorated names, the grave accent inside numbers.
    private static func isWordPart(_ character: Character) -> Bool {
        isWordStart(character) || character == "." || character == "@" || character == "`"
    }
}
