/// Which symbol covers an address. Answers in logarithmic time, save for nested symbols.
struct SymbolMap: Sendable {
    private let addresses: [UInt64]
    /// One past the last address that each symbol covers; `UInt64.max` if it covers the last address too.
    private let ends: [UInt64]
    /// For each symbol the nearest one at a lower address that still covers its address.
    private let enclosing: [Int?]

    /// - Parameter symbols: sorted by address.
    init(_ symbols: [Symbol], sections: [Range<UInt64>]) {
        addresses = symbols.map(\.address)
        ends = Self.ends(symbols, sections.sorted { $0.lowerBound < $1.lowerBound })
        enclosing = Self.enclosing(addresses, ends)
    }

    func index(covering address: UInt64) -> Int? {
        let next = firstIndex(after: address)
        var candidate = next > 0 ? next - 1 : nil
        while let last = candidate {
            let start = firstIndex(sharingAddressOf: last)
            var index = start
            while index < addresses.count, addresses[index] == addresses[start] {
                if address < ends[index] { return index }
                index += 1
            }
            candidate = enclosing[start]
        }
        return nil
    }

    /// The first symbol whose address is greater, or the number of symbols.
    func firstIndex(after address: UInt64) -> Int {
        var (low, high) = (0, addresses.count)
        while low < high {
            let middle = (low + high) / 2
            if addresses[middle] <= address { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func firstIndex(sharingAddressOf index: Int) -> Int {
        var start = index
        while start > 0, addresses[start - 1] == addresses[index] { start -= 1 }
        return start
    }

    private static func ends(_ symbols: [Symbol], _ sections: [Range<UInt64>]) -> [UInt64] {
        var next = UInt64.max
        var ends = [UInt64](repeating: 0, count: symbols.count)
        for index in symbols.indices.reversed() {
            let symbol = symbols[index]
            if index + 1 < symbols.count, symbols[index + 1].address > symbol.address {
                next = symbols[index + 1].address
            }
            let section = sections.last { $0.contains(symbol.address) }
            ends[index] = end(of: symbol, next: next, sectionEnd: section?.upperBound)
        }
        return ends
    }

    private static func end(of symbol: Symbol, next: UInt64, sectionEnd: UInt64?) -> UInt64 {
        guard let length = symbol.size ?? (sectionEnd == nil ? 1 : nil) else {
            return min(next, sectionEnd ?? next)
        }
        let (end, overflow) = symbol.address.addingReportingOverflow(max(length, 1))
        return min(overflow ? .max : end, sectionEnd ?? .max)
    }

    private static func enclosing(_ addresses: [UInt64], _ ends: [UInt64]) -> [Int?] {
        var enclosing = [Int?](repeating: nil, count: addresses.count)
        var open: [Int] = []
        for index in addresses.indices {
            while let last = open.last, ends[last] <= addresses[index] { open.removeLast() }
            enclosing[index] = open.last { addresses[$0] < addresses[index] }
            open.append(index)
        }
        return enclosing
    }
}
