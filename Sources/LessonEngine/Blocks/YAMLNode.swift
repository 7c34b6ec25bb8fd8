/// A piece of YAML: scalars as the author wrote them, each with its place in the file.
struct YAMLNode: Sendable {
    enum Content: Sendable {
        /// `isPlain` when it is not in quotation marks and no `|` or `>` block.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    let content: Content
    let location: SourceLocation

    /// What an error message calls it.
    var shape: String {
        switch content {
        case .scalar: "a text"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }

    /// Every text in it, keys excepted, in the author's order.
    var texts: [Located<String>] {
        switch content {
        case .scalar(let text, _): [Located(text, at: location)]
        case .sequence(let nodes): nodes.flatMap(\.texts)
        case .mapping(let entries): entries.flatMap(\.value.texts)
        }
    }

    /// `key:` with nothing behind it.
    var isMissingValue: Bool {
        if case .scalar("", isPlain: true) = content { true } else { false }
    }
}

/// One `key: value` of a mapping.
struct YAMLEntry: Sendable {
    let key: Located<String>
    let value: YAMLNode
}
