/// `quit`: leaves the tutorial.
struct QuitWord: Word {
    static let spec = WordSpec(
        name: "quit", aliases: ["q", "exit"], group: .program, usage: "quit",
        summary: "leave; your place and your answers are kept", detail: "Ctrl-D does the same.", example: "quit")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) { session.isOver = true }
}
