import Debugger
import Testing

@Suite("Properties of symbol tables")
struct SymbolMapPropertyTests {
    @Test("The covering symbol is the one that a plain search finds", arguments: 0..<20)
    func covering(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let symbols = (0..<40).map { index in
            Symbol(
                name: "m!s\(index)", address: .random(in: 0..<200, using: &random),
                size: Bool.random(using: &random) ? .random(in: 1..<60, using: &random) : nil)
        }
        let sections: [Range<UInt64>] = [10..<70, 70..<120, 150..<190]
        let table = SymbolTable(symbols, sections: sections)
        for address in UInt64(0)..<210 {
            #expect(table.location(of: address)?.symbol == plainSearch(symbols, sections, address), "\(address)")
        }
    }

    /// The nearest symbol that covers, among equals the first given.
    private func plainSearch(_ symbols: [Symbol], _ sections: [Range<UInt64>], _ address: UInt64) -> Symbol? {
        let covering = symbols.filter { symbol in
            let section = sections.first { $0.contains(symbol.address) }
            let next = symbols.map(\.address).filter { $0 > symbol.address }.min() ?? .max
            let reach = symbol.size.map { symbol.address + $0 } ?? (section == nil ? symbol.address + 1 : next)
            return symbol.address <= address && address < min(reach, section?.upperBound ?? .max)
        }
        return covering.first { $0.address == covering.map(\.address).max() }
    }
}
