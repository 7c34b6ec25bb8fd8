import Testing

@testable import ntlearn

@Suite("The prompt's loop")
struct ReadEvalLoopTests {
    private final class Talk: Conversation {
        let notes = Notes()
        var refusals: [String] = []
        var interrupt: InterruptFlag?
        var sawInterrupt: [Bool] = []

        var prompt: String { notes.prompt }
        var isOver: Bool { notes.isOver }

        func respond(to line: String) {
            sawInterrupt.append(interrupt?.isRequested ?? false)
            do { try recordingWords.run(line, in: notes) } catch { refusals.append(error.message) }
            interrupt?.request()
        }

        func abandonLine() { notes.entries.append("interrupted") }

        func refuse(_ reason: String) { refusals.append(reason) }
    }

    @Test("Lines are answered until the learner leaves")
    func quit() {
        let editor = ScriptedEditor(lines: ["t", "quit", "t"])
        let talk = Talk()
        ReadEvalLoop(editor: editor).run(talk)
        #expect(talk.notes.entries == ["t()"])
        #expect(editor.prompts == ["nt> ", "nt> "])
    }

    @Test("Ctrl-C asks again, an unusable line is refused, and the end of the input leaves")
    func otherInput() {
        let editor = ScriptedEditor([.interrupted, .unusable("too long"), .line("t")])
        let talk = Talk()
        ReadEvalLoop(editor: editor).run(talk)
        #expect(talk.refusals == ["too long"])
        #expect(talk.notes.entries == ["interrupted", "t()"])
        #expect(editor.prompts.count == 4)
    }

    @Test("A Ctrl-C of the last answer does not stop the next one")
    func staleInterrupt() {
        let flag = InterruptFlag()
        let talk = Talk()
        talk.interrupt = flag
        ReadEvalLoop(editor: ScriptedEditor(lines: ["t", "t"]), interrupt: flag).run(talk)
        #expect(talk.sawInterrupt == [false, false])
    }
}
