import LessonEngine
import Spelling

/// `search TEXT`: where the courses and the glossary speak of something.
struct SearchWord: Word {
    static let spec = WordSpec(
        name: "search", group: .lessons, usage: "search TEXT", summary: "search all lessons and the glossary",
        detail: """
            Case does not count, and a hyphen stands for a blank. Each page is listed once, under what is to be typed \
            to go there.
            """,
        example: "search trap frame", completion: [.term])

    /// More than fit a screen are no help.
    private static let mostPages = 20
    private static let mostTerms = 12

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        guard !arguments.isEmpty else { throw .usage(Self.spec) }
        guard let search = CourseSearch(arguments.rest) else { throw .usage(Self.spec) }
        let hits = search.hits(in: session.library.entries)
        let terms = search.terms(of: session.glossary)
        guard !hits.isEmpty || !terms.isEmpty else { throw nothing(arguments.rest, session.glossary) }
        let layout = session.output.layout
        for hit in hits.prefix(Self.mostPages) { session.output.print(lines(of: hit, search, layout)) }
        if hits.count > Self.mostPages {
            session.output.say(StyledText("… and \(hits.count - Self.mostPages) pages more."))
        }
        if !terms.isEmpty { session.output.say(list(of: terms)) }
        session.output.blank()
        session.output.say(StyledText(wayThere(isPage: !hits.isEmpty, isTerm: !terms.isEmpty), .dim))
    }

    private func lines(of hit: CourseSearch.Hit, _ search: CourseSearch, _ layout: Layout) -> [StyledText] {
        let more = hit.count > 1 ? StyledText(" (\(hit.count) times)", .dim) : ""
        let place = StyledText("lesson \(hit.entry.number)/\(hit.page + 1)", .strong)
        let excerpt = search.excerpt(of: hit.line, width: layout.measure - 4)
        return (place + StyledText(": \(hit.heading)") + more).wrapped(to: layout.measure)
            + excerpt.wrapped(to: layout.measure - 4).prefixed(StyledText(spaces(4)))
    }

    private func list(of terms: [GlossaryEntry]) -> StyledText {
        let names = terms.prefix(Self.mostTerms).map(\.term).joined(separator: ", ")
        let more = terms.count > Self.mostTerms ? ", and \(terms.count - Self.mostTerms) more" : ""
        return StyledText("In the glossary: \(names)\(more).")
    }

    private func wayThere(isPage: Bool, isTerm: Bool) -> String {
        let page = isPage ? "Type lesson and the numbers to go to a page" : ""
        let term = isTerm ? "\(isPage ? ", " : "Type ")help and a term to read about it" : ""
        return page + term + "."
    }

    private func nothing(_ text: String, _ glossary: Glossary) -> WordError {
        let near = didYouMean(text, among: glossary.names)
        return WordError(
            "No lesson and no term of the glossary has \"\(text.prefix(40))\".",
            hint: near.map { "Did you mean \"\($0)\"?" } ?? "Try a part of the word, or help glossary.")
    }
}
