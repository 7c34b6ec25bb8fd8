import Spelling

/// Puts a member's values in place of `$(name)`, in the texts of a block as its author wrote them.
///
/// `$(name:h)`, `$(name:x)` and `$(name:d)` write a number as `19h`, `0x19` or `25`; `$$(` stands for `$(` itself.
struct Substitution {
    /// What all texts of a block may come to: values that are long and used often must not fill the memory.
    private static let mostCharacters = 64 * 1024

    let member: FamilyMember
    /// Keys whose texts are expressions, in which digits without a mark are hexadecimal.
    let expressionKeys: Set<String>
    let report: (DiagnosticCode, SourceLocation, _ message: String, _ note: String?) -> Void
    private var room = Self.mostCharacters
    /// The references that occurred.
    private(set) var used: Set<String> = []

    init(
        _ member: FamilyMember, expressionKeys: Set<String>,
        report: @escaping (DiagnosticCode, SourceLocation, String, String?) -> Void
    ) {
        self.member = member
        self.expressionKeys = expressionKeys
        self.report = report
    }

    /// The entries with values in place, the key `vary` excepted.
    mutating func apply(to entries: [YAMLEntry]) -> [YAMLEntry] {
        entries.map { entry in
            guard entry.key.value != "vary" else { return entry }
            return YAMLEntry(key: entry.key, value: apply(to: entry.value, under: entry.key.value))
        }
    }

    private mutating func apply(to node: YAMLNode, under key: String) -> YAMLNode {
        let content: YAMLNode.Content
        switch node.content {
        case .scalar(let text, let isPlain):
            content = .scalar(
                apply(to: text, at: node.location, isExpression: expressionKeys.contains(key)), isPlain: isPlain)
        case .sequence(let nodes): content = .sequence(nodes.map { apply(to: $0, under: key) })
        case .mapping(let entries): content = .mapping(apply(to: entries))
        }
        return YAMLNode(content: content, location: node.location)
    }

    private mutating func apply(to text: String, at place: SourceLocation, isExpression: Bool) -> String {
        var result = ""
        var rest = text[...]
        var isLive = false
        while let start = rest.firstRange(of: "$(") {
            let before = rest[..<start.lowerBound]
            result += before
            isLive = Self.isInLiveExpression(before, isLive)
            rest = rest[start.upperBound...]
            if before.last == "$" {
                result += "("
            } else if let end = rest.firstIndex(of: ")") {
                result += value(of: String(rest[..<end]), at: place, isExpression: isExpression || isLive) ?? ""
                rest = rest[rest.index(after: end)...]
            } else {
                report(.unknownParameter, place, "a `$(` is not closed", "write $(name), or $$( for the two characters")
                break
            }
            guard result.utf8.count <= room else {
                report(.tooLong, place, "with its parameters in place this question is longer than 64 KiB", nil)
                return ""
            }
        }
        result += rest
        room -= min(room, result.utf8.count)
        return result
    }

    /// Whether a `{{` is open behind `text`.
    private static func isInLiveExpression(_ text: Substring, _ wasInOne: Bool) -> Bool {
        guard let opener = text.ranges(of: "{{").last else { return wasInOne && text.firstRange(of: "}}") == nil }
        return text[opener.upperBound...].firstRange(of: "}}") == nil
    }

    private mutating func value(of reference: String, at place: SourceLocation, isExpression: Bool) -> String? {
        let parts = reference.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let text = member.values[parts[0]] else {
            let known = member.values.keys.sorted()
            report(
                .unknownParameter, place, "`vary` has no parameter `\(parts[0].prefix(40))`",
                didYouMean(parts[0], among: known).map { "did you mean `$(\($0))`?" } ?? Self.known(known))
            return nil
        }
        used.insert(parts[0])
        let number = WrittenNumber(text)
        guard parts.count == 2 else { return isExpression ? number?.inExpression ?? text : text }
        guard let written = number?.text(as: parts[1]) else {
            report(
                .unknownParameter, place, "`\(text.prefix(40))` cannot be written as `:\(parts[1].prefix(40))`",
                "numbers can be written as :h (19h), :x (0x19) or :d (25)")
            return nil
        }
        return written
    }

    private static func known(_ names: [String]) -> String {
        names.isEmpty
            ? "add it to `vary`, or write $$( for the two characters"
            : "the parameters are \(names.joined(separator: ", ")); $$( stands for the two characters"
    }
}
