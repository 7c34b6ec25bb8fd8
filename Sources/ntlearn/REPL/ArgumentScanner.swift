/// Follows quotes, parentheses and brackets through a line.
struct ArgumentScanner {
    private var depth = 0
    private(set) var isQuoted = false

    /// Takes the next character; true if it stands inside quotes, parentheses or brackets.
    mutating func isInside(_ character: Character) -> Bool {
        switch character {
        case "\"": isQuoted.toggle()
        case "(" where !isQuoted, "[" where !isQuoted: depth += 1
        case ")" where !isQuoted, "]" where !isQuoted: depth = max(depth - 1, 0)
        default: break
        }
        return isQuoted || depth > 0
    }
}
