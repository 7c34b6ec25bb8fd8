/// Every name in the source, and what it stands for so far.
final class SymbolTable {
    enum Definition {
        case none
        case label
        case equ
        /// A number given by the caller.
        case predefined
    }

    struct Entry {
        var name: String
        var definition = Definition.none
        /// Of the definition, or of the first use before there is one.
        var position: SourcePosition
        /// How many names were defined before.
        var order = 0
        /// From this pass, or from the last one before the definition is reached; nil in the first pass.
        var value: LinearValue?
    }

    private(set) var entries: [Entry] = []
    private var indices: [String: Int] = [:]
    private var defined = 0

    /// Predefined names are numbers, like `equ` constants.
    init(predefined: [String: UInt32]) {
        for (name, value) in predefined.sorted(by: { $0.key < $1.key }) {
            let index = self.index(of: name, at: SourcePosition.start)
            entries[index].definition = .predefined
            entries[index].value = LinearValue(Int64(value))
        }
    }

    /// The entry's index, if the name has been met.
    func existing(_ name: String) -> Int? { indices[name] }

    /// The entry's index, made at the first use.
    func index(of name: String, at position: SourcePosition) -> Int {
        if let index = indices[name] { return index }
        indices[name] = entries.count
        entries.append(Entry(name: name, position: position))
        return entries.count - 1
    }

    /// Marks a name as defined here. Throws if it is so already.
    func define(
        _ name: String, as definition: Definition, at position: SourcePosition, map: SourceMap
    ) throws(Problem) -> Int {
        let index = index(of: name, at: position)
        let old = entries[index]
        switch old.definition {
        case .none: break
        case .predefined: throw Problem("`\(name)` is already a symbol of the machine", at: position)
        case .label, .equ:
            throw Problem(
                "`\(name)` is already defined", at: position,
                note: "first defined at \(map.fileName(old.position)):\(old.position.line)")
        }
        defined += 1
        entries[index].definition = definition
        entries[index].position = position
        entries[index].order = defined
        return index
    }

    /// Gives a name that the source does not define its value.
    func setPredefined(_ index: Int, to value: LinearValue) {
        entries[index].definition = .predefined
        entries[index].value = value
    }

    /// Gives a symbol its value in this pass; true if that is news.
    func set(_ index: Int, to value: LinearValue) -> Bool {
        let old = entries[index].value
        entries[index].value = value
        guard let old else { return true }
        return old.constant != value.constant || old.isUnknown != value.isUnknown
            || old.terms.map(\.base) != value.terms.map(\.base)
    }

    var definedNames: [String] { entries.filter { $0.definition != .none }.map(\.name) }
}
