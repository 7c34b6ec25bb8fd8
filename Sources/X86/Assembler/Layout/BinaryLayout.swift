/// Places the sections of a flat binary as NASM's `bin` format does.
///
/// `progbits` sections follow each other in the file in the order of their definition, moved by `follows=` and
/// `start=`, each aligned to 4 bytes or its `align=`. A section's labels count from its `vstart=`, or from behind
/// the section that `vfollows=` names, or else from where it lies. `nobits` sections take no room in the file: each
/// stands behind the section defined before it, `.bss` behind the last one of the file.
struct BinaryLayout {
    struct Place {
        /// Load address; the file's bytes lie at load address minus origin.
        var start: UInt64 = 0
        /// What labels count from.
        var virtualStart: UInt64?
    }

    private let table: SectionTable
    private(set) var places: [Place]
    /// `progbits` sections in the order of the file.
    private(set) var fileOrder: [Int] = []
    private(set) var origin: UInt64 = 0

    /// Gaps and far-off `start=` attributes may not make the file larger than this.
    static let maximumFileSize: UInt64 = 16 << 20

    init(_ table: SectionTable, origin: UInt32?) throws(Problem) {
        self.table = table
        places = Array(repeating: Place(), count: table.count)
        try checkNobits()
        fileOrder = try sortedByStart(try sortedByFollows())
        try placeProgbits(origin: origin.map(UInt64.init))
        try placeVirtually()
        try checkRange()
    }

    func virtualStart(_ index: Int) -> UInt64 { places[index].virtualStart ?? 0 }

    /// Where a section's bytes begin in the file.
    func fileOffset(_ index: Int) -> Int { Int(clamping: places[index].start &- origin) }

    // MARK: Order

    private func checkNobits() throws(Problem) {
        for section in table.sections where section.isNobits {
            let isReal = section.start != nil || section.align != nil || section.follows != nil
            let isVirtual = section.virtualStart != nil || section.virtualAlign != nil || section.virtualFollows != nil
            if isReal && isVirtual {
                throw problem(
                    "nobits section `\(section.name)` mixes real and virtual attributes", section,
                    note: "use start=, align=, follows= or their v- forms, not both; `align` statements count as align="
                )
            }
        }
    }

    /// The order of definition, with each `follows=` section and those behind it moved to its place.
    private func sortedByFollows() throws(Problem) -> [Int] {
        var order = table.sections.indices.filter { !table[$0].isNobits }
        var taken: [String: String] = [:]
        for leader in order {
            guard let target = table[leader].follows else { continue }
            if let other = taken.updateValue(table[leader].name, forKey: target) {
                throw problem("`\(other)` already follows section `\(target)`", table[leader])
            }
            let group = group(of: leader, in: order)
            let rest = order.filter { !group.contains($0) }
            guard let place = rest.firstIndex(where: { table[$0].name == target }) else {
                throw problem("section `\(table[leader].name)` cannot follow `\(target)`", table[leader])
            }
            order = Array(rest[...place]) + group + Array(rest[(place + 1)...])
        }
        return order
    }

    /// A section and those behind it that have no place of their own.
    private func group(of leader: Int, in order: [Int]) -> [Int] {
        guard let position = order.firstIndex(of: leader) else { return [leader] }
        let members = order[(position + 1)...].prefix { table[$0].follows == nil && table[$0].start == nil }
        return [leader] + members
    }

    private func sortedByStart(_ order: [Int]) throws(Problem) -> [Int] {
        var sorted: [Int] = []
        var rest = order[...]
        while let leader = rest.first {
            let end = rest.dropFirst().firstIndex { table[$0].start != nil } ?? rest.endIndex
            let start = table[leader].start ?? 0
            let place = sorted.firstIndex { table[$0].start.map { start < $0 } ?? false } ?? sorted.endIndex
            sorted.insert(contentsOf: rest[..<end], at: place)
            rest = rest[end...]
        }
        return sorted
    }

    // MARK: Load addresses

    private mutating func placeProgbits(origin given: UInt64?) throws(Problem) {
        guard let first = fileOrder.first else { return }
        placeFirst(first, origin: given)
        var end = places[first].start
        var last: Int?
        for index in fileOrder {
            let section = table[index]
            if index != first {
                places[index].start = section.start ?? Self.align(end, to: section.align ?? 4)
            }
            places[index].virtualStart = ownVirtualStart(section, start: places[index].start, end: end)
            guard section.size > 0 else { continue }
            guard places[index].start >= end else {
                let other = last.map { "section `\(table[$0].name)`" } ?? "the origin"
                throw problem("section `\(section.name)` overlaps \(other)", section)
            }
            end = places[index].start &+ UInt64(section.size)
            last = index
        }
        guard end &- origin <= Self.maximumFileSize else {
            throw problem("the file would be larger than 16 MiB", table[last ?? first])
        }
    }

    private mutating func placeFirst(_ first: Int, origin given: UInt64?) {
        let section = table[first]
        places[first].start = section.start ?? given.map { Self.align($0, to: section.align ?? 1) } ?? 0
        origin = given ?? places[first].start
    }

    private func ownVirtualStart(_ section: SectionTable.Section, start: UInt64, end: UInt64) -> UInt64? {
        if let virtualStart = section.virtualStart { return virtualStart }
        if section.virtualFollows != nil { return nil }
        return section.virtualAlign.map { Self.align(end, to: $0) } ?? start
    }

    // MARK: Virtual addresses

    /// Sections that follow others get their address once those have theirs.
    private mutating func placeVirtually() throws(Problem) {
        let nobits = table.sections.indices.filter { table[$0].isNobits }
        for index in nobits { places[index].virtualStart = table[index].virtualStart ?? table[index].start }
        var waiting = (fileOrder + nobits).filter { places[$0].virtualStart == nil }
        while !waiting.isEmpty {
            let before = waiting.count
            for index in waiting {
                guard let address = try addressBehind(index) else { continue }
                places[index].virtualStart = address
            }
            waiting.removeAll { places[$0].virtualStart != nil }
            guard waiting.count < before else {
                throw problem("`vfollows` goes round in a circle", table[waiting[0]])
            }
        }
        for index in nobits { places[index].start = virtualStart(index) }
    }

    private func addressBehind(_ index: Int) throws(Problem) -> UInt64? {
        let section = table[index]
        let name = section.virtualFollows ?? (section.isNobits ? section.follows : nil)
        var target = name.flatMap(table.index(of:))
        if let name, target == nil {
            throw problem("section `\(section.name)` follows the unknown section `\(name)`", section)
        }
        target = target ?? section.previous ?? fileOrder.last
        guard let target, let start = places[target].virtualStart else { return nil }
        let alignment = section.virtualAlign ?? (section.isNobits ? section.align : nil) ?? 4
        return Self.align(start &+ UInt64(table[target].size), to: alignment)
    }

    private func checkRange() throws(Problem) {
        for (section, place) in zip(table.sections, places) where section.size > 0 {
            let end = (place.virtualStart ?? 0) &+ UInt64(section.size)
            if end > 1 << 32 {
                throw problem("section `\(section.name)` reaches beyond address FFFFFFFFh", section)
            }
        }
    }

    private func problem(_ message: String, _ section: SectionTable.Section, note: String? = nil) -> Problem {
        Problem(message, at: section.position ?? .start, note: note)
    }

    private static func align(_ address: UInt64, to alignment: UInt64) -> UInt64 {
        (address &+ alignment &- 1) & ~(alignment &- 1)
    }
}
