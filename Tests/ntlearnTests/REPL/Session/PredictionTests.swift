import LessonEngine
import Testing

@testable import ntlearn

/// Predictions at the prompt: say, step, see.
struct PredictionTests {
    private static let lesson = """
        ---
        format: 1
        id: door
        title: The door
        ---
        # Before

        Words.

        # The short way in

        ```trace id=door
        machine: sysenter
        call: NtClose(0x44)
        from: ntdll!NtClose
        to: nt!KiFastCallEntry
        watch: [cpl]
        predict:
          - at: ntdll!NtClose+5
            ask: edx
            hints: ["It is a page that both rings can read."]
          - at: SharedUserData!SystemCall
            ask: edx
            explain: "EDX now points to the user's stack."
        ```

        # After

        The end.
        """

    private func learner(_ store: ProgressStore? = nil) throws -> Learner {
        let learner = try Learner(store: store, lessons: [Self.lesson])
        learner.session.respond(to: "")
        return learner
    }

    @Test("The trace pauses before the instruction, asks, and goes on behind the answer")
    func sayStepSee() throws {
        let learner = try learner()
        let first = learner.read()
        #expect(first.contains("Prediction 1 of 2"))
        #expect(first.contains("What will EDX be after `mov edx, 0x7ffe0300`?"))
        #expect(first.contains("mov eax, 19h") && !first.contains("edx=7ffe0300"))
        #expect(learner.session.prompt == "door 2/3? ")
        #expect(learner.type("").contains("still open"))
        #expect(learner.type("hint").contains("both rings"))

        let second = learner.type("7FFE0300h")
        #expect(second.contains("edx=7ffe0300"))
        #expect(second.contains("Right.") && second.contains("Predictions in this lesson: 1 of 1."))
        #expect(second.contains("Prediction 2 of 2"))

        let end = learner.type("19h")
        #expect(end.contains("Not quite.") && end.contains("That is EAX here."))
        #expect(end.contains("EDX now points to the user's stack."))
        #expect(end.contains("Predictions in this lesson: 1 of 2."))
        #expect(end.contains("sysenter") && end.contains("cpl=0"))
        #expect(learner.session.prompt == "door 2/3> ")
        #expect(learner.type("why").contains("The last steps, with the MOV:"))
        #expect(learner.type("").contains("Predictions: 1 of 2."))
    }

    @Test("Answers are kept under the trace's id, and nothing is lost when the session ends at a pause")
    func kept() throws {
        let store = try ProgressStore.inMemory()
        let first = try learner(store)
        first.type("7FFE0300h")
        #expect(try store.answers(course: "test").map(\.question) == ["door/1"])
        #expect(try Learner(store: store, lessons: [Self.lesson]).read().contains("Prediction 1 of 2"))
        first.type("skip")
        #expect(try store.answers(course: "test").map(\.verdict) == [.correct, .skipped])
        #expect(try Learner(store: store, lessons: [Self.lesson]).read().contains("The end."))
    }

    @Test("Words look at the machine before the instruction, and cannot change the trace")
    func wordsAtThePause() throws {
        let learner = try learner()
        #expect(learner.type("? @eip - ntdll!NtClose").contains("5 = 00000005"))
        learner.type("r eip=0")
        #expect(learner.type("7FFE0300h").contains("Right."))
    }

    @Test("Skip shows the instruction and goes on; the answer is practice from then on")
    func skip() throws {
        let learner = try learner()
        let text = learner.type("skip")
        #expect(text.contains("edx=7ffe0300") && text.contains("Prediction 2 of 2"))
        learner.type("answer")
        #expect(learner.type("again").contains("Prediction 1 of 2"))
        #expect(learner.type("7FFE0300h").contains("It does not count"))
    }

    @Test("Back leaves the trace")
    func back() throws {
        let learner = try learner()
        #expect(learner.type("back").contains("Words."))
        #expect(learner.session.question == nil && learner.session.trace == nil)
        #expect(learner.type("next").contains("Prediction 1 of 2"))
    }

    @Test("A quiz of type predict shows the instruction, and executes it behind the answer")
    func quiz() throws {
        let quiz = Learner.withFrontMatter(
            """
            ```quiz id=q
            type: predict
            machine: sysenter
            call: NtClose(0x44)
            at: SharedUserData!SystemCall
            ask: What will EDX be?
            answer: edx
            ```
            """)
        let learner = try Learner(lessons: [quiz])
        let page = learner.read()
        #expect(page.contains("mov     edx,esp") && page.contains("What will EDX be?"))
        let wrong = learner.type("7FFE0300h")
        #expect(wrong.contains("edx=0012ffe4") && wrong.contains("That was EDX before the MOV."))
        learner.type("again")
        #expect(learner.type("12ffe4h").contains("It does not count"))
    }

    @Test("Why replays the stretch for a question of where")
    func whyWhere() throws {
        let quiz = Learner.withFrontMatter(
            """
            ```quiz id=q
            type: where
            machine: sysenter
            call: NtClose(0x44)
            from: ntdll!NtClose
            to: nt!KiSystemService
            ask: Which?
            answer: cpl == 0
            ```
            """)
        let learner = try Learner(lessons: [quiz])
        learner.type("ntdll!NtClose")
        let proof = learner.type("why")
        #expect(proof.contains("The steps after which cpl == 0 holds:") && proof.contains("sysenter"))
        #expect(!proof.contains("KiFastCallEntry:"))
    }

    @Test("A choice that ends in a full stop gets no second one")
    func fullStop() throws {
        let quiz = Learner.withFrontMatter(
            """
            ```quiz id=q
            type: choice
            ask: Which?
            choices: [One., Two.]
            answer: One.
            ```
            """)
        let text = try Learner(lessons: [quiz]).type("a")
        #expect(text.contains("One.") && !text.contains("One.."))
    }
}
