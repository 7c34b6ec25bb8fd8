/// One lesson: its front matter and its pages.
public struct Lesson: Sendable {
    /// Immutable: progress hangs on it. The file's name when the front matter gives none.
    public let id: String
    /// What learners see in the menu.
    public let title: String
    /// How long it takes; nil when the author gave no estimate.
    public let minutes: Int?
    /// The ids of the lessons that come before it, and where they are named.
    public let requires: [Located<String>]
    /// What a learner can do afterwards.
    public var objectives: [String] { writtenObjectives.map(\.value) }
    let writtenObjectives: [Located<String>]
    /// Where its id is given, or the beginning of the file.
    public let location: SourceLocation
    /// Identifies the file's content: equal texts have equal hashes, on every machine.
    public let contentHash: String
    /// What one Enter after the other shows. Never empty pages.
    public let pages: [Page]

    /// Ids of blocks that are written but could not be made; empty for a lesson without errors.
    public let brokenBlocks: Set<String>

    /// Links to places in the course, in prose and in blocks.
    let links: [Located<String>]

    /// The path it was read from.
    public var file: String { location.file }

    /// The interactive blocks in order.
    public var blocks: [any Block] { pages.flatMap(\.blocks) }

    /// The block called `id`, if the lesson has it.
    public func block(_ id: String) -> (any Block)? { blocks.first { $0.id == id } }

    /// Every `{{ … }}` of the lesson, in prose and in blocks.
    public var liveExpressions: [LiveExpression] { pages.flatMap(\.liveExpressions) }

    /// The block at whose point `expression` is to be evaluated: the one it names, or else the nearest before it,
    /// or else the lesson's first. Nil when there is none.
    public func liveBlock(for expression: LiveExpression) -> (any LiveBlock)? {
        livePoint(for: expression, among: liveBlocks)
    }

    /// The blocks at whose points values can be taken, in order.
    public var liveBlocks: [any LiveBlock] { blocks.compactMap { $0 as? any LiveBlock } }

    func livePoint(for expression: LiveExpression, among points: [any LiveBlock]) -> (any LiveBlock)? {
        if let id = expression.blockID { return points.first { $0.id == id } }
        return points.last { $0.location.line < expression.location.line } ?? points.first
    }
}

/// What one Enter shows: the pages of a lesson begin at headings of level 1 and 2 and at thematic breaks, which
/// are not shown themselves, and end after each block that wants to.
public struct Page: Sendable {
    /// In reading order.
    public let elements: [LessonElement]

    /// The interactive blocks in order.
    public var blocks: [any Block] {
        elements.compactMap { if case .block(let block) = $0 { block } else { nil } }
    }

    /// Every `{{ … }}` of the page.
    public var liveExpressions: [LiveExpression] {
        elements.flatMap { element in
            switch element {
            case .markdown(let prose): prose.liveExpressions
            case .block(let block): block.liveExpressions
            }
        }
    }
}

/// A piece of a page.
public enum LessonElement: Sendable {
    case markdown(MarkdownBlock)
    case block(any Block)
}
