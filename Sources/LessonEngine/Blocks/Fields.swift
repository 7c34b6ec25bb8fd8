import Spelling

/// Typed access to one YAML mapping. Every value comes with its place in the file; whatever does not fit is
/// reported there, and reading goes on.
///
/// Ask for every key that the block knows *before* leaving early: keys that nobody asked for are reported as
/// unknown, with the nearest of those that were asked for.
public struct Fields {
    /// The id of the block that the mapping belongs to.
    public let id: String
    /// The opening fence for a block's own keys, the first key for a nested mapping.
    public let location: SourceLocation

    private(set) var entries: [YAMLEntry]
    let context: LoadContext
    private var asked: Set<String> = []

    init(id: String, location: SourceLocation, entries: [YAMLEntry], context: LoadContext) {
        self.id = id
        self.location = location
        self.entries = entries
        self.context = context
    }

    var questionKinds: [String: any QuestionKind] { context.registry.questions }

    /// Goes on with other values for the same keys.
    mutating func replaceEntries(by entries: [YAMLEntry]) { self.entries = entries }

    /// Leaves nothing to report as unknown: someone else has read the mapping.
    mutating func markAllRead() { asked.formUnion(entries.map(\.key.value)) }

    /// How many problems the file has so far.
    var problemCount: Int { context.diagnostics.count }

    /// Whether the author wrote `key`. Does not count as reading it.
    public func has(_ key: String) -> Bool { entries.contains { $0.key.value == key } }

    /// Reports a problem of the author's.
    public func report(_ code: DiagnosticCode, at place: SourceLocation, _ message: String, note: String? = nil) {
        context.report(.error(code, at: place, message, note: note))
    }

    /// Reports something that the author may want to change.
    public func warn(_ code: DiagnosticCode, at place: SourceLocation, _ message: String, note: String? = nil) {
        context.report(.warning(code, at: place, message, note: note))
    }

    /// What the author wrote under `key`, whatever its shape. Does not count as reading it.
    func value(_ key: String) -> YAMLNode? { entries.first { $0.key.value == key }?.value }

    /// The value of an optional key, whatever its shape. A key without a value is reported.
    mutating func node(_ key: String) -> YAMLNode? {
        asked.insert(key)
        guard let entry = entries.first(where: { $0.key.value == key }) else { return nil }
        guard !entry.value.isMissingValue else {
            report(.missingKey, at: entry.key.location, "the key `\(key)` has no value")
            return nil
        }
        return entry.value
    }

    /// Reports a key that must be there and is not. A key without a value has been reported already.
    func reportIfMissing(_ key: String) {
        guard !has(key) else { return }
        report(.missingKey, at: location, "the key `\(key)` is missing", note: "add `\(key): …`")
    }

    /// Reports the keys that nobody asked for. After a block that could not be made, which may have given up before
    /// it asked for all of its keys, only those that look like a slip.
    func reportUnknownKeys(onlySlips: Bool = false) {
        for entry in entries where !asked.contains(entry.key.value) {
            let absent = onlySlips ? asked.filter { !has($0) } : asked
            let near = didYouMean(entry.key.value, among: absent.sorted())
            if onlySlips, near == nil { continue }
            let known = asked.isEmpty ? nil : "the keys here are \(asked.sorted().joined(separator: ", "))"
            report(
                .unknownKey, at: entry.key.location, "there is no key `\(entry.key.value)` here",
                note: near.map { "did you mean `\($0)`?" } ?? known)
        }
    }
}

// Plain values.
extension Fields {
    /// A text exactly as written (`0x2E`, `No` and `.60` stay what they are), or nil when the key is not there.
    public mutating func string(_ key: String) -> Located<String>? {
        node(key).flatMap { string($0, of: key) }
    }

    /// A text that must be there and must not be blank.
    public mutating func requiredString(_ key: String) -> Located<String>? {
        reportIfMissing(key)
        guard let text = string(key) else { return nil }
        guard !text.value.trimmed.isEmpty else {
            report(.badValue, at: text.location, "`\(key)` must not be empty")
            return nil
        }
        return text
    }

    /// A decimal number within `range`, or nil when the key is not there.
    public mutating func int(_ key: String, in range: ClosedRange<Int>) -> Located<Int>? {
        guard let text = string(key) else { return nil }
        guard let number = Int(text.value), range.contains(number) else {
            report(
                .badValue, at: text.location,
                "`\(key)` must be a whole number from \(range.lowerBound) to \(range.upperBound), not `\(text.value)`")
            return nil
        }
        return Located(number, at: text.location)
    }

    /// `yes` or `no` (also `true`, `false`), or nil when the key is not there.
    public mutating func bool(_ key: String) -> Located<Bool>? {
        guard let text = string(key) else { return nil }
        switch text.value.lowercased() {
        case "yes", "true": return Located(true, at: text.location)
        case "no", "false": return Located(false, at: text.location)
        default:
            report(.badValue, at: text.location, "`\(key)` must be yes or no, not `\(text.value)`")
            return nil
        }
    }

    /// One of the words in `allowed`, or nil when the key is not there.
    public mutating func word(_ key: String, among allowed: [String]) -> Located<String>? {
        guard let text = string(key) else { return nil }
        guard !allowed.contains(text.value) else { return text }
        let near = didYouMean(text.value, among: allowed)
        report(
            .badValue, at: text.location, "`\(key)` cannot be `\(text.value)`",
            note: near.map { "did you mean `\($0)`?" } ?? "it can be \(allowed.joined(separator: ", "))")
        return nil
    }

    func string(_ node: YAMLNode, of key: String) -> Located<String>? {
        guard case .scalar(let text, _) = node.content else {
            reportShape(node, of: key, wanted: "a text")
            return nil
        }
        return Located(text, at: node.location)
    }

    func reportShape(_ node: YAMLNode, of key: String, wanted: String) {
        report(.badType, at: node.location, "`\(key)` must be \(wanted), not \(node.shape)")
    }
}
