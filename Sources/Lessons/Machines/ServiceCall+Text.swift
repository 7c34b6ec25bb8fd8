extension ServiceCall: CustomStringConvertible {
    /// The call as it can be read again: `NtClose(0x44)`.
    public var description: String {
        let pieces = arguments.map(Self.text) + (isInexact ? ["..."] : [])
        return "\(name)(\(pieces.joined(separator: ", ")))"
    }

    private static func text(_ argument: Argument) -> String {
        switch argument {
        case .number(let value): "0x" + String(value, radix: 16)
        case .string(let text): "\"\(escaped(text))\""
        case .address(let name, let size): "&\(name)" + (size.map { "[\($0)]" } ?? "")
        case .value(let name): name
        }
    }

    private static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "\n": "\\n"
            case "\t": "\\t"
            case "\"", "\\": "\\\(character)"
            default: String(character)
            }
        }.joined()
    }
}
