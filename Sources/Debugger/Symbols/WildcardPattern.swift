/// A text pattern as WinDbg's `x` and `bm` take it; case does not matter.
///
/// `*` any characters, `?` one character, `[a-ck]` one of a list, `#` any number of the character before it, `+` one or
/// more of it, `\` takes the next character literally. What is incomplete (`[` never closed, `#` with nothing before it)
/// stands for itself. Source: "String Wildcard Syntax" in Microsoft's debugger documentation.
public struct WildcardPattern: Sendable {
    private enum Characters: Sendable {
        case any
        case list([ClosedRange<Character>])

        func contains(_ character: Character) -> Bool {
            switch self {
            case .any: true
            case .list(let ranges): ranges.contains { $0.contains(character) }
            }
        }
    }

    private struct Element: Sendable {
        let characters: Characters
        var mayBeAbsent = false
        var mayRepeat = false
    }

    private var elements: [Element] = []

    /// Reads a pattern. Every text is one.
    public init(_ pattern: String) {
        var rest = Substring(pattern.lowercased())
        while let character = rest.popFirst() { append(character, &rest) }
    }

    /// Reads a pattern for symbols: a leading underscore stands for any number of underscores.
    public init(symbol pattern: String) {
        self.init(pattern.hasPrefix("_") ? "_#" + pattern.dropFirst() : pattern)
    }

    /// Whether the whole text matches. Takes time proportional to the product of both lengths, whatever the pattern.
    public func matches(_ text: some StringProtocol) -> Bool {
        var states = [Bool](repeating: false, count: elements.count + 1)
        states[0] = true
        skipAbsent(&states)
        for character in text.lowercased() {
            var next = [Bool](repeating: false, count: states.count)
            for (index, element) in elements.enumerated() where states[index] {
                guard element.characters.contains(character) else { continue }
                next[index + 1] = true
                if element.mayRepeat { next[index] = true }
            }
            skipAbsent(&next)
            states = next
        }
        return states[elements.count]
    }

    private func skipAbsent(_ states: inout [Bool]) {
        for (index, element) in elements.enumerated() where states[index] && element.mayBeAbsent {
            states[index + 1] = true
        }
    }

    private mutating func append(_ character: Character, _ rest: inout Substring) {
        switch character {
        case "*": elements.append(Element(characters: .any, mayBeAbsent: true, mayRepeat: true))
        case "?": elements.append(Element(characters: .any))
        case "#" where !elements.isEmpty: repeatLast(mayBeAbsent: true)
        case "+" where !elements.isEmpty: repeatLast(mayBeAbsent: false)
        case "[": elements.append(Element(characters: list(&rest)))
        case "\\":
            let literal = rest.popFirst() ?? character
            elements.append(Element(characters: .list([literal...literal])))
        default: elements.append(Element(characters: .list([character...character])))
        }
    }

    private mutating func repeatLast(mayBeAbsent: Bool) {
        elements[elements.count - 1].mayRepeat = true
        if mayBeAbsent { elements[elements.count - 1].mayBeAbsent = true }
    }

    /// What follows `[`; `[` itself if `]` never comes.
    private func list(_ rest: inout Substring) -> Characters {
        guard let end = rest.firstIndex(of: "]") else { return .list(["["..."["]) }
        var body = rest[..<end]
        rest = rest[rest.index(after: end)...]
        var ranges: [ClosedRange<Character>] = []
        while let first = body.popFirst() {
            guard body.first == "-", let last = body.dropFirst().first else {
                ranges.append(first...first)
                continue
            }
            body = body.dropFirst(2)
            ranges.append(min(first, last)...max(first, last))
        }
        return .list(ranges)
    }
}
