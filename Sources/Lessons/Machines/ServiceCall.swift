import Spelling

/// A call of a system service as people write it: `NtClose(0x44)`, `NtDisplayString("hello")`.
public struct ServiceCall: Hashable, Sendable {
    /// What is passed for one parameter.
    public enum Argument: Hashable, Sendable {
        /// A 32-bit number.
        case number(UInt32)
        /// The address of a UNICODE_STRING that holds this text.
        case string(String)
    }

    /// The service's name: `NtClose`.
    public let name: String
    /// Its arguments, the first one first.
    public let arguments: [Argument]

    /// Reads a call.
    /// - Throws: what is wrong with the text.
    public init(_ text: String) throws(MachineError) {
        let text = text.trimmed
        guard let open = text.firstIndex(of: "("), text.last == ")" else {
            throw Self.malformed(text, "a call is a name with arguments in parentheses")
        }
        name = text[..<open].trimmed
        guard let first = name.first, first.isLetter, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else { throw Self.malformed(text, "the name before the parenthesis is not a service's") }
        let inside = text[text.index(after: open)...].dropLast()
        var arguments: [Argument] = []
        for piece in try Self.split(inside, of: text) { arguments.append(try Self.argument(piece, of: text)) }
        self.arguments = arguments
    }

    private static func malformed(_ text: String, _ why: String) -> MachineError {
        MachineError(
            "\"\(text.prefix(60))\" is not a call: \(why)",
            note: "write for example NtClose(0x44) or NtDisplayString(\"hello\")")
    }

    /// Splits at commas that are not inside quotes.
    private static func split(_ text: Substring, of call: String) throws(MachineError) -> [String] {
        var pieces: [String] = []
        var current = ""
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if character == ",", !isQuoted {
                pieces.append(current)
                current = ""
            } else {
                current.append(character)
            }
        }
        if isQuoted { throw malformed(call, "a quotation mark is never closed") }
        pieces.append(current)
        if pieces.count == 1, current.trimmed.isEmpty { return [] }
        return pieces.map(\.trimmed)
    }

    private static func argument(_ text: String, of call: String) throws(MachineError) -> Argument {
        if text.first == "\"", text.last == "\"", text.count >= 2 {
            let body = String(text.dropFirst().dropLast())
            guard body.utf16.count <= 200, !body.contains("\"") else {
                throw malformed(call, "a text has at most 200 characters and no quotation marks inside")
            }
            guard body.unicodeScalars.allSatisfy({ (" "..."~").contains($0) }) else {
                throw malformed(call, "the guest prints ASCII only")
            }
            return .string(body)
        }
        guard let number = number(text) else {
            throw malformed(call, "\"\(text.prefix(20))\" is neither a number nor a text in quotation marks")
        }
        return .number(number)
    }

    /// A number as C writes it, or with a trailing h; negative ones in two's complement.
    private static func number(_ text: String) -> UInt32? {
        let isNegative = text.hasPrefix("-")
        let digits = text.dropFirst(isNegative ? 1 : 0).lowercased()
        let value =
            digits.hasPrefix("0x")
            ? UInt32(digits.dropFirst(2), radix: 16)
            : digits.hasSuffix("h") ? UInt32(digits.dropLast(), radix: 16) : UInt32(digits)
        return isNegative ? value.map { 0 &- $0 } : value
    }
}
