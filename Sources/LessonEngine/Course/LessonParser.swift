/// Turns the prose of a lesson into pages.
struct LessonParser {
    /// Each unclosed fence makes the rest be read once more; when so many lines have been, it is read as it comes.
    private static let mostRereadLines = 50_000
    /// More than a lesson of many hours could use; bounds the time that checking takes.
    private static let mostBlocks = 200

    let context: LoadContext
    private var blocks: BlockLoader
    private var pages: [Page] = []
    private var page: [LessonElement] = []
    private var blockCount = 0
    /// Ids of blocks that could not be made.
    private(set) var brokenBlocks: Set<String> = []

    init(context: LoadContext) {
        self.context = context
        blocks = BlockLoader(context: context)
    }

    /// The pages of the text from line `first` of the file on.
    mutating func parse(from first: Int) -> [Page] {
        var next: Int? = first
        var budget = Self.mostRereadLines
        while let line = next {
            budget -= context.source.lines.count - line
            next = parseSection(from: line, mayRestart: budget > 0)
        }
        endPage()
        return pages
    }

    /// Reads on to the end, or to a block that an unclosed fence before it has swallowed; returns that block's line.
    private mutating func parseSection(from first: Int, mayRestart: Bool) -> Int? {
        for parsed in MarkdownParser(context: context, from: first).parse() {
            guard case .code(let info, let text) = parsed.block, let fence = parsed.fence else {
                add(parsed.block)
                continue
            }
            let opening = parsed.lines.first + first - 1
            let body = body(of: parsed, opening: opening, first: first)
            let swallowed = mayRestart ? blockOpening(in: body, fence) : nil
            let code = FencedCode(
                info: info, text: swallowed.map { context.source.text(from: opening + 1, through: $0 - 1) } ?? text,
                place: place(of: fence, line: opening), body: body.lowerBound..<(swallowed ?? body.upperBound))
            if swallowed != nil { context.reportUnclosedFence(at: code.place) }
            add(code)
            if let swallowed { return swallowed }
        }
        return nil
    }

    /// The lines of the file between the fences.
    private func body(of parsed: ParsedBlock, opening: Int, first: Int) -> Range<Int> {
        let end = parsed.lines.last + first - (parsed.isClosed ? 1 : 0)
        return (opening + 1)..<max(opening + 1, min(end, context.source.lines.count + 1))
    }

    private struct FencedCode {
        let info: String
        let text: String
        let place: SourceLocation
        let body: Range<Int>
    }

    private mutating func add(_ code: FencedCode) {
        let info = InfoString(code.info)
        guard info.isMeantAsBlock(in: context.registry) else {
            page.append(.markdown(.code(info: code.info, text: code.text)))
            return
        }
        blockCount += 1
        guard blockCount <= Self.mostBlocks else {
            context.report(.error(.tooLong, at: code.place, "a lesson can have at most \(Self.mostBlocks) blocks"))
            return
        }
        guard let block = blocks.block(info, fence: code.place, body: code.body) else {
            brokenBlocks.insert(info.id ?? "")
            return
        }
        page.append(.block(block))
        if block.endsPage { endPage() }
    }

    private mutating func add(_ prose: MarkdownBlock) {
        switch prose {
        case .thematicBreak: endPage()
        case .heading(level: 1...2, _):
            endPage()
            page.append(.markdown(prose))
        default: page.append(.markdown(prose))
        }
    }

    private mutating func endPage() {
        if !page.isEmpty { pages.append(Page(elements: page)) }
        page = []
    }

    private func place(of fence: CMarkNode.Fence, line: Int) -> SourceLocation {
        let indent = context.source.lines[line - 1].prefix { $0 != fence.character }.unicodeScalars.count
        return context.source.location(line: line, column: indent + 1)
    }

    /// The first line that opens an interactive block. A fence that is to hold such lines as plain text is longer.
    private func blockOpening(in body: Range<Int>, _ fence: CMarkNode.Fence) -> Int? {
        body.first { number in
            let line = context.source.lines[number - 1].drop { $0 == " " }
            let ticks = line.prefix { $0 == fence.character }
            guard ticks.count >= fence.length else { return false }
            let info = InfoString(String(line.dropFirst(ticks.count)))
            return context.registry.blocks[info.name] != nil && info.attributes.contains { $0.key == "id" }
        }
    }
}
