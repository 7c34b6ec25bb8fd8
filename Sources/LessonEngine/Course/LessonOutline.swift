/// What a check of the whole course needs to know of a lesson, so that a lesson that did not change need not be read again.
public struct LessonOutline: Hashable, Sendable, Codable {
    /// Unique in the course.
    public let id: String
    /// Where its id is given, or the beginning of the file.
    public let location: SourceLocation
    /// The ids of the lessons that come before it, and where they are named.
    public let requires: [Located<String>]
    /// Links to places in the course, as they are written.
    public let links: [Located<String>]
    /// What a link can name behind `#`: its headings.
    public let anchors: [String]
    /// How many quizzes it has.
    public let questionCount: Int

    /// The path it was read from.
    public var file: String { location.file }
}

extension Lesson {
    /// What a check of the whole course needs to know of it.
    public var outline: LessonOutline {
        LessonOutline(
            id: id, location: location, requires: requires, links: links, anchors: anchors,
            questionCount: blocks.count { $0 is QuizBlock })
    }

    private var anchors: [String] {
        var anchors = HeadingAnchors()
        for case .markdown(let prose) in pages.flatMap(\.elements) { anchors.add(prose) }
        return anchors.all
    }
}

/// The names that forges give to headings, so that `#the-stub` leads to "The stub".
struct HeadingAnchors {
    private(set) var all: [String] = []
    private var counts: [String: Int] = [:]

    mutating func add(_ block: MarkdownBlock) {
        switch block {
        case .heading(_, let inlines): add(heading: inlines.plainText)
        case .quote(let blocks): blocks.forEach { add($0) }
        case .list(_, let items): items.joined().forEach { add($0) }
        case .paragraph, .code, .table, .thematicBreak: break
        }
    }

    /// Headings that read alike are told apart by a number: `-1`, `-2`.
    private mutating func add(heading: String) {
        let name = Self.name(heading)
        let earlier = counts[name, default: 0]
        counts[name] = earlier + 1
        all.append(earlier == 0 ? name : "\(name)-\(earlier)")
    }

    /// In lower case, without punctuation, with a hyphen for each space.
    private static func name(_ heading: String) -> String {
        let kept = heading.lowercased().compactMap { character -> Character? in
            if character == " " { return "-" }
            return character.isLetter || character.isNumber || character == "-" || character == "_" ? character : nil
        }
        return String(kept)
    }
}
