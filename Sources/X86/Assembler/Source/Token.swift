/// A piece of source text.
struct Token {
    enum Kind: UInt8 {
        case identifier
        case number
        case string
        /// Operators, brackets, `$`, `$$`: `text` is the spelling.
        case punctuation
        /// `%define` and its like: `text` is the name without the percent sign, in lower case.
        case directive
        /// `%1`, `%0`, `%{1}`: `value` is the number.
        case parameter
        /// `%%name`: `text` is the name.
        case macroLocal
        /// `%+`
        case paste
        /// Text that is no token: `text` says why. An error only where a parser meets it.
        case invalid
    }

    var kind: Kind
    var spaceBefore: Bool
    var text: String
    /// Value of a number or parameter.
    var value: Int64 = 0
    /// Contents of a string.
    var bytes: [UInt8] = []
    var position: SourcePosition

    func isPunctuation(_ spelling: String) -> Bool { kind == .punctuation && text == spelling }

    /// As a reader would write it, for messages.
    var spelling: String {
        switch kind {
        case .string: "'\(String(decoding: bytes, as: UTF8.self))'"
        case .directive: "%\(text)"
        case .parameter: "%\(value)"
        case .macroLocal: "%%\(text)"
        default: text
        }
    }

    /// What a message may quote: long tokens shortened.
    var quoted: String {
        let text = spelling
        return text.utf8.count > 40 ? "`\(text.prefix(37))...`" : "`\(text)`"
    }
}
