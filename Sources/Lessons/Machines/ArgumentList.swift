import Spelling

/// What stands between the parentheses of a call.
struct ArgumentList {
    /// One for each argument, without the spaces around it.
    let pieces: [String]

    /// Splits at commas that are not inside quotes.
    init(_ text: Substring, of call: String) throws(MachineError) {
        var pieces: [String] = []
        var current = ""
        var isQuoted = false
        var isEscaped = false
        for character in text {
            if character == "\"", !isEscaped { isQuoted.toggle() }
            isEscaped = isQuoted && character == "\\" && !isEscaped
            if character == ",", !isQuoted {
                pieces.append(current)
                current = ""
            } else {
                current.append(character)
            }
        }
        if isQuoted { throw ServiceCall.malformed(call, "a quotation mark is never closed") }
        pieces.append(current)
        self.pieces = pieces.count == 1 && current.trimmed.isEmpty ? [] : pieces.map(\.trimmed)
    }

    /// What one piece passes.
    static func argument(_ text: String, of call: String) throws(MachineError) -> ServiceCall.Argument {
        if text.first == "\"", text.last == "\"", text.count >= 2 {
            return .string(try unescaped(text.dropFirst().dropLast(), of: call))
        }
        if text.hasPrefix("&") { return try variable(text.dropFirst(), of: call) }
        if let number = number(text) { return .number(number) }
        if isVariableName(text) { return .value(of: text) }
        throw ServiceCall.malformed(
            call, "\"\(text.prefix(20))\" is neither a number nor a text in quotation marks nor a variable")
    }

    // MARK: Texts

    private static func unescaped(_ text: Substring, of call: String) throws(MachineError) -> String {
        var result = ""
        var rest = text
        while let character = rest.popFirst() {
            guard character == "\\" else {
                result.append(character)
                continue
            }
            switch rest.popFirst() {
            case "n": result.append("\n")
            case "t": result.append("\t")
            case "\\": result.append("\\")
            case "\"": result.append("\"")
            default: throw ServiceCall.malformed(call, "a backslash is followed by n, t, \" or another backslash")
            }
        }
        guard result.utf16.count <= 200 else { throw ServiceCall.malformed(call, "a text has at most 200 characters") }
        guard result.unicodeScalars.allSatisfy({ (" "..."~").contains($0) || $0 == "\n" || $0 == "\t" }) else {
            throw ServiceCall.malformed(call, "the guest prints ASCII only")
        }
        return result
    }

    // MARK: Variables

    /// The largest variable, so that a few fit the program's page.
    private static let largestVariable = 1_024

    private static func variable(_ text: Substring, of call: String) throws(MachineError) -> ServiceCall.Argument {
        let name = text.prefix { $0 != "[" }.trimmed
        guard isVariableName(name) else {
            throw ServiceCall.malformed(
                call,
                "\"&\(text.prefix(20))\" is no variable: a name begins with a letter, and \"main\", \"returnN\" and "
                    + "\"stringN\" are taken")
        }
        guard let open = text.firstIndex(of: "[") else { return .address(of: name, size: nil) }
        guard text.last == "]", let size = number(text[text.index(after: open)...].dropLast().trimmed),
            (1...UInt32(largestVariable)).contains(size)
        else {
            throw ServiceCall.malformed(
                call, "the size of a variable is a number of bytes from 1 to \(largestVariable): &\(name)[64]")
        }
        return .address(of: name, size: Int(size))
    }

    private static func isVariableName(_ text: String) -> Bool {
        guard let first = text.first, first.isLetter, text.allSatisfy(ServiceCall.isNameCharacter) else { return false }
        return text != "main" && !text.hasPrefix("return") && !text.hasPrefix("string")
    }

    // MARK: Numbers

    /// A number as C or WinDbg marks it (`0x44`, `44h`, `0n68`, `0t104`, `0b1000100`), decimal without a mark;
    /// negative ones in two's complement.
    static func number(_ text: String) -> UInt32? {
        let isNegative = text.hasPrefix("-")
        let digits = text.dropFirst(isNegative ? 1 : 0).lowercased()
        guard digits.first?.isNumber == true, let value = value(digits[...]) else { return nil }
        return isNegative ? 0 &- value : value
    }

    private static let prefixes: [(mark: String, radix: Int)] = [("0x", 16), ("0n", 10), ("0t", 8), ("0o", 8)]

    private static func value(_ digits: Substring) -> UInt32? {
        if let prefix = prefixes.first(where: { digits.hasPrefix($0.mark) }) {
            return UInt32(digits.dropFirst(2), radix: prefix.radix)
        }
        if digits.hasSuffix("h") { return UInt32(digits.dropLast(), radix: 16) }
        if digits.hasPrefix("0b") { return UInt32(digits.dropFirst(2), radix: 2) }
        return UInt32(digits)
    }
}
