import LessonEngine
import Lessons

/// Finds a text in lessons and glossary, whatever its case; a hyphen stands for a blank as well.
struct CourseSearch {
    /// A page of a lesson that has the text.
    struct Hit {
        let entry: Library.Entry
        /// Counted from 0.
        let page: Int
        /// The last heading before the text, or the lesson's title.
        let heading: String
        /// The line or paragraph with the text.
        let line: String
        /// How many lines or paragraphs of the page have it.
        var count: Int
    }

    private let wanted: [Character]

    /// Nil for a text without letters, digits or signs.
    init?(_ text: String) {
        wanted = Self.comparable(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
        guard wanted.contains(where: { $0 != " " }) else { return nil }
    }

    /// A page at most once, in the order of the course.
    func hits(in entries: [Library.Entry]) -> [Hit] { entries.flatMap(hits) }

    /// The terms whose names or texts have it, those with the name first.
    func terms(of glossary: Glossary) -> [GlossaryEntry] {
        let named = glossary.entries.filter { $0.names.contains { position(in: $0) != nil } }
        let explained = glossary.entries.filter { entry in
            position(in: entry.text.plainText) != nil && !named.contains { $0.term == entry.term }
        }
        return named + explained
    }

    private func hits(in entry: Library.Entry) -> [Hit] {
        var heading = entry.lesson.title
        return entry.lesson.pages.enumerated().compactMap { number, page in
            var hit: Hit?
            for element in page.elements {
                if case .markdown(.heading(_, let inlines)) = element { heading = inlines.plainText }
                for line in Self.lines(of: element) where position(in: line) != nil {
                    if hit == nil { hit = Hit(entry: entry, page: number, heading: heading, line: line, count: 0) }
                    hit?.count += 1
                }
            }
            return hit
        }
    }

    /// What a learner reads before answering: keys, hints and explanations are not searched.
    private static func lines(of element: LessonElement) -> [String] {
        let text =
            switch element {
            case .markdown(let block): block.plainText
            case .block(let block as QuizBlock): block.question.text.ask.plainText
            case .block(let block as TraceBlock): block.predictions.flatMap(\.text.ask).plainText
            case .block(let block as AsmBlock): block.text
            case .block: ""
            }
        return text.replacing(/\{\{.*?\}\}/, with: "…").split(separator: "\n").map(String.init)
    }

    /// Where the text begins, in characters.
    private func position(in line: String) -> Int? {
        let line = Self.comparable(line)
        guard line.count >= wanted.count else { return nil }
        return (0...(line.count - wanted.count)).first { line[$0..<($0 + wanted.count)].elementsEqual(wanted) }
    }

    private static func comparable(_ text: String) -> [Character] {
        text.map { character in
            let lower = character.lowercased()
            return character == "-" || character == "\t" ? " " : lower.count == 1 ? Character(lower) : character
        }
    }

    /// The part of a line around the text, `width` columns at most and cut between words, the text in bold.
    func excerpt(of line: String, width: Int) -> StyledText {
        let characters = Array(line)
        guard let start = position(in: line) else { return StyledText(line) }
        let end = start + wanted.count
        guard characters.count > width else { return StyledText(line, bold: start..<end) }
        let room = max(0, width - wanted.count - 4)
        var first = min(max(0, start - room / 2), characters.count - wanted.count - room)
        var last = min(characters.count, first + wanted.count + room)
        if first > 0 { first = characters[first..<start].firstIndex(of: " ").map { $0 + 1 } ?? start }
        if last < characters.count { last = characters[end..<max(end, last)].lastIndex(of: " ") ?? end }
        let shown = StyledText(String(characters[first..<last]), bold: (start - first)..<(end - first))
        return StyledText(first > 0 ? "… " : "") + shown + StyledText(last < characters.count ? " …" : "")
    }
}

extension StyledText {
    /// A text with a part of it, counted in characters, in bold.
    fileprivate init(_ text: String, bold: Range<Int>) {
        let characters = Array(text)
        self =
            StyledText(String(characters[..<bold.lowerBound])) + StyledText(String(characters[bold]), .strong)
            + StyledText(String(characters[bold.upperBound...]))
    }
}
