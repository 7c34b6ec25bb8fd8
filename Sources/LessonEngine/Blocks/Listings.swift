/// Blocks whose body is a text, such as ```` ```asm id=null-read ````, in the lines of a lesson.
struct Listings {
    let source: SourceText

    /// A block, between its fences.
    struct Listing {
        let info: InfoString
        /// The line of the opening fence, counted from 1.
        let fence: Int
        let text: String
    }

    /// All fenced code blocks at the left margin, in order. A fence inside a longer one is text.
    var all: [Listing] {
        var found: [Listing] = []
        var line = 0
        while line < source.lines.count {
            defer { line += 1 }
            guard let fence = Self.fence(source.lines[line]) else { continue }
            let body = source.lines[(line + 1)...].prefix { !Self.closes(fence, $0) }
            let info = InfoString(String(source.lines[line].dropFirst(fence.count)))
            found.append(
                Listing(info: info, fence: line + 1, text: source.text(from: line + 2, through: line + 1 + body.count)))
            line += body.count + 1
        }
        return found
    }

    private static func fence(_ line: String) -> Substring? {
        guard let first = line.first, first == "`" || first == "~" else { return nil }
        let marks = line.prefix { $0 == first }
        let isInlineCode = first == "`" && line.dropFirst(marks.count).contains("`")
        return marks.count >= 3 && !isInlineCode ? marks : nil
    }

    private static func closes(_ fence: Substring, _ line: String) -> Bool {
        let marks = line.prefix { $0 == fence.first }
        return marks.count >= fence.count && line.dropFirst(marks.count).allSatisfy(\.isWhitespace)
    }
}

extension Fields {
    /// The text of a block `kind id=…` of the same lesson, wherever it stands, and where its lines are.
    public func listing(_ kind: String, id: String) -> (text: String, place: TextPlace)? {
        let found = Listings(source: context.source).all.first { $0.info.name == kind && $0.info.id == id }
        return found.map { ($0.text, TextPlace(below: context.source.location(line: $0.fence))) }
    }

    /// The ids of the lesson's blocks of a kind whose body is a text.
    public func listingIDs(_ kind: String) -> [String] {
        Listings(source: context.source).all.filter { $0.info.name == kind }.compactMap(\.info.id)
    }
}
