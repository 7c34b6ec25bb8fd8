import Spelling

/// Reads `glossary.md`: Markdown in which each heading of level 2 is a term.
///
///     ## Trap frame
///
///     Also: KTRAP_FRAME
///
///     What the kernel keeps of the user's registers …
///
///     See: [IRETD](#iretd), [gate](#gate)
///
/// What stands before the first term is for readers of the file itself.
struct GlossaryReader {
    private let context: LoadContext
    private var parts: [Part] = []

    /// A term and what follows its heading.
    private struct Part {
        let term: Located<String>
        var blocks: [ParsedBlock] = []
    }

    /// The glossary in `context`'s file; problems are reported to it.
    static func read(_ context: LoadContext) -> Glossary {
        var reader = GlossaryReader(context: context)
        reader.split()
        let entries = reader.parts.map(reader.entry)
        let glossary = Glossary(entries.map(\.entry))
        GlossaryCheck(glossary: glossary, entries: entries.map(\.entry), see: entries.flatMap(\.see)).check(
            report: context.report)
        return glossary
    }

    private init(context: LoadContext) { self.context = context }

    private mutating func split() {
        for parsed in MarkdownParser(context: context, from: 1).parse() {
            let place = context.source.location(line: parsed.lines.first)
            reportBlock(parsed, at: place)
            if case .heading(level: 2, let inlines) = parsed.block {
                parts.append(Part(term: Located(inlines.plainText.trimmed, at: place)))
            } else if !parts.isEmpty {
                parts[parts.count - 1].blocks.append(parsed)
            }
        }
    }

    /// Nothing runs in a glossary, so there is nothing that could give a value either.
    private func reportBlock(_ parsed: ParsedBlock, at place: SourceLocation) {
        if case .code(let info, _) = parsed.block, InfoString(info).isMeantAsBlock(in: context.registry) {
            context.report(
                .error(.nestedBlock, at: place, "a `\(InfoString(info).name)` block cannot stand in a glossary"))
        }
        for live in parsed.block.liveExpressions {
            context.report(
                .error(
                    .noLivePoint, at: live.location, "a glossary has no machine that could give a value",
                    note: "write the number, or leave it to a lesson"))
        }
    }

    private func entry(_ part: Part) -> (entry: GlossaryEntry, see: [Located<String>]) {
        var aliases: [Located<String>] = []
        var see: [Located<String>] = []
        var text: [MarkdownBlock] = []
        for parsed in part.blocks {
            if let names = names(in: parsed, behind: "Also:") {
                aliases += names
            } else if let names = names(in: parsed, behind: "See:") {
                see += names
            } else {
                text.append(parsed.block)
            }
        }
        if text.isEmpty {
            context.report(
                .error(.badGlossary, at: part.term.location, "the term `\(part.term.value)` is not explained"))
        }
        let entry = GlossaryEntry(
            term: part.term.value, aliases: aliases.map(\.value), text: text, see: see.map(\.value),
            location: part.term.location)
        return (entry, see)
    }

    /// The names of a paragraph such as `Also: KTRAP_FRAME, the frame`; nil for any other block.
    private func names(in parsed: ParsedBlock, behind label: String) -> [Located<String>]? {
        guard case .paragraph(let inlines) = parsed.block else { return nil }
        let text = inlines.plainText.trimmed
        guard text.hasPrefix(label) else { return nil }
        let names = text.dropFirst(label.count).split(separator: ",").map { String($0).trimmed }
        return names.filter { !$0.isEmpty }.map { Located($0, at: place(of: $0, in: parsed.lines)) }
    }

    private func place(of name: String, in lines: (first: Int, last: Int)) -> SourceLocation {
        for number in lines.first...max(lines.first, lines.last) where number <= context.source.lines.count {
            let line = context.source.lines[number - 1]
            guard let range = line.firstRange(of: name) else { continue }
            return context.source.location(
                line: number, column: line.unicodeScalars.distance(from: line.startIndex, to: range.lowerBound) + 1)
        }
        return context.source.location(line: lines.first)
    }
}
