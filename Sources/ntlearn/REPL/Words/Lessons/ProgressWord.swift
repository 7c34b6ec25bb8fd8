import LessonEngine

/// `progress`: how far the learner is.
struct ProgressWord: Word {
    static let spec = WordSpec(
        name: "progress", group: .lessons, usage: "progress",
        summary: "show how far you are, by lesson and by objective, and what is due for review",
        detail: "A lesson is marked \"revised since\" when its text has changed after you answered.",
        example: "progress")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        do throws(ProgressError) {
            let overview = try ProgressOverview(session.library, session.store)
            let page = ProgressPage(overview: overview, layout: session.output.layout, review: "type review")
            session.output.print(page.lines)
        } catch {
            throw WordError("Your progress cannot be read: \(error)")
        }
    }
}
