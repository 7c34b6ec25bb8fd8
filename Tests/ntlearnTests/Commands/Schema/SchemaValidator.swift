import Foundation
import Yams

/// As much of JSON Schema, draft 7, as the schemas of this program use. What it does not know it refuses to overlook.
struct SchemaValidator {
    private let root: [String: Any]

    init(_ text: String) throws {
        // JSON is YAML, and Foundation's reader does not tell true from 1 on every system.
        guard let root = try Yams.load(yaml: text) as? [String: Any] else {
            throw HarnessError("a schema is an object")
        }
        self.root = root
    }

    /// What is wrong with a value, each problem with its path; empty if it is valid.
    func problems(_ value: Any) -> [String] { problems(value, root, "") }

    private func problems(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
        schema.sorted { $0.key < $1.key }.flatMap { keyword, rule -> [String] in
            switch (keyword, rule) {
            case ("type", let name as String): check([name].contains { isA(value, $0) }, "\(path) is no \(name)")
            case ("type", let names as [String]):
                check(names.contains { isA(value, $0) }, "\(path) is none of \(names)")
            case ("enum", let allowed as [Any]): check(allowed.contains { equal($0, value) }, "\(path) is not listed")
            case ("const", let wanted): check(equal(wanted, value), "\(path) is not \(wanted)")
            case ("pattern", let pattern as String): matches(value, pattern, path)
            case ("minimum", let limit as Int): check((value as? Int ?? limit) >= limit, "\(path) is below \(limit)")
            case ("maximum", let limit as Int): check((value as? Int ?? limit) <= limit, "\(path) is above \(limit)")
            case ("required", let keys as [String]): missing(keys, in: value, path)
            case ("properties", let rules as [String: [String: Any]]): members(value, rules, path)
            case ("additionalProperties", _): others(value, schema, path)
            case ("items", let item as [String: Any]): items(value, item, path)
            case ("anyOf", let choices as [[String: Any]]):
                check(choices.contains { problems(value, $0, path).isEmpty }, "\(path) fits no alternative")
            case ("allOf", let parts as [[String: Any]]): parts.flatMap { problems(value, $0, path) }
            case ("if", let condition as [String: Any]):
                problems(value, condition, path).isEmpty
                    ? problems(value, schema["then"] as? [String: Any] ?? [:], path) : []
            case ("then", _), ("$schema", _), ("title", _), ("description", _): []
            default: ["the validator does not know \(keyword)"]
            }
        }
    }

    private func check(_ isGood: Bool, _ problem: String) -> [String] { isGood ? [] : [problem] }

    private func isBool(_ value: Any) -> Bool { type(of: value) == Bool.self }

    private func isA(_ value: Any, _ type: String) -> Bool {
        switch type {
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "string": value is String
        case "boolean": isBool(value)
        case "integer": value is Int && !isBool(value)
        case "number": (value is Int || value is Double) && !isBool(value)
        default: false
        }
    }

    private func equal(_ first: Any, _ second: Any) -> Bool {
        if let first = first as? String { return first == second as? String }
        if isBool(first) || isBool(second) { return isBool(first) && isBool(second) && "\(first)" == "\(second)" }
        return (first as? Int).map { $0 == second as? Int } ?? false
    }

    private func matches(_ value: Any, _ pattern: String, _ path: String) -> [String] {
        guard let text = value as? String else { return [] }
        let found = text.range(of: pattern, options: .regularExpression) != nil
        return check(found, "\(path) does not match \(pattern)")
    }

    private func missing(_ keys: [String], in value: Any, _ path: String) -> [String] {
        guard let object = value as? [String: Any] else { return [] }
        return keys.filter { object[$0] == nil }.map { "\(path)/\($0) is missing" }
    }

    private func members(_ value: Any, _ rules: [String: [String: Any]], _ path: String) -> [String] {
        guard let object = value as? [String: Any] else { return [] }
        return object.flatMap { key, member in rules[key].map { problems(member, $0, "\(path)/\(key)") } ?? [] }
    }

    private func others(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
        guard let object = value as? [String: Any] else { return [] }
        let known = (schema["properties"] as? [String: Any])?.keys.map { $0 } ?? []
        let others = object.filter { !known.contains($0.key) }
        if let rule = schema["additionalProperties"] as? [String: Any] {
            return others.flatMap { problems($0.value, rule, "\(path)/\($0.key)") }
        }
        return others.keys.sorted().map { "\(path)/\($0) is unknown" }
    }

    private func items(_ value: Any, _ rule: [String: Any], _ path: String) -> [String] {
        guard let items = value as? [Any] else { return [] }
        return items.enumerated().flatMap { problems($0.element, rule, "\(path)/\($0.offset)") }
    }
}
