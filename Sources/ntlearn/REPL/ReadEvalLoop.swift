/// What the loop talks to: lessons, questions and words, seen as something that answers lines.
protocol Conversation: AnyObject {
    /// The prompt for the next line; it may be styled with SGR sequences.
    var prompt: String { get }
    /// True once the learner has asked to leave.
    var isOver: Bool { get }

    func respond(to line: String)

    /// Ctrl-C has cleared the line.
    func abandonLine()

    /// Tells the learner why what was typed cannot be taken.
    func refuse(_ reason: String)
}

/// Reads lines and has them answered until the learner leaves or the input ends.
struct ReadEvalLoop {
    let editor: any LineEditor
    /// Cleared before each line is answered, so that only a Ctrl-C during the answer stops it.
    var interrupt = InterruptFlag.keyboard

    func run(_ conversation: some Conversation) {
        while !conversation.isOver {
            switch editor.readLine(prompt: conversation.prompt) {
            case .line(let line):
                interrupt.clear()
                conversation.respond(to: line)
            case .interrupted: conversation.abandonLine()
            case .unusable(let reason): conversation.refuse(reason)
            case .endOfFile: return
            }
        }
    }
}
