/// The names of a machine's addresses, found by name and by address.
///
/// Names compare without regard to case, as in WinDbg, but an exact match wins. A bare name may stand for
/// `module!name`; if several modules have it, the one that comes first in the module order wins.
public struct SymbolTable: Sendable {
    /// All symbols, by address; those of one address in the order in which they were given.
    public let symbols: [Symbol]
    /// The modules: those of the order given first, then the others as they first appear.
    public let modules: [String]

    private let map: SymbolMap
    /// Positions in `symbols` under the full and under the bare name, in lower case; preferred modules first.
    private let byName: [String: [Int]]

    /// - Parameters:
    ///   - symbols: in any order; of several at one address, the first names it.
    ///   - sections: the address ranges that symbols without a size may cover. Outside of them, such a symbol names its
    ///     own address only.
    ///   - moduleOrder: whose bare names win, most preferred first.
    public init(_ symbols: [Symbol], sections: [Range<UInt64>] = [], moduleOrder: [String] = []) {
        let sorted = symbols.enumerated()
            .sorted { ($0.element.address, $0.offset) < ($1.element.address, $1.offset) }
            .map(\.element)
        self.symbols = sorted
        modules = Self.modules(of: symbols, order: moduleOrder)
        map = SymbolMap(sorted, sections: sections)
        byName = Self.index(sorted, modules: modules)
    }

    /// The symbol of that name: `module!name` or a bare name.
    public func symbol(named name: String) -> Symbol? {
        let candidates = symbols(named: name)
        return candidates.first { $0.name == name || $0.baseName == name } ?? candidates.first
    }

    /// Every symbol that the name may mean, preferred modules first.
    public func symbols(named name: String) -> [Symbol] {
        byName[name.lowercased(), default: []].map { symbols[$0] }
    }

    /// The symbol that covers an address: the nearest one before it, unless that one ends before.
    ///
    /// A symbol with a size covers so many bytes; another one reaches to the next symbol or to the end of its section.
    public func location(of address: UInt64) -> SymbolLocation? {
        map.index(covering: address).map { index in
            SymbolLocation(symbol: symbols[index], offset: address - symbols[index].address)
        }
    }

    /// The first symbol behind an address, as `ln` shows it.
    public func symbol(after address: UInt64) -> Symbol? {
        let index = map.firstIndex(after: address)
        return index < symbols.count ? symbols[index] : nil
    }

    private static func modules(of symbols: [Symbol], order: [String]) -> [String] {
        var seen: Set<String> = []
        let found = order + symbols.map { String($0.module) }.filter { !$0.isEmpty }
        return found.filter { seen.insert($0.lowercased()).inserted }
    }

    private static func index(_ symbols: [Symbol], modules: [String]) -> [String: [Int]] {
        let ranks = Dictionary(
            modules.enumerated().map { ($0.element.lowercased(), $0.offset) }, uniquingKeysWith: { first, _ in first })
        func rank(_ index: Int) -> Int { ranks[symbols[index].module.lowercased()] ?? modules.count }
        var index: [String: [Int]] = [:]
        for (position, symbol) in symbols.enumerated() {
            for key in Set([symbol.name.lowercased(), symbol.baseName.lowercased()]) {
                index[key, default: []].append(position)
            }
        }
        return index.mapValues { $0.sorted { (rank($0), $0) < (rank($1), $1) } }
    }
}
