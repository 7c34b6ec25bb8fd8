/// `lesson N`: opens a lesson.
struct LessonWord: Word {
    static let spec = WordSpec(
        name: "lesson", group: .lessons, usage: "lesson NUMBER|NAME", summary: "open a lesson where you left it",
        detail: "The numbers and names are those of menu.", example: "lesson 2", completion: [.lesson])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        guard !arguments.isEmpty else { throw .usage(Self.spec) }
        try session.open(arguments.rest)
    }
}
