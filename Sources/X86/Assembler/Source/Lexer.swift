/// Cuts one source file into logical lines of tokens.
///
/// A backslash at the end of a line joins the next one to it, comments included, as NASM does. Text that is no
/// token becomes an `.invalid` one, so that a line which a false `%if` skips may hold anything.
struct Lexer {
    private let source: [UInt8]
    private let file: Int32
    private var index = 0
    private var line: Int32 = 1
    /// Index that column 1 of the current line counts from; moves right over the extra bytes of UTF-8 characters.
    private var columnOrigin = 0
    /// Where the comment of the line read last begins, behind its semicolon.
    private var commentStart: Int?

    init(source: String, file: Int32) {
        self.source = Array(source.utf8)
        self.file = file
    }

    /// Where the next token would stand.
    var position: SourcePosition {
        SourcePosition(file: file, line: line, column: Int32(clamping: index - columnOrigin + 1))
    }

    /// What stands behind the semicolon of the line read last, to the end of what was read.
    var comment: ArraySlice<UInt8> { source[min(commentStart ?? index, index)..<index] }

    /// The tokens of the next logical line, or nil at the end of the file.
    mutating func nextLine() -> [Token]? {
        guard index < source.count else { return nil }
        var tokens: [Token] = []
        var space = false
        commentStart = nil
        while index < source.count {
            switch source[index] {
            case 0x0A:
                endLine()
                return tokens
            case 0x20, 0x09, 0x0D, 0x0B, 0x0C:
                index += 1
                space = true
            case UInt8(ascii: "\\") where continuesLine():
                skipContinuation()
                space = true
            case UInt8(ascii: ";"):
                skipComment()
            default:
                tokens.append(nextToken(spaceBefore: space))
                space = false
            }
        }
        return tokens
    }

    private mutating func endLine() {
        index += 1
        line &+= 1
        columnOrigin = index
    }

    private func continuesLine() -> Bool {
        let next = peek(1)
        return next == 0x0A || next == nil || (next == 0x0D && peek(2) == 0x0A)
    }

    private mutating func skipContinuation() {
        index += peek(1) == 0x0D ? 2 : 1
        if index < source.count { endLine() }
    }

    private mutating func skipComment() {
        commentStart = index + 1
        while index < source.count, source[index] != 0x0A {
            if source[index] == UInt8(ascii: "\\"), continuesLine() { skipContinuation() } else { advance() }
        }
    }

    private func peek(_ distance: Int) -> UInt8? {
        index + distance < source.count ? source[index + distance] : nil
    }

    /// Steps over one byte, keeping columns in characters.
    private mutating func advance() {
        if source[index] & 0xC0 == 0x80 { columnOrigin += 1 }
        index += 1
    }

