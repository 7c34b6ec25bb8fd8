import Spelling

/// A call of a system service as people write it: `NtClose(0x44)`, `NtDisplayString("hello")`,
/// `NtQuerySystemTime(&time)`.
public struct ServiceCall: Hashable, Sendable {
    /// What is passed for one parameter.
    public enum Argument: Hashable, Sendable {
        /// A 32-bit number.
        case number(UInt32)
        /// The address of a UNICODE_STRING that holds this text.
        case string(String)
        /// `&name`, `&name[size]`: the address of a variable in the program's page.
        case address(of: String, size: Int?)
        /// `name`: what a variable holds when the call is made.
        case value(of: String)
    }

    /// The service's name: `NtClose`.
    public let name: String
    /// Its arguments, the first one first.
    public let arguments: [Argument]
    /// Whether the list ends with `...`: so many arguments are meant, whatever the service takes.
    public let isInexact: Bool

    /// Reads a call.
    /// - Throws: what is wrong with the text.
    public init(_ text: String) throws(MachineError) {
        let text = text.trimmed
        guard let open = text.firstIndex(of: "("), text.last == ")" else {
            throw Self.malformed(text, "a call is a name with arguments in parentheses")
        }
        name = try Self.name(text[..<open], of: text)
        let inside = text[text.index(after: open)...].dropLast()
        var pieces = try ArgumentList(inside, of: text).pieces
        isInexact = pieces.last == "..."
        if isInexact { pieces.removeLast() }
        var arguments: [Argument] = []
        for piece in pieces { arguments.append(try ArgumentList.argument(piece, of: text)) }
        self.arguments = arguments
    }

    /// `NtClose`, also under its module: `ntdll!NtClose`, `nt!Service25`.
    private static func name(_ text: Substring, of call: String) throws(MachineError) -> String {
        let name = text.split(separator: "!", maxSplits: 1, omittingEmptySubsequences: false).last.map(\.trimmed) ?? ""
        guard let first = name.first, first.isLetter, name.allSatisfy(isNameCharacter) else {
            throw malformed(call, "the name before the parenthesis is not a service's")
        }
        return name
    }

    static func isNameCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_")
    }

    static func malformed(_ text: String, _ why: String) -> MachineError {
        MachineError(
            "\"\(text.prefix(60))\" is not a call: \(why)",
            note: "write for example NtClose(0x44), NtDisplayString(\"hello\") or NtQuerySystemTime(&time)")
    }
}
