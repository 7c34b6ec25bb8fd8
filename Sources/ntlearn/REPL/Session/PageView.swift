import LessonEngine
import Lessons

/// Showing a page: prose, traces that run while one watches, questions that open.
extension LearnSession {
    func showPage() {
        guard let place, place.page < place.entry.lesson.pages.count else { return }
        output.blank()
        var groups: [MarkdownBlock] = []
        for element in place.entry.lesson.pages[place.page].elements {
            switch element {
            case .markdown(let block): groups.append(block)
            case .block(let block):
                show(prose: groups)
                groups = []
                show(block)
            }
        }
        show(prose: groups)
        showWayOn()
    }

    private func show(prose blocks: [MarkdownBlock]) {
        guard !blocks.isEmpty else { return }
        output.print(renderer.lines(blocks))
        output.blank()
    }

    /// Sets Markdown, with live values from the lesson's machines.
    var renderer: MarkdownRenderer { renderer(for: lessonOnScreen) }

    /// Sets the Markdown of a lesson that may not be the one on the screen.
    func renderer(for lesson: Lesson?) -> MarkdownRenderer {
        MarkdownRenderer(layout: output.layout) { expression in
            guard let block = lesson?.liveBlock(for: expression) else { return expression.source }
            return (try? block.value(of: expression.expression)) ?? expression.source
        }
    }

    /// The lesson whose machines give the values in what is shown.
    private var lessonOnScreen: Lesson? { practice == nil ? place?.entry.lesson : question?.entry?.lesson }

    private func show(_ block: any Block) {
        switch block {
        case let trace as TraceBlock: run(trace)
        case let quiz as QuizBlock: ask(quiz)
        case let listing as AsmBlock: show(prose: [.code(info: listing.id, text: listing.text)])
        default: break
        }
    }

    func showWayOn() {
        guard let place, question?.isOpen != true, !isPreview else { return }
        if place.isLastPage {
            save(page: place.page + 1)
            output.say(StyledText("End of lesson \(place.entry.number). \(result(of: place.entry))", .strong))
        }
        output.say(StyledText("Press Enter to go on.", .dim))
    }
}
