/// A block with a name of its own that is a quiz of one type: ```` ```challenge ```` is a quiz of type `challenge`.
public struct NamedQuizKind: BlockKind {
    /// The block's name, and the type.
    public let name: String

    /// Blocks called like a type of question.
    public init(_ type: String) { name = type }

    /// Reads the block as a quiz.
    public func makeBlock(_ fields: inout Fields) -> (any Block)? {
        if let type = fields.string("type"), type.value != name {
            fields.report(
                .badValue, at: type.location, "a `\(name)` block is of type `\(name)`, not `\(type.value)`",
                note: "leave `type` out, or write a `quiz`")
            return nil
        }
        fields.replaceEntries(by: fields.entries.filter { $0.key.value != "type" } + [type(at: fields.location)])
        return QuizKind().makeBlock(&fields)
    }

    private func type(at place: SourceLocation) -> YAMLEntry {
        YAMLEntry(
            key: Located("type", at: place), value: YAMLNode(content: .scalar(name, isPlain: true), location: place))
    }
}
