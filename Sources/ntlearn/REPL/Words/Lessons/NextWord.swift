/// `next`: the next page.
struct NextWord: Word {
    static let spec = WordSpec(
        name: "next", group: .lessons, usage: "next", summary: "go on to the next page",
        detail: "Enter alone does the same. An open question wants an answer, or skip, first.", example: "next")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) { try session.next() }
}
