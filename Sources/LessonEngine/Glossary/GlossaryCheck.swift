import Spelling

/// Finds names that two terms share, and references to terms that the glossary does not have.
struct GlossaryCheck {
    let glossary: Glossary
    /// In the author's order.
    let entries: [GlossaryEntry]
    let see: [Located<String>]

    func check(report: (Diagnostic) -> Void) {
        reportDuplicates(report)
        for name in see where glossary.entry(name.value) == nil { report(unknown(name.value, at: name.location)) }
        for entry in entries {
            for target in entry.text.linkTargets where target.hasPrefix("#") && glossary.entry(target) == nil {
                report(unknown(String(target.dropFirst()), at: entry.location))
            }
        }
    }

    private func reportDuplicates(_ report: (Diagnostic) -> Void) {
        var owners: [String: Int] = [:]
        for (index, entry) in entries.enumerated() {
            for name in entry.names where !glossaryKey(name).isEmpty {
                let owner = owners[glossaryKey(name), default: index]
                owners[glossaryKey(name)] = owner
                if owner != index { report(taken(name, by: entries[owner], at: entry.location)) }
            }
        }
    }

    private func taken(_ name: String, by owner: GlossaryEntry, at place: SourceLocation) -> Diagnostic {
        .error(
            .badGlossary, at: place, "the name `\(name)` is taken by the term in line \(owner.location.line)",
            note: "case, blanks and hyphens do not tell two names apart")
    }

    private func unknown(_ name: String, at place: SourceLocation) -> Diagnostic {
        let near = didYouMean(name, among: glossary.names)
        return .error(
            .badGlossary, at: place, "the glossary has no term `\(name)`",
            note: near.map { "did you mean `\($0)`?" })
    }
}

extension [MarkdownBlock] {
    /// Where the links of a text lead.
    var linkTargets: [String] { flatMap(\.linkTargets) }
}

extension MarkdownBlock {
    var linkTargets: [String] {
        switch self {
        case .heading(_, let inlines), .paragraph(let inlines): inlines.flatMap(\.linkTargets)
        case .list(_, let items): items.flatMap(\.linkTargets)
        case .quote(let blocks): blocks.linkTargets
        case .table(_, let header, let rows): ([header] + rows).flatMap { $0.flatMap { $0.flatMap(\.linkTargets) } }
        case .code, .thematicBreak: []
        }
    }
}

extension Inline {
    var linkTargets: [String] {
        switch self {
        case .link(let inner, let url): [url] + inner.flatMap(\.linkTargets)
        case .emphasis(let inner), .strong(let inner), .strikethrough(let inner): inner.flatMap(\.linkTargets)
        case .text, .code, .image, .softBreak, .hardBreak, .live: []
        }
    }
}
