import Yams

/// Reads the YAML between two lines of a file. What is wrong goes to the context; nothing is thrown.
struct YAMLReader {
    /// Deeper than any key of the format; keeps recursion small.
    private static let deepest = 16
    /// No block of a lesson needs more; keeps the time for hostile YAML small.
    private static let mostScalars = 64 * 1024
    /// Stands for `*` when anchors are looked for; cannot occur in a ``SourceText``.
    private static let starStandIn = "\u{F8F2}"

    let context: LoadContext
    /// The line of the file, counted from 1, on which the YAML begins.
    let firstLine: Int
    let text: String

    /// The YAML of `lines`, counted from 1.
    init(context: LoadContext, lines: Range<Int>) {
        self.context = context
        firstLine = lines.lowerBound
        text = context.source.text(from: lines.lowerBound, through: lines.upperBound - 1)
    }

    /// The document, or nil when it is empty or cannot be read.
    func read() -> YAMLNode? {
        guard text.unicodeScalars.count <= Self.mostScalars else {
            context.report(.error(.tooLong, at: location(1, 1), "this YAML is longer than 64 KiB"))
            return nil
        }
        do {
            try refuseAnchors()
            return try parser(for: text).singleRoot().map { try convert($0, depth: 0) }
        } catch let refusal as Refusal {
            context.report(refusal.diagnostic)
        } catch let error as YamlError {
            context.report(diagnostic(for: error))
        } catch {
            context.report(.error(.yamlSyntax, at: location(1, 1), "the YAML cannot be read: \(error)"))
        }
        return nil
    }

    /// YAML that is well formed but that this program does not take.
    private struct Refusal: Error {
        let diagnostic: Diagnostic
    }

    /// Anchors are looked for in a copy without aliases: resolving aliases that nest can take exponential time.
    private func refuseAnchors() throws {
        guard text.contains("&") else { return }
        let pieces = text.split(separator: "*", omittingEmptySubsequences: false)
        let parser = try parser(for: pieces.joined(separator: Self.starStandIn))
        guard let root = try parser.singleRoot(), let mark = Self.firstAnchor(in: root) else { return }
        throw Refusal(diagnostic: aliasDiagnostic(at: location(mark.line, mark.column)))
    }

    /// Without resolver rules: they would read `No` as false, and cost a dozen regular expressions a scalar.
    private func parser(for text: String) throws -> Parser {
        try Parser(yaml: text, resolver: .basic, encoding: .utf8)
    }

    private static func firstAnchor(in node: Node) -> Mark? {
        if node.anchor != nil { return node.mark }
        switch node {
        case .scalar, .alias: return nil
        case .sequence(let sequence): return firstAnchor(among: Array(sequence))
        case .mapping(let mapping): return firstAnchor(among: mapping.flatMap { [$0.key, $0.value] })
        }
    }

    private static func firstAnchor(among nodes: [Node]) -> Mark? {
        for node in nodes {
            if let mark = firstAnchor(in: node) { return mark }
        }
        return nil
    }

    private func convert(_ node: Node, depth: Int) throws -> YAMLNode {
        let place = node.mark.map { location($0.line, $0.column) } ?? location(1, 1)
        guard depth < Self.deepest else { throw Refusal(diagnostic: tooDeep(at: place)) }
        try refuseTag(at: place)
        switch node {
        case .scalar(let scalar):
            if scalar.style == .plain { warnOfComment(behind: scalar.string, at: place) }
            return YAMLNode(
                content: .scalar(safe(scalar.string, at: place), isPlain: scalar.style == .plain), location: place)
        case .sequence(let sequence):
            let items = try sequence.map { try convert($0, depth: depth + 1) }
            return YAMLNode(content: .sequence(items), location: place)
        case .mapping(let mapping):
            if let text = bareLive(at: place) { return text }
            let entries = try mapping.compactMap { try entry($0, depth: depth + 1) }
            return YAMLNode(content: .mapping(entries), location: place)
        case .alias:
            throw Refusal(diagnostic: aliasDiagnostic(at: place))
        }
    }

    /// `!NtClose` is no text to YAML but a type without a value; the author meant the text. No other node begins with
    /// an exclamation mark.
    private func refuseTag(at place: SourceLocation) throws {
        guard context.source.lines.indices.contains(place.line - 1),
            context.source.lines[place.line - 1].unicodeScalars.dropFirst(place.column - 1).first == "!"
        else { return }
        throw Refusal(
            diagnostic: .error(
                .yamlTag, at: place, "YAML tags cannot be used here",
                note: "put a text that begins with ! into quotation marks"))
    }

