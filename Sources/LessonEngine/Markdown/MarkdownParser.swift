import Spelling

/// A top-level block of prose and the lines of the parsed text, counted from 1, that it takes up.
struct ParsedBlock {
    let block: MarkdownBlock
    let lines: (first: Int, last: Int)
    /// Set for code between fences.
    let fence: CMarkNode.Fence?
    /// False for code whose closing fence is missing.
    let isClosed: Bool
}

/// Turns Markdown into ``MarkdownBlock``s: text in, tree out, problems to the context.
struct MarkdownParser {
    /// Deeper emphasis, lists and quotations are cut off; keeps recursion small.
    private static let deepest = 24
    private static let widestCode = 80
    /// Lines to look through for where a link stands.
    private static let longestLinkParagraph = 100

    let context: LoadContext
    private let textLines: [Substring]
    private let marks: LiveMarks
    /// Where line 1 of the text stands in the file, or the one place that stands for the whole text.
    private let place: (_ line: Int, _ column: Int) -> SourceLocation
    /// Whether the text belongs to a key of a block, where no other block can stand.
    private let isInsideBlock: Bool

    /// The file's own prose from line `first` to its end.
    init(context: LoadContext, from first: Int) {
        let source = context.source
        self.init(
            context: context, text: source.text(from: first, through: source.lines.count), isInsideBlock: false,
            place: { source.location(line: first + $0 - 1, column: $1) },
            locate: { source.location(line: first + $0, column: $1 + 1) })
    }

    /// A text from YAML, whose lines are not those of the file.
    init(context: LoadContext, scalar: Located<String>) {
        let length = scalar.value.unicodeScalars.count
        let count = scalar.value.unicodeScalars.count { $0 == "{" } / 2
        // Each line of a YAML text leaves at least a space behind, its first and an empty last one excepted.
        var openers = context.source.openers(of: "{", from: scalar.location, count: count, lines: length + 2)[...]
        self.init(
            context: context, text: scalar.value, isInsideBlock: true,
            place: { _, _ in scalar.location },
            locate: { _, _ in openers.popFirst() ?? scalar.location })
    }

    private init(
        context: LoadContext, text: String, isInsideBlock: Bool, place: @escaping (Int, Int) -> SourceLocation,
        locate: (Int, Int) -> SourceLocation
    ) {
        let bounded = MarkdownLimits.apply(to: text) { code, line, message in
            context.report(.error(code, at: place(line + 1, 1), message))
        }
        self.context = context
        textLines = bounded.split(separator: "\n", omittingEmptySubsequences: false)
        self.isInsideBlock = isInsideBlock
        self.place = place
        marks = LiveMarks(bounded, locate: locate)
    }

    /// The text's blocks in order.
    func parse() -> [ParsedBlock] {
        let document = CMarkDocument(marks.marked)
        return document.blocks.compactMap { node in
            let fence = node.type == "code_block" ? node.fence : nil
            return block(node, depth: isInsideBlock ? 1 : 0).map {
                ParsedBlock(
                    block: $0, lines: node.lines, fence: fence, isClosed: fence.map { isClosed($0, node.lines) } ?? true
                )
            }
        }
    }
}

// Blocks.
extension MarkdownParser {
    private func blocks(_ nodes: [CMarkNode], depth: Int) -> [MarkdownBlock] {
        nodes.compactMap { block($0, depth: depth) }
    }

    private func block(_ node: CMarkNode, depth: Int) -> MarkdownBlock? {
        guard depth < Self.deepest else {
            context.report(.error(.tooDeep, at: place(node.lines.first, node.startColumn), "this is nested too deeply"))
            return nil
        }
        switch node.type {
        case "heading": return .heading(level: node.headingLevel, inlines(of: node, at: node.lines.first))
        case "paragraph": return .paragraph(inlines(of: node, at: node.lines.first))
        case "thematic_break": return .thematicBreak
        case "block_quote": return .quote(blocks(node.children, depth: depth + 1))
        case "list":
            return .list(start: node.listStart, items: node.children.map { blocks($0.children, depth: depth + 1) })
        case "table": return table(node)
        case "code_block": return code(node, isNested: depth > 0)
        case "html_block": return html(node)
        default: return nil
        }
    }

    private func code(_ node: CMarkNode, isNested: Bool) -> MarkdownBlock {
        let info = safe(marks.literal(node.info), at: node.lines.first)
        let text = safe(marks.literal(node.literal), at: node.lines.first)
        if let fence = node.fence, !isClosed(fence, node.lines) { reportUnclosed(node.lines.first) }
        let isBlock = InfoString(info).isMeantAsBlock(in: context.registry)
        if !isInsideBlock, !isBlock { reportWideLines(text, from: node.lines.first + (node.fence == nil ? 0 : 1)) }
        if isNested, isBlock {
            context.report(
                .error(
                    .nestedBlock, at: place(node.lines.first, node.startColumn),
                    "a `\(InfoString(info).name)` block cannot stand here",
                    note: "move it to the left margin, outside of any list, quotation or other block"))
        }
        return .code(info: info, text: text)
    }

