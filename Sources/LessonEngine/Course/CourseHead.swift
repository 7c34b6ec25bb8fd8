/// What `course.yaml` says.
struct CourseHead {
    /// The pass mark of a course that names none, in per cent.
    static let usualPass = 80

    private let id: String
    private let title: String
    private let authors: [String]
    private let license: String?
    private let language: String
    private let pass: Int
    /// File names without `.md`; only those that can be used.
    let lessons: [Located<String>]

    /// Nil when the file is no mapping; any other problem is reported and filled in.
    init?(context: LoadContext) {
        let source = context.source
        let start = source.location(line: 1)
        guard let root = YAMLReader(context: context, lines: 1..<(source.lines.count + 1)).read(),
            case .mapping(let entries) = root.content
        else {
            if context.diagnostics.isEmpty {
                context.report(.error(.badType, at: start, "course.yaml holds `key: value` lines"))
            }
            return nil
        }
        var fields = Fields(id: "", location: start, entries: entries, context: context)
        fields.requireFormat(FrontMatter.format)
        let id = fields.requiredIdentifier("id")?.value ?? "course"
        self.id = id
        title = fields.requiredString("title")?.value ?? id
        authors = fields.strings("authors").map(\.value)
        license = fields.string("license")?.value
        language = fields.string("language")?.value ?? "en"
        pass = fields.int("pass", in: 0...100)?.value ?? Self.usualPass
        fields.reportIfMissing("lessons")
        lessons = Self.usable(fields.strings("lessons"), fields)
        fields.reportUnknownKeys()
    }

    func course(_ lessons: [Lesson], glossary: Glossary, card: Lesson?, in directory: String) -> Course {
        Course(
            id: id, title: title, authors: authors, license: license, language: language, pass: pass,
            lessons: lessons, glossary: glossary, card: card, directory: directory)
    }

    /// A name that could lead to another folder is none.
    private static func usable(_ names: [Located<String>], _ fields: Fields) -> [Located<String>] {
        var seen: Set<String> = []
        return names.filter { name in
            guard isIdentifier(name.value), !name.value.hasSuffix(".md") else {
                fields.report(
                    .badValue, at: name.location, "`\(name.value)` cannot be the name of a lesson's file",
                    note: "give the name of a file in the folder `lessons`, without `.md`")
                return false
            }
            guard seen.insert(name.value).inserted else {
                fields.report(.duplicateID, at: name.location, "the lesson `\(name.value)` is listed twice")
                return false
            }
            return true
        }
    }
}
