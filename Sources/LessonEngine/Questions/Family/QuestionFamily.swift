/// The questions that one quiz stands for: one for each seed.
///
/// Values are put in place before a question kind reads its keys, so that every kind can vary. It keeps what is
/// needed to read the block again.
struct QuestionFamily: Sendable {
    private let id: String
    private let location: SourceLocation
    private let entries: [YAMLEntry]
    private let source: SourceText
    private let registry: Registry
    private let parameters: [Parameter]

    /// What reading one member gave.
    struct Made {
        /// Nil if this member cannot be asked.
        var question: (any Question)?
        var problems: [Diagnostic] = []
        /// Links in its texts.
        var links: [Located<String>] = []
    }

    init(_ fields: Fields, _ parameters: [Parameter]) {
        id = fields.id
        location = fields.location
        entries = fields.entries
        source = fields.context.source
        registry = fields.context.registry
        self.parameters = parameters
    }

    /// Whether different seeds ask different things, not only in another order.
    var varies: Bool { !parameters.isEmpty }

    func member(_ seed: UInt64) -> FamilyMember { FamilyMember(parameters, seed: seed, question: id) }

    /// Reads the member that `seed` picks.
    func make(_ seed: UInt64) -> Made {
        let context = LoadContext(rereading: source, registry)
        var fields = Fields(id: id, location: location, entries: entries, context: context)
        _ = fields.node("vary")
        if varies { putValues(of: member(seed), in: &fields) } else { warnOfReferences(in: fields) }
        guard context.diagnostics.allSatisfy({ $0.severity == .warning }) else {
            return Made(problems: context.diagnostics)
        }
        let question = QuestionReader(seed: seed).question(&fields)
        fields.reportUnknownKeys(onlySlips: question == nil)
        return Made(question: question, problems: context.diagnostics, links: context.links)
    }

    private func putValues(of member: FamilyMember, in fields: inout Fields) {
        let context = fields.context
        var substitution = Substitution(member, expressionKeys: expressionKeys) {
            context.report(.error($0, at: $1, $2, note: $3))
        }
        fields.replaceEntries(by: substitution.apply(to: entries))
        for parameter in parameters where substitution.used.isDisjoint(with: parameter.references) {
            fields.warn(
                .unusedParameter, at: parameter.name.location, "nothing uses the parameter `\(parameter.name.value)`",
                note: "write $(\(parameter.references.first ?? parameter.name.value)) where its value is to stand")
        }
    }

    /// Without `vary` a `$(name)` stands for itself, which is hardly ever meant.
    private func warnOfReferences(in fields: Fields) {
        for text in entries.flatMap(\.value.texts) {
            guard let name = Self.reference(in: text.value) else { continue }
            fields.warn(
                .unknownParameter, at: text.location, "nothing gives `$(\(name))` a value: this question has no `vary`",
                note: "add the key `vary` with values for `\(name)`")
        }
    }

    /// The first name in a `$(…)` of a text that could be a parameter.
    private static func reference(in text: String) -> String? {
        var rest = text[...]
        while let start = rest.firstRange(of: "$("), let end = rest[start.upperBound...].firstIndex(of: ")") {
            let name = rest[start.upperBound..<end].prefix { $0 != ":" && $0 != "." }
            if rest[..<start.lowerBound].last != "$", isIdentifier(name) { return String(name) }
            rest = rest[start.upperBound...]
        }
        return nil
    }

    private var expressionKeys: Set<String> {
        guard let type = entries.first(where: { $0.key.value == "type" }),
            case .scalar(let name, _) = type.value.content
        else { return [] }
        return registry.questions[name]?.expressionKeys ?? []
    }
}

extension QuestionFamily {
    /// How many members tell a mistake of the author's from one that only some seeds show.
    private static let probes: UInt64 = 4

    /// The first member that can be asked, and what is wrong with the quiz. What only some members show is left to
    /// ``FamilyCheck``, unless there is none to ask.
    func load() -> Made {
        let first = make(0)
        guard varies, !first.problems.isEmpty else { return first }
        let members = (0..<Self.probes).map { ($0, $0 == 0 ? first : make($0)) }
        var problems = FamilyProblems(self)
        for (seed, made) in members { problems.add(made.problems, seed: seed) }
        let usable = members.map(\.1).first { $0.question != nil }
        return Made(
            question: usable?.question, problems: usable == nil ? problems.merged : problems.shared,
            links: usable?.links ?? [])
    }
}
