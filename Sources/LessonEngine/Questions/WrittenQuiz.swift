/// A quiz that a program writes instead of an author, in the keys of the lesson format.
///
/// It is read as the block of a lesson is, so that whatever kinds of questions there are can be written.
public struct WrittenQuiz: Sendable {
    /// What stands under a key.
    public indirect enum Value: Sendable {
        case text(String)
        case list([Value])
        case mapping([(key: String, value: Value)])
    }

    /// Why a quiz could not be read: a mistake of the program that wrote it.
    public struct Unreadable: Error, CustomStringConvertible {
        /// What was wrong with it.
        public let diagnostics: [Diagnostic]
        /// The problems, a line each.
        public var description: String { diagnostics.map(\.message).joined(separator: "\n") }
    }

    /// The question's id.
    public let id: String
    /// Orders its choices, and is kept with its answers.
    public let seed: UInt64
    private var entries: [(key: String, value: Value)]

    /// A quiz of a type of question, with nothing else in it yet.
    public init(id: String, type: String, seed: UInt64) {
        self.id = id
        self.seed = seed
        entries = [("type", .text(type))]
    }

    /// Adds a key; each key once.
    public mutating func add(_ key: String, _ value: Value) { entries.append((key, value)) }

    /// Adds a key with a text.
    public mutating func add(_ key: String, _ text: String) { add(key, .text(text)) }

    /// The quiz as a block, with the kinds of questions that `registry` knows.
    public func block(registry: Registry) throws(Unreadable) -> QuizBlock {
        let context = LoadContext(id, "", registry)
        let start = context.source.location(line: 1)
        let written = entries.map { YAMLEntry(key: Located($0.key, at: start), value: Self.node($0.value, start)) }
        var fields = Fields(id: id, location: start, entries: written, context: context)
        let question = QuestionReader(seed: seed).question(&fields)
        fields.reportUnknownKeys()
        guard let question, context.diagnostics.isEmpty else { throw Unreadable(diagnostics: context.diagnostics) }
        return QuizBlock(question: question)
    }

    private static func node(_ value: Value, _ place: SourceLocation) -> YAMLNode {
        let content: YAMLNode.Content =
            switch value {
            case .text(let text): .scalar(text, isPlain: false)
            case .list(let values): .sequence(values.map { node($0, place) })
            case .mapping(let pairs):
                .mapping(pairs.map { YAMLEntry(key: Located($0.key, at: place), value: node($0.value, place)) })
            }
        return YAMLNode(content: content, location: place)
    }
}
