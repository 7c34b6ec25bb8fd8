import Spelling

/// What stands behind a word.
struct WordArguments: Equatable, Sendable {
    /// A part of the arguments and the place where it was typed.
    struct Token: Equatable, Sendable {
        /// The text, without the double quotes if it was quoted as a whole.
        var text: String
        /// The column in the line, counted in characters from 1.
        var column: Int
        /// Whether it stood in quotes, so that its text begins a column later.
        var isQuoted = false
    }

    /// The word's spelling that was typed, in lower case: its name or one of its aliases.
    let word: String
    /// The arguments as typed, without blanks around them.
    let rest: String
    /// The column at which ``rest`` begins, counted in characters from 1.
    let column: Int

    init(word: String, rest: String, column: Int = 1) {
        self.word = word
        self.rest = rest
        self.column = column
    }

    var isEmpty: Bool { rest.isEmpty }

    /// The arguments, split at blanks that are in no double quotes, parentheses or brackets: `poi(esp + 4)` is one.
    var tokens: [Token] {
        var scanner = ArgumentScanner()
        let pieces = rest.split { !scanner.isInside($0) && $0.isWhitespace }
        return pieces.map { piece in
            let quoted = piece.count > 1 && piece.first == "\"" && piece.last == "\""
            return Token(
                text: String(quoted ? piece.dropFirst().dropLast() : piece),
                column: column + rest.distance(from: rest.startIndex, to: piece.startIndex), isQuoted: quoted)
        }
    }

    /// `TARGET = VALUE`, as in `r eax=5`; nil if there is no equals sign that is not part of a comparison.
    var assignment: (target: String, value: String)? {
        let characters = Array(rest)
        let sign = characters.indices.first { index in
            let previous = index > 0 ? characters[index - 1] : " "
            let next = index + 1 < characters.count ? characters[index + 1] : " "
            return characters[index] == "=" && next != "=" && !"=<>!".contains(previous)
        }
        guard let sign else { return nil }
        return (String(characters[..<sign]).trimmed, String(characters[(sign + 1)...]).trimmed)
    }

    /// What follows the L of a count, as in `L5`, `l20`, `L?1000` or `L(ecx*4)`; empty if the L stands alone, nil if this is
    /// none: a symbol may begin with L.
    static func count(in token: String) -> String? {
        guard token.first == "L" || token.first == "l" else { return nil }
        let count = token.dropFirst().drop { $0 == "?" }
        if count.isEmpty || count.first == "(" || count.first == "@" { return String(count) }
        let digits = ["0x", "0n", "0t", "0y"].contains(count.prefix(2).lowercased()) ? count.dropFirst(2) : count
        return !digits.isEmpty && digits.allSatisfy(\.isHexDigit) ? String(count) : nil
    }
}