    /// Nil when the key is no word; that is then reported.
    private func entry(_ pair: (key: Node, value: Node), depth: Int) throws -> YAMLEntry? {
        let key = try convert(pair.key, depth: depth)
        let value = try convert(pair.value, depth: depth)
        guard case .scalar(let name, _) = key.content else {
            context.report(.error(.badType, at: key.location, "a key must be a plain word, not \(key.shape)"))
            return nil
        }
        return YAMLEntry(key: Located(name, at: key.location), value: value)
    }

    /// To YAML, `{{ eax }}` without quotation marks is a mapping within a mapping; the author meant the text.
    private func bareLive(at place: SourceLocation) -> YAMLNode? {
        guard context.source.lines.indices.contains(place.line - 1) else { return nil }
        let written = context.source.lines[place.line - 1].unicodeScalars.dropFirst(place.column - 1)
        guard written.starts(with: "{{".unicodeScalars) else { return nil }
        context.report(
            .error(
                .badType, at: place, "a text that begins with {{ needs quotation marks", note: "write \"{{ … }}\""))
        return YAMLNode(content: .scalar(String(written), isPlain: false), location: place)
    }

    /// Escapes in quotation marks (`"\e"`) bring in characters that the file itself does not hold.
    private func safe(_ text: String, at place: SourceLocation) -> String {
        guard let bad = text.unicodeScalars.first(where: \.isUnsafe) else { return text }
        context.report(.controlCharacter(bad, at: place))
        return cleaned(text.unicodeScalars)
    }

    private func warnOfComment(behind text: String, at place: SourceLocation) {
        guard let mark = CutOffText(source: context.source).mark(behind: text, at: place) else { return }
        context.report(
            .warning(
                .yamlComment, at: mark, "to YAML, what stands behind this # is a comment",
                note: "put a text that holds a # behind a blank into quotation marks; write a comment as `# comment`"))
    }

    private func location(_ line: Int, _ column: Int) -> SourceLocation {
        // The end of the input counts as a line of its own, which need not exist in the file.
        let last = max(1, context.source.lines.count)
        return context.source.location(line: min(firstLine + line - 1, last), column: column)
    }
}

extension YAMLReader {
    private func diagnostic(for error: YamlError) -> Diagnostic {
        switch error {
        case .scanner(let around, let problem, let mark, _), .parser(let around, let problem, let mark, _),
            .composer(let around, let problem, let mark, _):
            diagnostic(problem, around: around?.text, at: mark)
        case .duplicatedKeysInMapping(let keys, let around):
            .error(
                .duplicateKey, at: location(around.mark.line, around.mark.column),
                "the key `\(cleaned((keys.first ?? "").unicodeScalars))` is given more than once in this mapping")
        case .reader(let problem, let offset, _, _):
            .error(.yamlSyntax, at: location(atOffset: offset ?? 0), "the YAML cannot be read: \(problem)")
        default:
            .error(.yamlSyntax, at: location(1, 1), "the YAML cannot be read")
        }
    }

    private func diagnostic(_ problem: String, around: String?, at mark: Mark) -> Diagnostic {
        let place = location(mark.line, mark.column)
        if problem.hasPrefix("Maximum nesting level") {
            return tooDeep(at: place)
        }
        if problem.contains("undefined alias") { return aliasDiagnostic(at: place) }
        let message = around.map { "\(problem) \($0)" } ?? problem
        return .error(.yamlSyntax, at: place, message, note: hint(problem, line: place.line))
    }

    private func hint(_ problem: String, line: Int) -> String? {
        let written = context.source.lines.indices.contains(line - 1) ? context.source.lines[line - 1] : ""
        if written.contains("{{") { return "put a text that begins with {{ into quotation marks" }
        // The mistake comes to light on the line behind the text that was cut off.
        let above = context.source.lines.indices.contains(line - 2) ? context.source.lines[line - 2] : ""
        if CutOffText.holdsMark(above) { return "put a text that holds a # behind a blank into quotation marks" }
        if written.contains("\t") { return "indent YAML with spaces, not with tabs" }
        if problem.contains("mapping values are not allowed") {
            return "put a text that holds a colon and a space into quotation marks"
        }
        if problem.contains("cannot start any token") { return "put the text into quotation marks" }
        return nil
    }

    private func tooDeep(at place: SourceLocation) -> Diagnostic {
        .error(.tooDeep, at: place, "this YAML is nested more than \(Self.deepest) levels deep")
    }

    private func aliasDiagnostic(at place: SourceLocation) -> Diagnostic {
        .error(
            .yamlAlias, at: place, "YAML anchors and aliases cannot be used here",
            note: "write the value out, or put a text that begins with & or * into quotation marks")
    }

    private func location(atOffset offset: Int) -> SourceLocation {
        let before = text.prefix(offset)
        let line = before.count { $0 == "\n" } + 1
        let start = before.lastIndex(of: "\n").map(before.index(after:)) ?? before.startIndex
        return location(line, before[start...].unicodeScalars.count + 1)
    }
}
