/// `back`: the page before.
struct BackWord: Word {
    static let spec = WordSpec(
        name: "back", group: .lessons, usage: "back", summary: "go back to the page before",
        detail: "From the first page of a lesson it goes to the last one of the lesson before.", example: "back")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) { try session.back() }
}
