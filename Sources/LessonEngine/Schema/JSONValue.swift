/// JSON that keeps the order of its keys, as a person would write it.
indirect enum JSONValue: Sendable {
    case object([(String, JSONValue)])
    case array([JSONValue])
    case string(String)
    case number(Int)
    case flag(Bool)

    /// Indented by two spaces; what is short stands on one line.
    func text(indent: Int = 0) -> String {
        let line = line
        guard line.utf8.count + indent >= Self.widestLine, case (let opening, let members, let closing)? = parts else {
            return line
        }
        let margin = String(repeating: " ", count: indent + 2)
        let lines = members.map { margin + $0.label + $0.value.text(indent: indent + 2) }
        return "\(opening)\n\(lines.joined(separator: ",\n"))\n\(margin.dropLast(2))\(closing)"
    }

    private static let widestLine = 100

    private var line: String {
        switch self {
        case .string(let text): Self.quoted(text)
        case .number(let number): String(number)
        case .flag(let flag): String(flag)
        case .array, .object:
            parts.map { $0.opening + $0.members.map { $0.label + $0.value.line }.joined(separator: ", ") + $0.closing }
                ?? ""
        }
    }

    /// Brackets and members; nil for a value that has none.
    private var parts: (opening: String, members: [(label: String, value: JSONValue)], closing: String)? {
        switch self {
        case .array(let items): ("[", items.map { ("", $0) }, "]")
        case .object(let members): ("{", members.map { (Self.quoted($0.0) + ": ", $0.1) }, "}")
        case .string, .number, .flag: nil
        }
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.map { character -> String in
            switch character {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            default: String(character)
            }
        }
        return "\"\(escaped.joined())\""
    }
}
