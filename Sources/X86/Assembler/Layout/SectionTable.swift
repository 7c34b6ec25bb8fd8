/// The sections of a source with the attributes that it gave them.
struct SectionTable {
    struct Section {
        var name: String
        var isNobits: Bool
        var align: UInt64?
        var virtualAlign: UInt64?
        var start: UInt64?
        var virtualStart: UInt64?
        var follows: String?
        var virtualFollows: String?
        /// Where the source first names it; nil for a `.text` that only exists by default.
        var position: SourcePosition?
        /// Section defined before this one.
        var previous: Int?
        /// Bytes so far; after the last pass all of them.
        var size = 0
        var bytes: [UInt8] = []
    }

    /// `.text` is always first, empty or not.
    private(set) var sections = [Section(name: ".text", isNobits: false)]
    private var indices = [".text": 0]
    private static let limit = 1_000

    subscript(index: Int) -> Section {
        get { sections[index] }
        _modify { yield &sections[index] }
    }

    var count: Int { sections.count }

    func index(of name: String) -> Int? { indices[name] }

    /// The section's index, made at its first mention; `.bss` is `nobits` by default.
    mutating func open(_ name: String, at position: SourcePosition) throws(Problem) -> Int {
        if let index = indices[name] {
            if sections[index].position == nil { sections[index].position = position }
            return index
        }
        guard sections.count < Self.limit else {
            throw Problem("more than \(Self.limit) sections", at: position)
        }
        let isBss = name == ".bss"
        indices[name] = sections.count
        sections.append(
            Section(name: name, isNobits: isBss, position: position, previous: isBss ? nil : sections.count - 1))
        return sections.count - 1
    }
}
