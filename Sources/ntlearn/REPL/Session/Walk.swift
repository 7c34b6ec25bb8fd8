import LessonEngine
import Spelling

/// Moving through lessons.
extension LearnSession {
    /// Begins where the learner stopped, or with the lesson that was asked for.
    func begin(with lesson: String?) throws(WordError) {
        if let lesson { return try open(lesson) }
        if let (entry, page) = lastPlace() {
            if page > 0 { output.say(StyledText("Welcome back. You stopped here:", .dim)) }
            return show(entry, page: page)
        }
        guard let first = library.entries.first else {
            throw WordError("The course has no lessons.", hint: "Its course.yaml lists them under lessons.")
        }
        show(first, page: 0)
    }

    /// The newest saved place in any of the courses.
    private func lastPlace() -> (Library.Entry, Int)? {
        let positions = library.courses.compactMap { course -> (Library.Entry, Position)? in
            guard let position = (try? store.position(course: course.id)) ?? nil else { return nil }
            let entry = library.entries.first { $0.course.id == course.id && $0.lesson.id == position.lesson }
            return entry.map { ($0, position) }
        }
        return positions.max { $0.1.time < $1.1.time }.map { ($0.0, $0.1.page) }
    }

    /// Opens a lesson by number or id, where the learner left it.
    func open(_ name: String) throws(WordError) {
        guard let entry = library.entry(name) else {
            let near = didYouMean(name, among: library.entries.map(\.lesson.id))
            throw WordError(
                "There is no lesson \"\(name.prefix(40))\".",
                hint: near.map { "Did you mean \"\($0)\"?" }
                    ?? "The lessons are numbered 1 to \(library.entries.count).")
        }
        let saved = (try? store.position(course: entry.course.id, lesson: entry.lesson.id)) ?? nil
        let isFinished = (saved?.page ?? 0) >= entry.lesson.pages.count
        show(entry, page: isFinished ? 0 : saved?.page ?? 0)
    }

    /// The next page; the next lesson behind the last page. An open question is answered or skipped first.
    func next() throws(WordError) {
        if question?.isOpen == true {
            throw WordError("The question is still open.", hint: "Answer it, or type hint or skip.")
        }
        if practice != nil { return askNextInPractice() }
        guard let place else { return try begin(with: nil) }
        if !place.isLastPage, place.page < place.entry.lesson.pages.count {
            return show(place.entry, page: place.page + 1)
        }
        guard let following = library.entry(after: place.entry) else {
            output.say("This was the last lesson. Type menu to see how you did, or quit to leave.")
            return
        }
        show(following, page: 0)
    }

    /// The page before; an open question stays unanswered.
    func back() throws(WordError) {
        if practice != nil { return leavePractice() }
        guard let place else { return try begin(with: nil) }
        if place.page > 0 { return show(place.entry, page: place.page - 1) }
        guard let earlier = library.entry(before: place.entry) else {
            throw WordError("This is the first page of the first lesson.", hint: "Press Enter to go on.")
        }
        show(earlier, page: earlier.lesson.pages.count - 1)
    }

    /// Shows a page and remembers the place.
    func show(_ entry: Library.Entry, page: Int) {
        let page = max(0, min(page, entry.lesson.pages.count - 1))
        if place?.entry.lesson.id != entry.lesson.id { forgetMachine() }
        place = Place(entry: entry, page: page)
        earlierQuestion = question ?? earlierQuestion
        question = nil
        trace = nil
        challenge = nil
        practice = nil
        save(page: page)
        showPage()
    }

    /// Remembers the page in the store; a store that cannot be written is reported and does not stop the lesson.
    func save(page: Int) {
        guard let place, practice == nil else { return }
        do throws(ProgressError) {
            try store.setPosition(course: place.entry.course.id, lesson: place.entry.lesson.id, page: page)
        } catch {
            show(WordError("Your place could not be saved: \(error)"))
        }
    }
}
