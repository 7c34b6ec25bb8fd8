// Lists, mappings, and prose.
extension Fields {
    /// The texts of a list; a single text counts as a list of one. Empty when the key is not there.
    public mutating func strings(_ key: String) -> [Located<String>] {
        guard let node = node(key) else { return [] }
        return list(node).compactMap { string($0, of: key) }
    }

    /// Prose in Markdown, or an empty list when the key is not there.
    public mutating func markdown(_ key: String) -> [MarkdownBlock] {
        string(key).map(markdown) ?? []
    }

    /// Prose in Markdown that must be there and must not be blank.
    public mutating func requiredMarkdown(_ key: String) -> [MarkdownBlock]? {
        requiredString(key).map(markdown)
    }

    /// A text read as Markdown.
    public func markdown(_ text: Located<String>) -> [MarkdownBlock] {
        MarkdownParser(context: context, scalar: text).parse().map(\.block)
    }

    /// A text read as Markdown of a single paragraph; anything else stays as it was written.
    public func inlines(_ text: Located<String>) -> [Inline] {
        guard case .paragraph(let inlines)? = markdown(text).first else { return [.text(text.value)] }
        return inlines
    }

    /// Reads the mapping under `key` with `read`, which must ask for every key that the mapping can have.
    public mutating func mapping<Value>(_ key: String, _ read: (inout Fields) -> Value?) -> Value? {
        guard let node = node(key) else { return nil }
        return nested(node, of: key, read)
    }

    /// Reads each mapping of the list under `key` with `read`; a single mapping counts as a list of one.
    public mutating func mappings<Value>(_ key: String, _ read: (inout Fields) -> Value?) -> [Value] {
        guard let node = node(key) else { return [] }
        return list(node).compactMap { nested($0, of: key, read) }
    }

    /// Reads each item of the list under `key`: a text with `text`, a mapping with `mapping`.
    public mutating func items<Value>(
        _ key: String, text: (Located<String>) -> Value?, mapping: (inout Fields) -> Value?
    ) -> [Value] {
        guard let node = node(key) else { return [] }
        return list(node).compactMap { item in
            if case .scalar(let written, _) = item.content { return text(Located(written, at: item.location)) }
            return nested(item, of: key, mapping)
        }
    }

    /// The pairs of a mapping whose keys the author chooses, in the author's order.
    public mutating func pairs(_ key: String) -> [(key: Located<String>, value: Located<String>)] {
        guard let node = node(key) else { return [] }
        guard case .mapping(let entries) = node.content else {
            reportShape(node, of: key, wanted: "a mapping")
            return []
        }
        return entries.compactMap { entry in
            string(entry.value, of: entry.key.value).map { (entry.key, $0) }
        }
    }

    private func list(_ node: YAMLNode) -> [YAMLNode] {
        if case .sequence(let items) = node.content { items } else { [node] }
    }

    private func nested<Value>(_ node: YAMLNode, of key: String, _ read: (inout Fields) -> Value?) -> Value? {
        guard case .mapping(let entries) = node.content else {
            reportShape(node, of: key, wanted: "a mapping")
            return nil
        }
        var fields = Fields(id: id, location: node.location, entries: entries, context: context)
        let value = read(&fields)
        fields.reportUnknownKeys(onlySlips: value == nil)
        return value
    }
}
