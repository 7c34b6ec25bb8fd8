import Foundation

/// The rules of the Experience API 1.0.3, part two, section 2, as far as our statements use it.
enum XAPIRules {
    private static let allowed: [String: Set<String>] = [
        "statement": [
            "id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority", "version",
            "attachments",
        ],
        "actor": ["objectType", "name", "mbox", "mbox_sha1sum", "openid", "account"],
        "account": ["homePage", "name"], "verb": ["id", "display"], "object": ["objectType", "id", "definition"],
        "definition": [
            "name", "description", "type", "moreInfo", "extensions", "interactionType", "correctResponsesPattern",
            "choices", "scale", "source", "target", "steps",
        ],
        "result": ["score", "success", "completion", "response", "duration", "extensions"],
        "context": [
            "registration", "instructor", "team", "contextActivities", "revision", "platform", "language", "statement",
            "extensions",
        ],
        "contextActivities": ["parent", "grouping", "category", "other"],
    ]

    static func violations(of statement: [String: Any]) -> [String] {
        keys(statement, "statement") + actor(statement["actor"]) + verb(statement["verb"])
            + activity(statement["object"]) + result(statement["result"]) + context(statement["context"])
            + identifier(statement["id"]) + time(statement["timestamp"])
    }

    /// 2.2: no null, no key that is not defined, no empty text for a key.
    private static func keys(_ object: [String: Any], _ kind: String) -> [String] {
        object.compactMap { key, value in
            if value is NSNull { return "\(kind).\(key) is null" }
            return allowed[kind]?.contains(key) == true ? nil : "\(kind).\(key) is not defined"
        }
    }

    /// 2.4.1: a UUID in its canonical form.
    private static func identifier(_ value: Any?) -> [String] {
        let text = value as? String ?? ""
        let form = /[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
        return text.wholeMatch(of: form) == nil ? ["id is no UUID: \(text)"] : []
    }

    /// 2.4.2: exactly one inverse functional identifier.
    private static func actor(_ value: Any?) -> [String] {
        guard let actor = value as? [String: Any] else { return ["there is no actor"] }
        let count = ["mbox", "mbox_sha1sum", "openid", "account"].count { actor[$0] != nil }
        let account = actor["account"] as? [String: Any] ?? [:]
        let home = account["homePage"] as? String ?? "https://x"
        return keys(actor, "actor") + keys(account, "account") + iri(home, "homePage")
            + (count == 1 ? [] : ["the actor has \(count) identifiers"])
    }

    /// 2.4.3
    private static func verb(_ value: Any?) -> [String] {
        guard let verb = value as? [String: Any] else { return ["there is no verb"] }
        return keys(verb, "verb") + iri(verb["id"], "verb.id") + languages(verb["display"], "verb.display")
    }

    /// 2.4.4.1
    private static func activity(_ value: Any?) -> [String] {
        guard let activity = value as? [String: Any] else { return ["there is no activity"] }
        var found = keys(activity, "object") + iri(activity["id"], "object.id")
        if let type = activity["objectType"] as? String, type != "Activity" { found.append("objectType is \(type)") }
        guard let definition = activity["definition"] as? [String: Any] else { return found }
        found += keys(definition, "definition") + iri(definition["type"], "definition.type")
        return found + languages(definition["name"], "definition.name")
    }

    /// 2.4.5
    private static func result(_ value: Any?) -> [String] {
        guard let result = value as? [String: Any] else { return [] }
        var found = keys(result, "result")
        for key in ["success", "completion"] where result[key] != nil && !(result[key] is Bool) {
            found.append("result.\(key) is no boolean")
        }
        return found + (result["response"].map { $0 is String } == false ? ["result.response is no text"] : [])
    }

    /// 2.4.6
    private static func context(_ value: Any?) -> [String] {
        guard let context = value as? [String: Any] else { return [] }
        let activities = context["contextActivities"] as? [String: Any] ?? [:]
        let listed = activities.values.flatMap { $0 as? [Any] ?? [] }.flatMap { activity($0) }
        let extensions = (context["extensions"] as? [String: Any] ?? [:]).keys.flatMap { iri($0, "an extension") }
        return keys(context, "context") + keys(activities, "contextActivities") + listed + extensions
    }

    /// 2.4.7 and 4.5: a time of ISO 8601, with its zone.
    private static func time(_ value: Any?) -> [String] {
        let text = value as? String ?? ""
        let form = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/
        return text.wholeMatch(of: form) == nil ? ["timestamp is no time: \(text)"] : []
    }

    /// An IRI has a scheme and no blank.
    private static func iri(_ value: Any?, _ name: String) -> [String] {
        let text = value as? String ?? ""
        return text.wholeMatch(of: /[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+/) == nil ? ["\(name) is no IRI"] : []
    }

    /// 4.2: RFC 5646 tags.
    private static func languages(_ value: Any?, _ name: String) -> [String] {
        guard let map = value as? [String: String], !map.isEmpty else { return ["\(name) is no language map"] }
        return map.keys.filter { $0.wholeMatch(of: /[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*/) == nil }.map {
            "\(name) has the tag \($0)"
        }
    }
}
