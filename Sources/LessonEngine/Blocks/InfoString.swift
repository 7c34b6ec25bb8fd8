import Spelling

/// What follows an opening fence: ```` ```trace id=door ````.
struct InfoString {
    let name: String
    /// The words after the name, split at their `=`; nil for a word without one.
    let attributes: [(key: String, value: String?)]

    init(_ text: String) {
        let words = text.split(whereSeparator: \.isWhitespace)
        name = words.first.map(String.init) ?? ""
        attributes = words.dropFirst().map { word in
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return (parts[0], parts.count > 1 ? parts[1] : nil)
        }
    }

    var id: String? { attributes.first { $0.key == "id" }?.value }

    /// Whether the author had an interactive block in mind: the name of one, a slip of it, or an id. Anything else
    /// (`nasm`, `text`, nothing) is plain code.
    func isMeantAsBlock(in registry: Registry) -> Bool {
        if hasID { return true }
        if let kind = registry.blocks[name] { return !kind.isText }
        return nearestKind(in: registry) != nil
    }

    /// Without an id, `nasm` is a language and no slip of `asm`.
    func nearestKind(in registry: Registry) -> String? {
        let kinds = registry.blocks.values.filter { hasID || !$0.isText }
        return didYouMean(name, among: kinds.map(\.name).sorted())
    }

    private var hasID: Bool { attributes.contains { $0.key == "id" } }
}