    private mutating func nextToken(spaceBefore: Bool) -> Token {
        let start = position
        func token(_ kind: Token.Kind, _ text: String, value: Int64 = 0, bytes: [UInt8] = []) -> Token {
            Token(kind: kind, spaceBefore: spaceBefore, text: text, value: value, bytes: bytes, position: start)
        }
        let byte = source[index]
        if Self.isDigit(byte) || (byte == UInt8(ascii: "$") && peek(1).map(Self.isDigit) ?? false) {
            return numberToken(token)
        }
        if Self.startsIdentifier(byte) { return token(.identifier, take(while: Self.continuesIdentifier)) }
        if byte == UInt8(ascii: "$"), peek(1).map(Self.startsIdentifier) ?? false {
            index += 1
            return token(.identifier, "$" + take(while: Self.continuesIdentifier))
        }
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): return stringToken(token)
        case UInt8(ascii: "%"): return percentToken(token)
        default: return punctuationToken(token)
        }
    }

    private typealias Maker = (Token.Kind, String, Int64, [UInt8]) -> Token

    private mutating func numberToken(_ make: Maker) -> Token {
        let text = (source[index] == UInt8(ascii: "$") ? takeOne() : "") + take(while: Self.continuesNumber)
        if peek(0) == UInt8(ascii: ".") {
            let fraction = take(while: Self.continuesIdentifier)
            return make(.invalid, "`\(text)\(fraction)`: floating-point numbers are not supported", 0, [])
        }
        do throws(Literals.NumberError) {
            return make(.number, text, try Literals.number(text), [])
        } catch .tooLarge {
            return make(.invalid, "number `\(text)` does not fit in 64 bits", 0, [])
        } catch {
            return make(.invalid, "`\(text)` is not a number", 0, [])
        }
    }

    private mutating func stringToken(_ make: Maker) -> Token {
        let quote = source[index]
        let start = index + 1
        index += 1
        while index < source.count, source[index] != quote {
            if source[index] == 0x0A { break }
            let escaped = quote == UInt8(ascii: "`") && source[index] == UInt8(ascii: "\\")
            advance()
            if escaped, index < source.count, source[index] != 0x0A { advance() }
        }
        guard index < source.count, source[index] == quote else {
            return make(.invalid, "this string has no closing quote", 0, [])
        }
        let raw = Array(source[start..<index])
        index += 1
        guard quote == UInt8(ascii: "`") else { return make(.string, "", 0, raw) }
        guard let bytes = Literals.unescape(raw) else {
            return make(.invalid, "this string has an unknown escape sequence", 0, [])
        }
        return make(.string, "", 0, bytes)
    }

    private mutating func percentToken(_ make: Maker) -> Token {
        index += 1
        guard let next = peek(0) else { return make(.punctuation, "%", 0, []) }
        switch next {
        case UInt8(ascii: "%"):
            index += 1
            guard let name = peek(0), Self.startsIdentifier(name) else { return make(.punctuation, "%%", 0, []) }
            return make(.macroLocal, take(while: Self.continuesIdentifier), 0, [])
        case UInt8(ascii: "+"):
            index += 1
            return make(.paste, "%+", 0, [])
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            let digits = take(while: Self.isDigit)
            return parameter(digits, make)
        case UInt8(ascii: "{"):
            index += 1
            let digits = take(while: Self.isDigit)
            guard peek(0) == UInt8(ascii: "}") else {
                return make(.invalid, "only a parameter number may stand in `%{...}`", 0, [])
            }
            index += 1
            return parameter(digits, make)
        case _ where Self.isLetter(next):
            return make(.directive, take(while: Self.continuesIdentifier).lowercased(), 0, [])
        case UInt8(ascii: "$"), UInt8(ascii: "!"), UInt8(ascii: "["), UInt8(ascii: "?"), UInt8(ascii: "*"):
            advance()
            return make(.invalid, "`%\(Character(UnicodeScalar(next)))` is not supported", 0, [])
        default:
            return make(.punctuation, "%", 0, [])
        }
    }

    private func parameter(_ digits: String, _ make: Maker) -> Token {
        guard let number = Int64(digits), number <= 0xFFFF else {
            return make(.invalid, "`%\(digits.prefix(20))` is not a macro parameter", 0, [])
        }
        return make(.parameter, digits, number, [])
    }

    private mutating func punctuationToken(_ make: Maker) -> Token {
        for spelling in Self.longOperators where matches(spelling) {
            index += spelling.utf8CodeUnitCount
            return make(.punctuation, spelling.description, 0, [])
        }
        let byte = source[index]
        guard Self.punctuation.contains(byte) else { return strayToken(make) }
        return make(.punctuation, takeOne(), 0, [])
    }

    private mutating func strayToken(_ make: Maker) -> Token {
        let start = index
        advance()
        while index < source.count, source[index] & 0xC0 == 0x80 { advance() }
        let byte = source[start]
        let name =
            byte < 0x20 || byte == 0x7F
            ? "control character \(byte)" : "character `\(String(decoding: source[start..<index], as: UTF8.self))`"
        return make(.invalid, "unexpected \(name)", 0, [])
    }

    private func matches(_ spelling: StaticString) -> Bool {
        let count = spelling.utf8CodeUnitCount
        guard index + count <= source.count else { return false }
        return (0..<count).allSatisfy { source[index + $0] == spelling.utf8Start[$0] }
    }

    private mutating func takeOne() -> String {
        index += 1
        return String(UnicodeScalar(source[index - 1]))
    }

    private mutating func take(while condition: (UInt8) -> Bool) -> String {
        let start = index
        while index < source.count, condition(source[index]) { index += 1 }
        return String(decoding: source[start..<index], as: UTF8.self)
    }

    private static let longOperators: [StaticString] = [
        "<<<", ">>>", "<<", ">>", "//", "&&", "||", "^^", "==", "!=", "<>", "<=", ">=", "$$",
    ]
    private static let punctuation = Set("+-*/&|^~!()[]{},:=<>$?".utf8)

    static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    static func startsIdentifier(_ byte: UInt8) -> Bool {
        isLetter(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "?")
            || byte == UInt8(ascii: "@")
    }

    static func continuesIdentifier(_ byte: UInt8) -> Bool {
        startsIdentifier(byte) || isDigit(byte) || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "#")
            || byte == UInt8(ascii: "~")
    }

    static func continuesNumber(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_")
    }
}
