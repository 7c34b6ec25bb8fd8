/// `quit`: leaves the tutorial.
struct QuitWord: Word {
    static let spec = WordSpec(
        name: "quit", aliases: ["q", "exit"], group: .program, usage: "quit",
        summary: "leave; your place and your answers are kept",
        detail: "Ctrl-D does the same. From a review or a drill, quit goes back to the lesson.", example: "quit")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        if session.practice != nil { session.leavePractice() } else { session.isOver = true }
    }
}
