/// `menu`: all lessons, with what was answered in them.
struct MenuWord: Word {
    static let spec = WordSpec(
        name: "menu", group: .lessons, usage: "menu", summary: "list the lessons and how you did in them",
        example: "menu")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        if session.practice != nil { return session.leavePractice() }
        let here = session.place?.entry.number
        for course in session.library.courses {
            session.output.print(StyledText(course.title, .heading))
            for entry in session.library.entries where entry.course.id == course.id {
                session.output.print(row(entry, isHere: entry.number == here, score: session.score(of: entry)))
            }
        }
        session.output.blank()
        session.output.say("Type lesson and a number, or press Enter to go on.")
    }

    private func row(_ entry: Library.Entry, isHere: Bool, score: String) -> StyledText {
        let number = StyledText("\(entry.number)").padded(to: 3, .right)
        let minutes = entry.lesson.minutes.map { " (\($0) min)" } ?? ""
        let title = StyledText(entry.lesson.title, styles: isHere ? [.strong] : [])
        let here = isHere ? "  You are here." : ""
        return number + "  " + title + StyledText("\(minutes)  ") + StyledText(score, .dim) + StyledText(here)
    }
}
