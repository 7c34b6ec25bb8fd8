import Spelling

/// The YAML at the head of a lesson.
struct FrontMatter {
    /// The one version of the lesson format there is.
    static let format = "1"

    var id: Located<String>?
    var title: String?
    var minutes: Int?
    var requires: [Located<String>] = []
    var objectives: [Located<String>] = []
    /// The line of the file on which the prose begins.
    let firstLine: Int

    /// Reads the front matter of `context`'s file; what is missing is reported and left at its default.
    init(context: LoadContext) {
        let lines = context.source.lines
        let start = context.source.location(line: 1)
        guard lines.first?.trimmed == "---",
            let end = lines.dropFirst().firstIndex(where: { $0.trimmed == "---" || $0.trimmed == "..." })
        else {
            let isOpen = lines.first?.trimmed == "---"
            context.report(
                .error(
                    .missingFrontMatter, at: start,
                    isOpen ? "the front matter is never closed" : "this lesson has no front matter",
                    note: "begin the file with lines of `key: value` between two lines of ---"))
            // Prose that looks like front matter is better shown than lost.
            firstLine = isOpen ? 2 : 1
            return
        }
        firstLine = end + 2
        guard let root = YAMLReader(context: context, lines: 2..<(end + 1)).read() else { return }
        guard case .mapping(let entries) = root.content else {
            context.report(.error(.badType, at: root.location, "front matter is `key: value` lines"))
            return
        }
        var fields = Fields(id: "", location: start, entries: entries, context: context)
        read(&fields)
        fields.reportUnknownKeys()
    }

    private mutating func read(_ fields: inout Fields) {
        fields.requireFormat(Self.format)
        id = fields.requiredIdentifier("id")
        title = fields.requiredString("title")?.value
        minutes = fields.int("minutes", in: 1...600)?.value
        requires = fields.strings("requires")
        objectives = fields.strings("objectives")
    }
}

extension Fields {
    /// Reads the key `format`, which must be there and must name the version that this program reads.
    mutating func requireFormat(_ version: String) {
        guard let format = requiredString("format"), format.value != version else { return }
        report(
            .badValue, at: format.location, "format `\(format.value)` is none that this program can read",
            note: "write `format: \(version)`")
    }

    /// A text that must be there and must be usable as an id.
    mutating func requiredIdentifier(_ key: String) -> Located<String>? {
        guard let text = requiredString(key) else { return nil }
        guard isIdentifier(text.value) else {
            report(
                .badValue, at: text.location, "`\(text.value)` cannot be an id",
                note: "use letters, digits and hyphens, for example `int2e`")
            return nil
        }
        return text
    }
}
