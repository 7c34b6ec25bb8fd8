/// The kinds of blocks and questions that lessons may use. Other targets add theirs at start-up.
public struct Registry: Sendable {
    /// Block kinds by name.
    public private(set) var blocks: [String: any BlockKind] = [:]
    /// Question kinds by name.
    public private(set) var questions: [String: any QuestionKind] = [:]
    /// Lists that families may draw from, by name.
    public private(set) var lists: [String: any ParameterList] = [:]

    /// A registry without any kind.
    public init() {}

    /// Adds a block kind; a kind of the same name is replaced.
    public mutating func register(_ kind: any BlockKind) { blocks[kind.name] = kind }
    /// Adds a question kind; a kind of the same name is replaced.
    public mutating func register(_ kind: any QuestionKind) { questions[kind.name] = kind }
    /// Adds a list; a list of the same name is replaced.
    public mutating func register(_ list: any ParameterList) { lists[list.name] = list }

    /// The kinds that need no machine.
    public static var builtIn: Registry {
        var registry = Registry()
        registry.register(QuizKind())
        registry.register(ChoiceKind())
        registry.register(ManyKind())
        registry.register(OrderKind())
        registry.register(MatchKind())
        registry.register(TextKind())
        registry.register(ClozeKind())
        return registry
    }
}
