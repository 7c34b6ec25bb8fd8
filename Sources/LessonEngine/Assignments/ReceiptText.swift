import Foundation

/// The lines of a receipt, and their seals.
///
///     ntlearn receipt 1
///     assignment 9f86d081884c7d659a2feaa0c55ad015
///     title Week 3
///     course nt-system-calls
///     learner Ada L
///     started 2026-11-22T21:40:00.000Z seal 0123…
///     1 2026-11-22T21:41:07.123Z the-stub/ret-n#1 seed 9f8e7d6c content 0123… wrong "4" seal 0123…
///     finished 2026-11-22T21:59:00.000Z seal 0123…
///
/// A seal is an HMAC of the line and of the seal before it, under the assignment's id: change, remove or move a line,
/// and none of those behind it fits any more.
enum ReceiptText {
    static let firstLine = "ntlearn receipt 1"
    /// Hexadecimal digits of a seal: 128 bits are more than anyone can search.
    static let sealLength = 32
    private static let mark = " seal "

    static func head(_ receipt: Receipt) -> [String] {
        [firstLine, "assignment \(receipt.assignment)", "title \(oneLine(receipt.title))", "course \(receipt.course)"]
            + ["learner \(receipt.learner.name)"] + (receipt.learner.id.map { ["id \($0)"] } ?? [])
            + ["started \(AssignmentTime.text(receipt.started))"]
    }

    static func entry(_ entry: Receipt.Entry, number: Int) -> String {
        "\(number) \(AssignmentTime.text(entry.time)) \(entry.question.name) seed \(String(entry.seed, radix: 16)) "
            + "content \(entry.contentHash) \(entry.verdict.rawValue) \(quoted(entry.answer))"
    }

    static func finished(_ time: Date) -> String { "finished \(AssignmentTime.text(time))" }

    // MARK: Seals

    static func seal(_ text: String, after previous: String, assignment: String) -> String {
        HMAC.code(Array("\(previous)\n\(text)".utf8), key: Array(assignment.utf8)).prefix(sealLength / 2)
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static func sealed(_ text: String, _ seal: String) -> String { text + mark + seal }

    /// A line without its seal, and the seal; nil for a line that has none.
    static func parts(_ line: Substring) -> (text: Substring, seal: Substring)? {
        guard let range = line.ranges(of: mark).last else { return nil }
        let seal = line[range.upperBound...]
        guard seal.utf8.count == sealLength, seal.allSatisfy(\.isHexDigit) else { return nil }
        return (line[..<range.lowerBound], seal)
    }

    // MARK: Texts

    private static func oneLine(_ text: String) -> String { cleaned(text.unicodeScalars.map { $0 == "\n" ? " " : $0 }) }

    /// In quotation marks; what could break a line or steer a terminal is written as `\u{1b}`.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case _ where scalar.isUnsafe || scalar == "\n" || scalar == "\t":
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// Reads what ``quoted(_:)`` writes; nil for anything else.
    static func unquoted(_ text: Substring) -> String? {
        guard text.count >= 2, text.first == "\"", text.last == "\"" else { return nil }
        var result = String.UnicodeScalarView()
        var rest = text.unicodeScalars.dropFirst().dropLast()
        while let scalar = rest.popFirst() {
            guard scalar == "\\" else {
                if scalar == "\"" { return nil }
                result.append(scalar)
                continue
            }
            guard let escaped = escape(&rest) else { return nil }
            result.append(escaped)
        }
        return String(result)
    }

    private static func escape(_ rest: inout Substring.UnicodeScalarView) -> Unicode.Scalar? {
        guard let kind = rest.popFirst() else { return nil }
        if kind == "\"" || kind == "\\" { return kind }
        guard kind == "u", rest.popFirst() == "{", let end = rest.firstIndex(of: "}"),
            let value = UInt32(String(rest[..<end]), radix: 16)
        else { return nil }
        rest = rest[rest.index(after: end)...]
        return Unicode.Scalar(value)
    }
}
