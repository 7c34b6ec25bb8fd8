import Foundation

extension Assignment {
    /// The one version of the format there is.
    static let format = "1"

    /// The file's text: YAML, for people to read and to change.
    public var text: String {
        var lines = [
            "# An assignment of ntlearn. To answer it:  ntlearn take THIS-FILE --name \"Your name\"",
            "format: \(Self.format)", "assignment: \(id)", "title: \(Self.quoted(title))", "course: \(course)",
        ]
        if let deadline { lines.append("deadline: \(AssignmentTime.text(deadline))") }
        lines.append("exam: \(rules.isExam ? "yes" : "no")")
        lines.append("machine: \(rules.allowsMachine ? "yes" : "no")")
        lines.append("attempts: \(rules.attempts)")
        lines.append("questions:")
        lines += items.map { item in
            "  - {lesson: \(item.lesson), question: \(item.question), count: \(item.count), content: "
                + "\(item.contentHash)}"
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// Why a file is no assignment.
    public struct Unreadable: Error, CustomStringConvertible {
        /// Everything that is wrong with it, in order of place.
        public let diagnostics: [Diagnostic]
        /// The problems, a line each.
        public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
    }

    /// Reads a file.
    public static func load(path: String) throws(Unreadable) -> Assignment {
        let file = ContentFile(path: path)
        switch file.read() {
        case .failure(let problem): throw Unreadable(diagnostics: [file.diagnostic(for: problem)])
        case .success(let content): return try read(content.text, file: path)
        }
    }

    /// Reads a file's text; `file` is what diagnostics call it.
    public static func read(_ text: String, file: String) throws(Unreadable) -> Assignment {
        let context = LoadContext(file, text, Registry())
        let source = context.source
        let start = source.location(line: 1)
        let root = YAMLReader(context: context, lines: 1..<(source.lines.count + 1)).read()
        guard case .mapping(let entries) = root?.content else {
            if context.diagnostics.isEmpty {
                context.report(.error(.badType, at: start, "an assignment holds `key: value` lines"))
            }
            throw Unreadable(diagnostics: context.diagnostics.tidied())
        }
        var fields = Fields(id: "", location: start, entries: entries, context: context)
        let assignment = Assignment(&fields)
        fields.reportUnknownKeys()
        guard let assignment, context.diagnostics.isEmpty else {
            throw Unreadable(diagnostics: context.diagnostics.tidied())
        }
        return assignment
    }

    /// Nil if there is something wrong, which is then reported.
    private init?(_ fields: inout Fields) {
        fields.requireFormat(Self.format)
        let id = Self.id(&fields)
        let title = fields.requiredString("title")?.value
        let course = fields.requiredIdentifier("course")?.value
        let deadline = Self.deadline(&fields)
        var rules = Rules()
        rules.isExam = fields.bool("exam")?.value ?? false
        rules.allowsMachine = fields.bool("machine")?.value ?? true
        rules.attempts = fields.int("attempts", in: 1...10)?.value ?? 1
        fields.reportIfMissing("questions")
        let items = fields.mappings("questions", Self.item)
        guard let id, let title, let course, !items.isEmpty else { return nil }
        self.init(id: id, title: title, course: course, deadline: deadline, rules: rules, items: items)
        Self.check(items, fields)
    }

    private static func id(_ fields: inout Fields) -> String? {
        guard let id = fields.requiredString("assignment") else { return nil }
        guard isID(id.value) else {
            fields.report(
                .badValue, at: id.location, "`\(id.value.prefix(60))` is no id of an assignment",
                note: "it has \(idLength) hexadecimal digits; `ntlearn assign` makes one")
            return nil
        }
        return id.value
    }

    static func isID(_ text: some StringProtocol) -> Bool {
        text.utf8.count == idLength && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    private static func deadline(_ fields: inout Fields) -> Date? {
        guard let text = fields.string("deadline") else { return nil }
        if let time = AssignmentTime.deadline(text.value) { return time }
        fields.report(
            .badValue, at: text.location, "`\(text.value.prefix(60))` is no date",
            note: "write 2026-12-01, or 2026-12-01T18:00:00Z")
        return nil
    }

    private static func item(_ fields: inout Fields) -> Item? {
        let lesson = fields.requiredString("lesson")?.value
        let question = fields.requiredString("question")?.value
        let count = fields.int("count", in: 1...mostQuestions)?.value ?? 1
        let content = fields.requiredString("content")?.value
        guard let lesson, let question, let content else { return nil }
        let item = Item(lesson: lesson, question: question, count: count, contentHash: content)
        guard AssignedQuestion("\(lesson)/\(question)#1") != nil, isIdentifier(content) else {
            fields.report(
                .badValue, at: fields.location, "`\(lesson.prefix(60))/\(question.prefix(60))` is no question")
            return nil
        }
        return item
    }

    private static func check(_ items: [Item], _ fields: Fields) {
        let place = fields.value("questions")?.location ?? fields.location
        let names = items.map { "\($0.lesson)/\($0.question)" }
        if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
            fields.report(
                .duplicateID, at: place, "the question `\(twice)` is listed twice", note: "give it a higher count")
        }
        if items.reduce(0, { $0 + $1.count }) > mostQuestions {
            fields.report(.badValue, at: place, "an assignment can have at most \(mostQuestions) questions")
        }
    }
}
