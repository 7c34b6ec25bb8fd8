import Debugger

/// `.edits`: what the learner changed.
struct EditsWord: Word {
    static let spec = WordSpec(
        name: ".edits", group: .changes, usage: ".edits", summary: "list what you changed in the machine",
        detail: """
            Each change is shown as it could be typed, with the number of instructions that the machine had executed \
            before. u marks changed code.
            """,
        example: ".edits")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try ArgumentReader(arguments, in: session).requireEnd(Self.spec)
        let edits = session.debugger.edits.edits
        guard !edits.isEmpty else { return session.output.say("You have changed nothing.") }
        for (index, applied) in edits.enumerated() {
            session.output.say(StyledText("\(index + 1). after \(applied.step) steps: \(applied.edit)"))
        }
    }
}

/// `.undo`: takes a change back.
struct UndoWord: Word {
    static let spec = WordSpec(
        name: ".undo", group: .changes, usage: ".undo", summary: "take your last change back",
        detail: "It works as long as the machine has not run on since: later steps may rest on the change.",
        example: ".undo")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try ArgumentReader(arguments, in: session).requireEnd(Self.spec)
        let machine = try session.machine()
        guard !session.debugger.edits.edits.isEmpty else { throw WordError("You have changed nothing.") }
        do throws(EditError) {
            let undone = try session.debugger.edits.undo(on: machine)
            session.output.say(StyledText("Taken back: \(undone.edit)"))
        } catch {
            throw WordError(error)
        }
    }
}
