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
    /// (`asm`, `text`, nothing) is plain code.
    func isMeantAsBlock(in registry: Registry) -> Bool {
        registry.blocks[name] != nil || attributes.contains { $0.key == "id" } || nearestKind(in: registry) != nil
    }

    func nearestKind(in registry: Registry) -> String? { didYouMean(name, among: registry.blocks.keys.sorted()) }
}
