/// A prompt that may carry SGR sequences (`ESC [ … m`).
struct PromptText: Equatable, Sendable {
    private enum Piece: Equatable, Sendable {
        case text(Substring)
        case style(Substring)
    }

    private let pieces: [Piece]

    init(_ text: String) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let escape = rest.firstIndex(of: "\u{1B}") {
            pieces.append(.text(rest[..<escape]))
            let end = rest[escape...].firstIndex(where: \.isLetter).map(rest.index(after:)) ?? rest.endIndex
            pieces.append(.style(rest[escape..<end]))
            rest = rest[end...]
        }
        self.pieces = pieces + [.text(rest)]
    }

    /// The text without its styles.
    var plain: String {
        pieces.map { if case .text(let text) = $0 { String(text) } else { "" } }.joined()
    }

    /// The text as readline wants it: what takes no columns stands between `\001` and `\002`.
    var markedForReadline: String {
        pieces.map { piece in
            switch piece {
            case .text(let text): String(text)
            case .style(let style): "\u{01}\(style)\u{02}"
            }
        }.joined()
    }
}
