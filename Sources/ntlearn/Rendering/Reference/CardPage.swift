import LessonEngine

/// The reference card: the card's prose without its pages' breaks. The traces in it only give values.
struct CardPage {
    let card: Lesson
    let layout: Layout

    var lines: [StyledText] {
        let renderer = MarkdownRenderer(layout: layout, live: value)
        return renderer.lines(card.pages.flatMap(\.elements).compactMap(Self.prose))
    }

    private static func prose(_ element: LessonElement) -> MarkdownBlock? {
        if case .markdown(let block) = element { block } else { nil }
    }

    private func value(of expression: LiveExpression) -> String {
        (try? card.liveBlock(for: expression)?.value(of: expression.expression)) ?? expression.source
    }
}
