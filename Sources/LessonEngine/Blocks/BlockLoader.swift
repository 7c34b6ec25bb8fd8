/// Makes the interactive blocks of one lesson.
struct BlockLoader {
    let context: LoadContext
    private var locations: [String: SourceLocation] = [:]

    init(context: LoadContext) { self.context = context }

    /// The block that `info` announces, or nil when it cannot be made; the reasons are then reported.
    /// - Parameters:
    ///   - fence: the opening fence.
    ///   - body: the lines of its YAML, counted from 1.
    mutating func block(_ info: InfoString, fence: SourceLocation, body: Range<Int>) -> (any Block)? {
        guard let kind = context.registry.blocks[info.name] else {
            reportUnknown(info, at: fence)
            return nil
        }
        let id = id(of: info, at: fence)
        guard let entries = kind.isText ? [] : entries(body, of: kind.name, at: fence) else { return nil }
        var fields = Fields(id: id ?? "line-\(fence.line)", location: fence, entries: entries, context: context)
        let block = kind.makeBlock(&fields)
        fields.reportUnknownKeys(onlySlips: block == nil)
        return id == nil ? nil : block
    }

    private func reportUnknown(_ info: InfoString, at fence: SourceLocation) {
        let known = context.registry.blocks.keys.sorted()
        let near = info.nearestKind(in: context.registry)
        context.report(
            .error(
                .unknownBlock, at: fence, "there is no kind of block called `\(info.name)`",
                note: near.map { "did you mean `\($0)`?" } ?? "the kinds are \(known.joined(separator: ", "))"))
    }

    private mutating func id(of info: InfoString, at fence: SourceLocation) -> String? {
        if let extra = info.attributes.first(where: { $0.key != "id" }) {
            context.report(
                .error(
                    .badInfoString, at: fence, "`\(extra.key)` cannot stand in the line that opens a block",
                    note: "write `\(info.name) id=some-id` there, and all else in the block"))
        }
        guard let id = info.id, !id.isEmpty else {
            context.report(
                .error(
                    .missingID, at: fence, "this `\(info.name)` block has no id",
                    note: "write `\(info.name) id=some-id`; the learner's progress hangs on it"))
            return nil
        }
        guard isIdentifier(id) else {
            context.report(
                .error(
                    .badInfoString, at: fence, "`\(id)` cannot be an id",
                    note: "use letters, digits and hyphens, for example `eax-at-the-door`"))
            return nil
        }
        guard locations[id] == nil else {
            let first = locations[id].map { "line \($0.line)" } ?? ""
            context.report(
                .error(
                    .duplicateID, at: fence, "the id `\(id)` is taken by the block in \(first)",
                    note: "give each block of a lesson an id of its own"))
            return nil
        }
        locations[id] = fence
        return id
    }

    private func entries(_ body: Range<Int>, of kind: String, at fence: SourceLocation) -> [YAMLEntry]? {
        let before = context.diagnostics.count
        guard let root = YAMLReader(context: context, lines: body).read() else {
            if context.diagnostics.count > before { return nil }
            return []
        }
        if root.isMissingValue { return [] }
        guard case .mapping(let entries) = root.content else {
            context.report(
                .error(
                    .badType, at: root.location, "a `\(kind)` block holds `key: value` lines, not \(root.shape)"))
            return nil
        }
        return entries
    }
}
