/// `skip`: leaves the open question.
struct SkipWord: Word {
    static let spec = WordSpec(
        name: "skip", group: .lessons, usage: "skip", summary: "leave the open question and go on", example: "skip")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) { try session.skip() }
}
