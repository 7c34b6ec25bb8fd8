import Spelling

extension SymbolTable {
    /// The symbols whose names match a pattern, by address: `nt!Ki*`, `*!*Close`, `Nt*`.
    ///
    /// Without `!`, the pattern applies to bare names in every module.
    public func symbols(matching pattern: String) -> [Symbol] {
        let parts = pattern.split(separator: "!", maxSplits: 1, omittingEmptySubsequences: false)
        let name = WildcardPattern(symbol: String(parts.last ?? ""))
        guard parts.count == 2 else { return symbols.filter { name.matches($0.baseName) } }
        let module = WildcardPattern(String(parts[0]))
        return symbols.filter { module.matches($0.module) && name.matches($0.baseName) }
    }

    /// Names that begin with `prefix` in any case, sorted, no name twice.
    ///
    /// A prefix with `!` completes to full names, one without to bare names and to modules with their `!`.
    public func completions(of prefix: String, limit: Int = 100) -> [String] {
        SymbolCompleter(symbols).completions(of: prefix, limit: limit)
    }

    /// Full names that someone who typed `name` may have meant, best first.
    public func suggestions(for name: String, limit: Int = 3) -> [String] {
        let typed = Substring(name).lowercased()
        let allowed = min(2, typed.count / 3)
        let ranked = symbols.enumerated().compactMap { index, symbol -> (Int, Int)? in
            let candidate = typed.contains("!") ? symbol.name : String(symbol.baseName)
            let distance = editDistance(candidate.lowercased().utf8, typed.utf8, limit: allowed)
            return distance <= allowed ? (distance, index) : nil
        }
        return ranked.sorted(by: <).prefix(max(0, limit)).map { symbols[$0.1].name }
    }
}
