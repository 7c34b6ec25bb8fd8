/// Names sorted for completion. Made when a learner asks for one: most tables are never asked.
struct SymbolCompleter: Sendable {
    private struct Entry: Sendable {
        let key: [UInt8]
        let name: String

        init(_ name: String) {
            key = Array(name.lowercased().utf8)
            self.name = name
        }
    }

    private let qualified: [Entry]
    /// Bare names, and modules with their `!`.
    private let bare: [Entry]

    init(_ symbols: [Symbol]) {
        let modules = symbols.map(\.module).filter { !$0.isEmpty }.map { $0 + "!" }
        qualified = Self.sort(symbols.map(\.name))
        bare = Self.sort(symbols.map { String($0.baseName) } + modules.map(String.init))
    }

    func completions(of prefix: String, limit: Int) -> [String] {
        let entries = prefix.contains("!") ? qualified : bare
        let key = Array(prefix.lowercased().utf8)
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].key.lexicographicallyPrecedes(key) { low = middle + 1 } else { high = middle }
        }
        return entries[low...].prefix { $0.key.starts(with: key) }.prefix(max(0, limit)).map(\.name)
    }

    private static func sort(_ names: [String]) -> [Entry] {
        Set(names).map(Entry.init).sorted { first, second in
            first.key == second.key ? first.name < second.name : first.key.lexicographicallyPrecedes(second.key)
        }
    }
}
