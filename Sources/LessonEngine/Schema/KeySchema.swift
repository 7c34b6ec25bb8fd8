/// A key of the format: what it is for and what may stand under it. The JSON Schemas for editors and the instructors'
/// reference are made from these; a test holds them against the keys that the loader reads.
public struct KeySchema: Hashable, Sendable {
    /// As authors write it.
    public let name: String
    /// Whether the mapping is no good without it.
    public let isRequired: Bool
    /// What may stand under it.
    public let value: ValueSchema
    /// One line of Markdown for the reference.
    public let summary: String

    /// A key that may be left out.
    public static func optional(_ name: String, _ value: ValueSchema, _ summary: String) -> KeySchema {
        KeySchema(name: name, isRequired: false, value: value, summary: summary)
    }

    /// A key that must be there.
    public static func required(_ name: String, _ value: ValueSchema, _ summary: String) -> KeySchema {
        KeySchema(name: name, isRequired: true, value: value, summary: summary)
    }
}

/// The shape of a value.
public indirect enum ValueSchema: Hashable, Sendable {
    /// Any scalar, read as it was written.
    case text
    /// A WinDbg expression.
    case expression
    /// Prose in Markdown.
    case markdown
    /// Letters, digits, `-`, `_` and `.`, beginning with a letter or digit, at most 64.
    case identifier
    /// A whole decimal number.
    case number(ClosedRange<Int>)
    /// `yes` or `no`.
    case flag
    /// One of these words.
    case word([String])
    /// A list; one item may stand without the list.
    case list(ValueSchema)
    /// A mapping with these keys and no others.
    case mapping([KeySchema])
    /// One shape or the other.
    case either(ValueSchema, ValueSchema)
    /// A mapping of names that the author chooses.
    case named(ValueSchema)
}
