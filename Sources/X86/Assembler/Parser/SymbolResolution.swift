/// After the source is read: names that stand for sections, and names that stand for nothing.
extension SourceParser {
    /// `section.NAME.start` is a section's load address, `section.NAME.vstart` what its labels count from.
    func resolveSectionSymbols() {
        for (index, entry) in symbols.entries.enumerated() where entry.definition == .none {
            guard entry.name.hasPrefix("section."), let base = sectionBase(entry.name.dropFirst(8)) else { continue }
            symbols.setPredefined(
                index, to: LinearValue(0, terms: [.init(base: base, coefficient: 1, isScaled: false)]))
        }
    }

    private func sectionBase(_ name: Substring) -> LinearValue.Base? {
        if name.hasSuffix(".vstart") {
            return sections.index(of: String(name.dropLast(7))).map(LinearValue.Base.section)
        }
        guard name.hasSuffix(".start") else { return nil }
        return sections.index(of: String(name.dropLast(6))).map(LinearValue.Base.sectionLoad)
    }

    /// Reports each undefined name once, where it is used first.
    func reportUndefinedSymbols() {
        let unknown = symbols.entries.filter { $0.definition == .none }
        guard !unknown.isEmpty else { return }
        for entry in unknown {
            let note = map.suggestion(for: entry.name) { symbols.definedNames + preprocessor.definitions.keys }
            map.report(Problem("symbol `\(entry.name)` is not defined", at: entry.position, note: note))
        }
    }
}
