/// `again`: the last question, or the page.
struct AgainWord: Word {
    static let spec = WordSpec(
        name: "again", group: .lessons, usage: "again", summary: "ask the last question again, or show the page again",
        example: "again")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) { try session.again() }
}
