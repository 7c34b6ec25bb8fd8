import LessonEngine

/// The id of something new.
struct NewName {
    let id: String

    init(_ id: String) throws(CommandFailure) {
        guard isIdentifier(id), !id.hasSuffix(".md") else {
            throw CommandFailure(
                "`\(id)` cannot be an id\nuse letters, digits and hyphens, for example the-door", status: 2)
        }
        self.id = id
    }

    /// What learners are to see: `given`, or `the-door` as `The door`.
    func title(_ given: String?) -> String {
        let words = id.map { "-_.".contains($0) ? " " : $0 }
        return given ?? words.prefix(1).map { $0.uppercased() }.joined() + String(words.dropFirst())
    }
}

extension String {
    /// The text as a YAML value that is read as it stands.
    var asYAML: String {
        let escaped = replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }
}
