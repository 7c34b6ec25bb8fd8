/// A JSON Schema (draft 7, which editors' YAML plug-ins know) for a part of the format.
public struct JSONSchema: Sendable {
    /// The file's text.
    public let text: String

    /// For a mapping with the keys of `keys` and no others.
    public init(title: String, keys: [KeySchema]) {
        text = JSONValue.object(Self.head(title) + Self.mapping(keys)).text() + "\n"
    }

    /// For a mapping whose key `type` decides which other keys it has.
    public init(title: String, keysByType: [(type: String, keys: [KeySchema])]) {
        let types = keysByType.map { JSONValue.string($0.type) }
        let choices = keysByType.map { type, keys in
            JSONValue.object([
                ("if", .object([("properties", .object([("type", .object([("const", .string(type))]))]))])),
                ("then", .object(Self.mapping(keys))),
            ])
        }
        let root: [(String, JSONValue)] = [
            ("type", .string("object")), ("properties", .object([("type", .object([("enum", .array(types))]))])),
            ("required", .array([.string("type")])), ("allOf", .array(choices)),
        ]
        text = JSONValue.object(Self.head(title) + root).text() + "\n"
    }

    private static func head(_ title: String) -> [(String, JSONValue)] {
        [("$schema", .string("http://json-schema.org/draft-07/schema#")), ("title", .string(title))]
    }

    private static func mapping(_ keys: [KeySchema]) -> [(String, JSONValue)] {
        let required = keys.filter(\.isRequired).map { JSONValue.string($0.name) }
        return [
            ("type", .string("object")),
            (
                "properties",
                .object(keys.map { ($0.name, .object([("description", .string($0.summary))] + value($0.value))) })
            ),
        ] + (required.isEmpty ? [] : [("required", .array(required))]) + [("additionalProperties", .flag(false))]
    }

    /// What a plain YAML scalar can become before a validator sees it. The program itself reads it as it was written.
    private static let scalar: [(String, JSONValue)] = [
        ("type", .array([.string("string"), .string("number"), .string("boolean")]))
    ]

    private static func value(_ schema: ValueSchema) -> [(String, JSONValue)] {
        switch schema {
        case .text, .expression, .markdown: scalar
        case .identifier:
            [("type", .array([.string("string"), .string("integer")])), ("pattern", .string(identifier))]
        case .number(let range): number(range)
        case .flag:
            [("enum", .array([.flag(true), .flag(false)] + ["yes", "no", "true", "false"].map { .string($0) }))]
        case .word(let words): [("enum", .array(words.flatMap(constants)))]
        case .list(let item): anyOf(value(item), [("type", .string("array")), ("items", .object(value(item)))])
        case .mapping(let keys): mapping(keys)
        case .either(let first, let second): anyOf(value(first), value(second))
        case .named(let item): [("type", .string("object")), ("additionalProperties", .object(value(item)))]
        }
    }

    private static let identifier = "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"

    private static func number(_ range: ClosedRange<Int>) -> [(String, JSONValue)] {
        let end: [(String, JSONValue)] = range.upperBound == .max ? [] : [("maximum", .number(range.upperBound))]
        return [("type", .string("integer")), ("minimum", .number(range.lowerBound))] + end
    }

    /// `1` without quotation marks is a number to a validator.
    private static func constants(_ word: String) -> [JSONValue] {
        [.string(word)] + (Int(word).map { [.number($0)] } ?? [])
    }

    private static func anyOf(_ choices: [(String, JSONValue)]...) -> [(String, JSONValue)] {
        [("anyOf", .array(choices.map { .object($0) }))]
    }
}
