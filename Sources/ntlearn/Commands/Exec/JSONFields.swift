import Foundation

/// Why a line of input cannot be used.
struct JSONProblem: Error {
    let message: String

    init(_ message: String) { self.message = message }
}

/// The members of a JSON object that somebody else wrote.
struct JSONFields {
    private let members: [String: Any]
    /// What the object is called in messages; empty for the line itself.
    private let path: String

    /// Reads a line.
    init(line: [UInt8]) throws(JSONProblem) {
        let value: Any
        do { value = try JSONSerialization.jsonObject(with: Data(line), options: [.fragmentsAllowed]) } catch {
            throw JSONProblem("this line is not JSON")
        }
        guard let members = value as? [String: Any] else { throw JSONProblem("this line is not a JSON object") }
        self.init(members: members, path: "")
    }

    private init(members: [String: Any], path: String) {
        self.members = members
        self.path = path
    }

    var names: [String] { members.keys.sorted() }

    /// - Throws: names the first member that nothing reads.
    func allow(_ known: [String]) throws(JSONProblem) {
        guard let stranger = names.first(where: { !known.contains($0) }) else { return }
        throw JSONProblem("nothing reads \(quoted(stranger)); the keys are \(known.joined(separator: ", "))")
    }

    /// A number: a JSON integer, or a text such as `"0x400000"` or `"64"`.
    func number(_ key: String, in range: ClosedRange<UInt64> = 0...UInt64(UInt32.max)) throws(JSONProblem) -> UInt64? {
        guard let value = members[key], !(value is NSNull) else { return nil }
        guard let number = Self.number(value), range.contains(number) else {
            throw JSONProblem("\(quoted(key)) must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func text(_ key: String) throws(JSONProblem) -> String? {
        guard let value = members[key], !(value is NSNull) else { return nil }
        guard let text = value as? String else { throw JSONProblem("\(quoted(key)) must be a text") }
        return text
    }

    /// Bytes written as hexadecimal digits.
    func bytes(_ key: String) throws(JSONProblem) -> [UInt8]? {
        guard let text = try text(key) else { return nil }
        guard let bytes = Self.bytes(text) else {
            throw JSONProblem("\(quoted(key)) must be an even number of hex digits")
        }
        return bytes
    }

    func object(_ key: String) throws(JSONProblem) -> JSONFields? {
        guard let value = members[key], !(value is NSNull) else { return nil }
        guard let inner = value as? [String: Any] else { throw JSONProblem("\(quoted(key)) must be an object") }
        return JSONFields(members: inner, path: path + key + ".")
    }

    func objects(_ key: String) throws(JSONProblem) -> [JSONFields] {
        guard let value = members[key], !(value is NSNull) else { return [] }
        guard let inner = value as? [[String: Any]] else {
            throw JSONProblem("\(quoted(key)) must be a list of objects")
        }
        return inner.enumerated().map { JSONFields(members: $1, path: "\(path)\(key)[\($0)].") }
    }

    /// - Throws: if the member is missing.
    func required<Value>(_ key: String, _ value: Value?) throws(JSONProblem) -> Value {
        guard let value else { throw JSONProblem("\(quoted(key)) is missing") }
        return value
    }

    private func quoted(_ key: String) -> String { "`\(path)\(key)`" }

    private static func number(_ value: Any) -> UInt64? {
        guard let text = value as? String else { return value as? UInt64 }
        return text.hasPrefix("0x") || text.hasPrefix("0X") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        let digits = text.utf8.map { digit($0) }
        guard digits.count % 2 == 0, !digits.contains(nil) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { (digits[$0] ?? 0) << 4 | (digits[$0 + 1] ?? 0) }
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension JSONLine {
    /// Repeats what a caller uses to recognise its request: a whole number or a text; anything else becomes `null`.
    mutating func identifier(_ fields: JSONFields?) {
        if let text = try? fields?.text("id") {
            string("id", text)
        } else {
            integer("id", (try? fields?.number("id", in: 0...UInt64(Int.max))).flatMap { $0 }.map { Int($0) })
        }
    }
}
