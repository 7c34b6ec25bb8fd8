/// `why`: the proof of the last answer.
struct WhyWord: Word {
    static let spec = WordSpec(
        name: "why", group: .lessons, usage: "why",
        summary: "explain the last answer, with the steps on the machine that prove it", example: "why")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) { try session.why() }
}
