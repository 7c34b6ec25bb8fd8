/// Takes a line apart as WinDbg does: a word, which may be glued to its argument, then the argument up to a semicolon.
struct CommandSplitter {
    /// One command of a line.
    struct Command: Equatable, Sendable {
        var arguments: WordArguments
        var spec: WordSpec
    }

    /// The spec of a word, or nil if there is no such word; asked with lower-case spellings.
    let lookUp: (String) -> WordSpec?

    /// The line's commands in order, or the first word that is none. A leading colon, which forces a command, is skipped.
    func commands(in line: String) throws(UnknownWord) -> [Command] {
        let body = line.drop(while: \.isWhitespace)
        var rest = Rest(text: body, column: line.count - body.count + 1)
        if rest.text.first == ":" { rest.drop(1) }
        var commands: [Command] = []
        while true {
            rest.skip { $0.isWhitespace || $0 == ";" }
            guard !rest.text.isEmpty else { return commands }
            commands.append(try nextCommand(&rest))
        }
    }

    /// A word that is not registered.
    struct UnknownWord: Error, Equatable {
        var word: String
        /// Where it stands, counted in characters from 1.
        var column: Int
    }

    private struct Rest {
        var text: Substring
        var column: Int

        mutating func drop(_ count: Int) {
            text = text.dropFirst(count)
            column += count
        }

        mutating func skip(while condition: (Character) -> Bool) {
            drop(text.prefix(while: condition).count)
        }
    }

    private func nextCommand(_ rest: inout Rest) throws(UnknownWord) -> Command {
        guard let (word, spec) = leadingWord(of: rest.text) else {
            let typed = rest.text.prefix { !$0.isWhitespace && $0 != ";" }
            throw UnknownWord(word: String(typed), column: rest.column)
        }
        rest.drop(word.count)
        rest.skip(while: \.isWhitespace)
        let argument = spec.takesWholeLine ? rest.text : Self.upToSemicolon(rest.text)
        let blanks = argument.reversed().prefix(while: \.isWhitespace).count
        let arguments = WordArguments(word: word, rest: String(argument.dropLast(blanks)), column: rest.column)
        rest.drop(argument.count)
        return Command(arguments: arguments, spec: spec)
    }

    /// The registered word at the beginning: the whole first token, or what WinDbg would take of a glued one (`bl0`, `?eax`).
    private func leadingWord(of text: Substring) -> (word: String, spec: WordSpec)? {
        for length in Self.plausibleLengths(of: text) {
            let word = text.prefix(length).lowercased()
            if let spec = lookUp(word) { return (word, spec) }
        }
        return nil
    }

    private static func plausibleLengths(of text: Substring) -> [Int] {
        guard let first = text.first else { return [] }
        guard first.isLetter || first == "!" || first == "." else { return [1] }
        let name = text.prefix(1) + text.dropFirst().prefix(while: isNameCharacter)
        let letters = text.prefix(1) + text.dropFirst().prefix(while: \.isLetter)
        let behind = text.dropFirst(name.count).prefix(2)
        // `t-` steps back; `r eax-5` is no word because something follows.
        let stepsBack = behind.first == "-" && (behind.count == 1 || behind.last == " " || behind.last == ";")
        return (stepsBack ? [name.count + 1] : []) + [name.count] + (letters.count < name.count ? [letters.count] : [])
    }

    private static func isNameCharacter(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }

    private static func upToSemicolon(_ text: Substring) -> Substring {
        var scanner = ArgumentScanner()
        return text.prefix { character in
            _ = scanner.isInside(character)
            return scanner.isQuoted || character != ";"
        }
    }
}
