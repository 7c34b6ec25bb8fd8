/// The text of one file, kept for the comments that the lexer drops.
struct SourceText {
    private let text: String
    /// Cut only when somebody asks.
    private lazy var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)

    init(_ text: String) {
        self.text = text
    }

    /// The comment at the end of a line, 1-based, without the semicolon and the spaces around it; nil if there is
    /// none, or nothing in it.
    mutating func comment(onLine line: Int) -> String? {
        guard lines.indices.contains(line - 1) else { return nil }
        var lexer = Lexer(source: String(lines[line - 1]) ?? "", file: 0)
        _ = lexer.nextLine()
        let blank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        let comment = lexer.comment.drop(while: blank).reversed().drop(while: blank).reversed()
        return comment.isEmpty ? nil : String(decoding: comment, as: UTF8.self)
    }
}
