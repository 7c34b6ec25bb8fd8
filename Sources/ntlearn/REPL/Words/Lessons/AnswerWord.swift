/// `answer`: gives the answer away, or takes one.
struct AnswerWord: Word {
    static let spec = WordSpec(
        name: "answer", group: .lessons, usage: "answer [TEXT]",
        summary: "answer the open question, or without a text have it answered for you",
        detail: """
            Most answers can be typed as they are. Use answer for one that looks like a word of the prompt, such as \
            the number db. A challenge can be answered in one line: answer r eax=1000; g program!return1.
            """,
        example: "answer db", takesWholeLine: true)

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        if arguments.isEmpty { try session.giveAnswer() } else { try session.answer(arguments.rest) }
    }
}
