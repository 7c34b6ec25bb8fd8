/// `lesson N`: opens a lesson.
struct LessonWord: Word {
    static let spec = WordSpec(
        name: "lesson", group: .lessons, usage: "lesson NUMBER|NAME[/PAGE]",
        summary: "open a lesson where you left it, or at a page",
        detail: "The numbers and names are those of menu; search tells pages.", example: "lesson 2",
        completion: [.lesson])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        guard !arguments.isEmpty else { throw .usage(Self.spec) }
        let parts = arguments.rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return try session.open(arguments.rest) }
        guard let page = Int(parts[1]) else { throw .usage(Self.spec) }
        try session.open(String(parts[0]), page: page)
    }
}
