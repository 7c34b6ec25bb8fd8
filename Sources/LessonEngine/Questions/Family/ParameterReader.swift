import Spelling

/// Reads the key `vary`:
///
///     vary:
///       handle: 4..0xfc step 4                 a number of the range, written as its end is
///       service: [NtClose, NtYieldExecution]   one of the texts
///       other: one of services                 one of a list that the registry has
///       door:                                  one of the mappings; $(door.machine), $(door.at)
///         - {machine: int2e, at: nt!KiSystemService}
///         - {machine: sysenter, at: nt!KiFastCallEntry}
struct ParameterReader {
    let fields: Fields

    /// The parameters that can be used; whatever is wrong with the others is reported.
    static func parameters(_ fields: inout Fields) -> [Parameter] {
        guard let node = fields.node("vary") else { return [] }
        guard case .mapping(let entries) = node.content else {
            fields.reportShape(node, of: "vary", wanted: "a mapping of names to lists or ranges")
            return []
        }
        let reader = ParameterReader(fields: fields)
        return entries.compactMap(reader.parameter)
    }

    private func parameter(_ entry: YAMLEntry) -> Parameter? {
        let name = entry.key
        guard isIdentifier(name.value), !name.value.contains(".") else {
            report(name.location, "`\(name.value)` cannot be a parameter", "use letters, digits and hyphens")
            return nil
        }
        switch entry.value.content {
        case .sequence(let nodes): return items(nodes, entry).map { Parameter(name: name, values: .items($0)) }
        case .scalar(let text, _):
            let place = entry.value.location
            let values = Self.isNamedList(text) ? namedList(text, at: place) : range(text, at: place)
            return values.map { Parameter(name: name, values: $0) }
        case .mapping:
            report(entry.value.location, "a parameter is a list or a range, not a mapping", Self.example)
            return nil
        }
    }

    private static let example = "write a range such as 1..0xffff, or a list such as [NtClose, NtOpenFile]"

    func report(_ place: SourceLocation, _ message: String, _ note: String?) {
        fields.report(.badParameter, at: place, message, note: note)
    }
}

// Ranges.
extension ParameterReader {
    /// `1..0xffff`, `1…0xffff`, `4..0xfc step 4`
    private func range(_ text: String, at place: SourceLocation) -> Parameter.Values? {
        let parts = text.replacing("…", with: "..").split(separator: " step ", omittingEmptySubsequences: false)
        let ends = parts.first.map { $0.split(separator: "..", omittingEmptySubsequences: false) } ?? []
        let step = parts.count == 2 ? WrittenNumber(String(parts[1])) : WrittenNumber(1, .plain)
        guard parts.count <= 2, ends.count == 2, let first = WrittenNumber(String(ends[0])),
            let last = WrittenNumber(String(ends[1])), let step
        else {
            report(place, "`\(text)` is no range of numbers", Self.example)
            return nil
        }
        guard step.value > 0, first.value + step.value <= last.value else {
            report(place, "the range `\(text)` holds no two numbers", "begin with the smaller one, as in 1..20")
            return nil
        }
        let count = (last.value - first.value) / step.value + 1
        return .numbers(first: first.value, step: step.value, count: count, last.notation)
    }
}

// Lists.
extension ParameterReader {
    private func items(_ nodes: [YAMLNode], _ entry: YAMLEntry) -> [[String: String]]? {
        let items = nodes.compactMap(item)
        guard items.count == nodes.count else { return nil }
        guard Set(items).count > 1 else {
            report(entry.value.location, "`\(entry.key.value)` has no two values to choose from", Self.example)
            return nil
        }
        for (item, node) in zip(items, nodes) where item.keys != items[0].keys {
            report(
                node.location, "this item has not the same keys as the first one",
                "give every item \(items[0].keys.sorted().map { $0.isEmpty ? "as a text" : $0 }.joined(separator: ", "))"
            )
            return nil
        }
        return items
    }

    private func item(_ node: YAMLNode) -> [String: String]? {
        switch node.content {
        case .scalar(let text, _):
            guard !text.trimmed.isEmpty else {
                report(node.location, "a parameter cannot be empty", nil)
                return nil
            }
            return ["": text]
        case .mapping(let entries): return record(entries, node)
        case .sequence:
            report(node.location, "an item is a text or a mapping of texts, not a list", Self.example)
            return nil
        }
    }

    private func record(_ entries: [YAMLEntry], _ node: YAMLNode) -> [String: String]? {
        var record: [String: String] = [:]
        for entry in entries {
            guard case .scalar(let text, _) = entry.value.content, isIdentifier(entry.key.value) else {
                report(entry.value.location, "an item is a text or a mapping of names to texts", Self.example)
                return nil
            }
            record[entry.key.value] = text
        }
        guard !record.isEmpty else {
            report(node.location, "a parameter cannot be empty", nil)
            return nil
        }
        return record
    }
}