    private func isClosed(_ fence: CMarkNode.Fence, _ lines: (first: Int, last: Int)) -> Bool {
        guard lines.last > lines.first, lines.last <= textLines.count else { return false }
        let last = textLines[lines.last - 1].drop { " >\t".contains($0) }.trimmed
        return last.count >= fence.length && last.allSatisfy { $0 == fence.character }
    }

    private func reportUnclosed(_ line: Int) {
        let indent = textLines.indices.contains(line - 1) ? textLines[line - 1].prefix { " >\t".contains($0) }.count : 0
        context.reportUnclosedFence(at: place(line, indent + 1))
    }

    /// Interactive blocks are YAML, which may be as wide as the author's editor.
    private func reportWideLines(_ text: String, from first: Int) {
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let excess = line.unicodeScalars.count - Self.widestCode
            guard excess > 0, textLines.indices.contains(first + number - 1) else { continue }
            let column = textLines[first + number - 1].unicodeScalars.count - excess + 1
            context.report(
                .warning(
                    .wideCode, at: place(first + number, column),
                    "this line of code is \(excess) columns wider than \(Self.widestCode)",
                    note: "learners read it in a terminal of \(Self.widestCode) columns"))
        }
    }

    /// Comments vanish; any other HTML is shown as the author wrote it, for a terminal has no use for it.
    private func html(_ node: CMarkNode) -> MarkdownBlock? {
        let text = node.literal.trimmed
        guard !text.hasPrefix("<!--") else { return nil }
        return .paragraph([.text(safe(marks.literal(text), at: node.lines.first))])
    }

    private func table(_ node: CMarkNode) -> MarkdownBlock {
        let rows = node.children.map { row in row.children.map { inlines(of: $0, at: row.lines.first) } }
        return .table(alignments: node.alignments, header: rows.first ?? [], rows: Array(rows.dropFirst()))
    }
}

// Inlines.
extension MarkdownParser {
    private func inlines(of node: CMarkNode, at line: Int, depth: Int = 0) -> [Inline] {
        guard depth < Self.deepest else {
            context.report(.error(.tooDeep, at: place(line, 1), "emphasis is nested too deeply"))
            return []
        }
        return merged(node.children.flatMap { inline($0, at: line, depth: depth) })
    }

    private func inline(_ node: CMarkNode, at line: Int, depth: Int) -> [Inline] {
        func inner() -> [Inline] { inlines(of: node, at: line, depth: depth + 1) }
        switch node.type {
        case "text": return marks.inlines(safe(node.literal, at: line), report: context.report)
        case "softbreak": return [.softBreak]
        case "linebreak": return [.hardBreak]
        case "code": return [.code(safe(marks.literal(node.literal), at: line))]
        case "emph": return [.emphasis(inner())]
        case "strong": return [.strong(inner())]
        case "strikethrough": return [.strikethrough(inner())]
        case "link": return [.link(inner(), url: target(of: node, at: line))]
        case "image":
            _ = target(of: node, at: line)
            return [.image(alt: inner().plainText)]
        case "html_inline":
            return node.literal.hasPrefix("<!--") ? [] : [.text(safe(marks.literal(node.literal), at: line))]
        default: return []
        }
    }

    /// What a link leads to; one that leads to a place in the course is noted.
    private func target(of node: CMarkNode, at line: Int) -> String {
        let url = safe(marks.literal(node.url), at: line)
        if CourseLink.staysInCourse(url) { context.note(link: Located(url, at: location(of: url, from: line))) }
        return url
    }

    /// Where a text first stands from a line on, or else that line.
    private func location(of text: String, from line: Int) -> SourceLocation {
        guard !text.isEmpty else { return place(line, 1) }
        for number in line..<(line + Self.longestLinkParagraph) where textLines.indices.contains(number - 1) {
            let written = textLines[number - 1]
            if let range = written.firstRange(of: text) {
                return place(number, written[..<range.lowerBound].unicodeScalars.count + 1)
            }
        }
        return place(line, 1)
    }

    /// The parser splits a text wherever mark-up could have begun.
    private func merged(_ inlines: [Inline]) -> [Inline] {
        var result: [Inline] = []
        for inline in inlines {
            if case .text(let more) = inline, case .text(let text)? = result.last {
                result[result.count - 1] = .text(text + more)
            } else {
                result.append(inline)
            }
        }
        return result
    }

    /// Entities (`&#27;`) bring in characters that the file itself does not hold. Marks are left alone.
    private func safe(_ text: String, at line: Int) -> String {
        guard let bad = text.unicodeScalars.first(where: { $0.isUnsafe && !LiveMarks.isMark($0) }) else { return text }
        context.report(.controlCharacter(bad, at: place(line, 1)))
        return cleaned(text.unicodeScalars, except: LiveMarks.isMark)
    }
}
