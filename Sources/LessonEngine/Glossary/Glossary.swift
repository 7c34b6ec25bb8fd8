import Spelling

/// The words of a course's subject, each explained in a few sentences.
public struct Glossary: Sendable {
    /// In the order of the alphabet.
    public let entries: [GlossaryEntry]
    private let entryByKey: [String: GlossaryEntry]

    /// A glossary without entries.
    public static let empty = Glossary([])

    /// Of two entries that share a name, the first one keeps it.
    init(_ entries: [GlossaryEntry]) {
        self.entries = entries.sorted { ($0.term.lowercased(), $0.term) < ($1.term.lowercased(), $1.term) }
        let names = entries.flatMap { entry in entry.names.map { (glossaryKey($0), entry) } }
        entryByKey = Dictionary(names) { first, _ in first }
    }

    /// The entries of all glossaries; where two explain the same term, the first glossary's entry counts.
    public init(joining glossaries: [Glossary]) {
        var seen: Set<String> = []
        self.init(glossaries.flatMap(\.entries).filter { seen.insert(glossaryKey($0.term)).inserted })
    }

    /// The entry of a term or one of its aliases. Case, blanks, hyphens and other punctuation do not count:
    /// `trap-frame`, `Trap Frame` and `_trap_frame` are one name.
    public func entry(_ name: String) -> GlossaryEntry? {
        let key = glossaryKey(name)
        return key.isEmpty ? nil : entryByKey[key]
    }

    /// Every name that ``entry(_:)`` knows, as the author wrote it.
    public var names: [String] { entries.flatMap(\.names) }
}

/// One term.
public struct GlossaryEntry: Sendable {
    /// As it is shown.
    public let term: String
    /// Other names of the same thing.
    public let aliases: [String]
    /// What it means.
    public let text: [MarkdownBlock]
    /// Terms of the same glossary to read next, as the author wrote them.
    public let see: [String]
    /// The term's heading.
    public let location: SourceLocation

    /// The term and its aliases.
    public var names: [String] { [term] + aliases }
}

/// What is left of a term when its form does not count.
func glossaryKey(_ name: some StringProtocol) -> String {
    String(name.lowercased().filter { $0.isLetter || $0.isNumber })
}
