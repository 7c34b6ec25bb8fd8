/// `answer`: gives the answer away, or takes one.
struct AnswerWord: Word {
    static let spec = WordSpec(
        name: "answer", group: .lessons, usage: "answer [TEXT]",
        summary: "answer the open question, or without a text have it answered for you",
        detail: """
            Most answers can be typed as they are. Use answer for one that looks like a word of the prompt, such as \
            the number db.
            """,
        example: "answer db")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        if arguments.isEmpty { try session.giveAnswer() } else { try session.answer(arguments.rest) }
    }
}
