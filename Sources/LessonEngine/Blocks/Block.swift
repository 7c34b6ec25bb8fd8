/// An interactive block of a lesson: a trace, a quiz, and what other targets add.
public protocol Block: Sendable {
    /// Unique in its lesson and immutable: progress hangs on it.
    var id: String { get }
    /// The opening fence.
    var location: SourceLocation { get }
    /// Whether the page ends after this block, so that the learner meets it alone.
    var endsPage: Bool { get }
    /// Every `{{ … }}` in the block's own texts.
    var liveExpressions: [LiveExpression] { get }
    /// For each question that the block puts, the numbers of the lesson's objectives that it tests, as the author wrote
    /// them; see ``Fields/objectives(_:)``.
    var testedObjectives: [[Located<Int>]] { get }
    /// Everything about the block that only running it can tell: a trace reaches its end, a key is accepted by
    /// its own grader. Empty when all is well. May take as long as the block's own step budget allows.
    func check() -> [Diagnostic]
}

extension Block {
    /// Most blocks want a page of their own.
    public var endsPage: Bool { true }
    /// A block without texts has none.
    public var liveExpressions: [LiveExpression] { [] }
    /// A block without questions tests nothing.
    public var testedObjectives: [[Located<Int>]] { [] }
    /// Nothing to run, nothing to find.
    public func check() -> [Diagnostic] { [] }
}

/// A block that stands for a point in a machine's run, where prose around it can take values.
public protocol LiveBlock: Block {
    /// The value of `expression` at the block's point, as the learner is to read it.
    /// - Throws: an error whose description says what is wrong with the expression.
    func value(of expression: String) throws -> String
    /// The values of several expressions, in their order.
    func values(of expressions: [String]) -> [Result<String, any Error>]
}

extension LiveBlock {
    /// One after the other.
    public func values(of expressions: [String]) -> [Result<String, any Error>] {
        expressions.map { expression in Result { try value(of: expression) } }
    }
}

/// Makes blocks of one kind from what the author wrote.
public protocol BlockKind: Sendable {
    /// The first word of the info string.
    var name: String { get }
    /// The keys of its YAML, for editors and the reference; none for a kind that reads no YAML, or that reads other keys
    /// for each `type`.
    var keys: [KeySchema] { get }
    /// Whether the body is a text instead of YAML. Such a fence is plain code as long as it has no id.
    var isText: Bool { get }
    /// The block, or nil when `fields` lacks something without which there is none; what is lacking is then
    /// already reported. Keys that are not read become diagnostics.
    func makeBlock(_ fields: inout Fields) -> (any Block)?
}

extension BlockKind {
    /// No keys to tell of.
    public var keys: [KeySchema] { [] }
    /// Most bodies are YAML.
    public var isText: Bool { false }
}
