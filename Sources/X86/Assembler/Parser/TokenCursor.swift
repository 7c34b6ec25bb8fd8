/// Walks over the tokens of one line.
struct TokenCursor {
    private let tokens: [Token]
    private(set) var index = 0
    private let end: SourcePosition

    /// `end` is where a problem at the end of the line is reported, if the line has no tokens.
    init(_ tokens: [Token], end: SourcePosition) {
        self.tokens = tokens
        self.end = end
    }

    var peek: Token? { index < tokens.count ? tokens[index] : nil }

    var isAtEnd: Bool { index >= tokens.count }

    /// Where the next token stands; at the end of the line, behind the last one.
    var position: SourcePosition {
        if let token = peek { return token.position }
        guard let last = tokens.last else { return end }
        var position = last.position
        if position.expansion == 0 { position.column += Int32(clamping: last.spelling.count) }
        return position
    }

    func peek(_ distance: Int) -> Token? {
        index + distance < tokens.count ? tokens[index + distance] : nil
    }

    mutating func advance() { index += 1 }

    mutating func skipRest() { index = tokens.count }

    mutating func next() -> Token? {
        guard let token = peek else { return nil }
        index += 1
        return token
    }

    /// Steps over a punctuation mark if it is the next token.
    mutating func skip(_ punctuation: String) -> Bool {
        guard peek?.isPunctuation(punctuation) == true else { return false }
        index += 1
        return true
    }

    func expectEnd() throws(Problem) {
        guard let token = peek else { return }
        if token.kind == .invalid { throw Problem(token.text, at: token.position) }
        throw Problem("unexpected \(token.quoted)", at: token.position)
    }
}
