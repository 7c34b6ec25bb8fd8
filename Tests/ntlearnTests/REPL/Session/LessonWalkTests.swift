import LessonEngine
import Testing

@testable import ntlearn

/// A lesson at the prompt: pages, questions, words.
struct LessonWalkTests {
    @Test("The first page runs its trace live, and prose takes its values from that machine")
    func firstPage() throws {
        let page = try Learner().read()
        #expect(page.contains("The number is 19h."))
        #expect(page.contains("sysenter"))
        #expect(page.contains("eax=00000019 cpl=0"))
    }

    @Test("Behind a trace stand the variables that its calls received")
    func variables() throws {
        let lesson = Learner.lesson
            .replacing(
                "call: NtClose(0x44)\nfrom: ntdll!NtClose\nto: nt!KiFastCallEntry\nwatch: [eax, cpl]",
                with: "call: NtQuerySystemTime(&time)\nfrom: SharedUserData!SystemCall+4\nwatch: [eax]")
        let page = try Learner(lessons: [lesson]).read()
        #expect(page.contains("time = 01c4907f`ca26c000 at 004000"))
        #expect(page.contains("eax=00000000"))
    }

    @Test("Enter goes on, and stays at an open question until it is answered")
    func enter() throws {
        let learner = try Learner()
        #expect(learner.type("").contains("What does EAX hold?"))
        #expect(learner.session.prompt == "door 2/4? ")
        #expect(learner.type("").contains("still open"))
        learner.type("19h")
        #expect(learner.session.prompt == "door 2/4> ")
        #expect(learner.type("").contains("In which ring"))
    }

    @Test("A right answer is confirmed with the explanation")
    func right() throws {
        let learner = try Learner()
        learner.type("")
        let text = learner.type("0n25")
        #expect(text.contains("Right."))
        #expect(text.contains("You said 0n25 (19h)."))
        #expect(text.contains("The stub put 19h there."))
    }

    @Test("A wrong answer shows the mistake, the answer and the explanation")
    func wrong() throws {
        let learner = try Learner()
        learner.type("")
        let text = learner.type("12ffe4")
        #expect(text.contains("Not quite."))
        #expect(text.contains("You said 12FFE4h · Correct: 19h"))
        #expect(text.contains("That is EDX."))
        #expect(text.contains("The stub put 19h there."))
    }

    @Test("Hints come one at a time")
    func hints() throws {
        let learner = try Learner()
        learner.type("")
        #expect(learner.type("hint").contains("Look at the stub."))
        #expect(learner.type("hint").contains("Its first instruction."))
        #expect(learner.type("hint").contains("no more hints"))
    }

    @Test("Skip leaves the question unanswered, again brings it back")
    func skip() throws {
        let learner = try Learner()
        learner.type("")
        #expect(learner.type("skip").contains("In which ring"))
        learner.type("back")
        #expect(learner.type("19h").contains("Right."))

        #expect(learner.type("again").contains("What does EAX hold?"))
        #expect(learner.session.question?.isOpen == true)
    }

    @Test("A line that is neither an answer nor a word says what would work")
    func neither() throws {
        let learner = try Learner()
        learner.type("")
        #expect(learner.type("banana").contains("neither an answer"))
        #expect(learner.session.question?.isOpen == true)
    }

    @Test("The debugger's words work while a question is open, and a colon forces them")
    func wordsAtAQuestion() throws {
        let learner = try Learner()
        learner.type("")
        #expect(learner.type("u ntdll!NtClose L1").contains("mov     eax,19h"))
        #expect(learner.type("db 7ffe0300 L5").contains("8b d4 0f 34 c3"))
        #expect(learner.type(":? 19").contains("Evaluate expression: 25 = 00000019"))
        #expect(learner.session.question?.isOpen == true)
    }

    @Test("Why shows the steps that prove the answer, and not before it is given")
    func why() throws {
        let learner = try Learner()
        learner.type("")
        #expect(learner.type("why").contains("give the answer away"))
        learner.type("19h")
        let proof = learner.type("why")
        #expect(proof.contains("sysenter"))
        #expect(!proof.contains("iretd"))
    }

    @Test("Why still explains the last answer on the pages behind it")
    func whyLater() throws {
        let learner = try Learner()
        for line in ["", "19h", "", "b", ""] { learner.type(line) }
        #expect(learner.session.question == nil)
        #expect(!learner.type("why").contains("no question yet"))
    }

    @Test("The end of a lesson says how one did, and the menu repeats it")
    func score() throws {
        let learner = try Learner()
        for line in ["", "19h", "", "a", ""] { learner.type(line) }
        #expect(learner.type("again").contains("1 of 2 questions right (50 %, 80 % pass)."))
        #expect(learner.type("menu").contains("1 of 2 questions right."))
    }

    @Test("A second session begins where the first one stopped")
    func resume() throws {
        let store = try ProgressStore.inMemory()
        let first = try Learner(store: store)
        first.type("")
        first.type("19h")
        #expect(try Learner(store: store).read().contains("In which ring"))
    }

    @Test("Lessons are opened by number and by name")
    func lesson() throws {
        let second = Learner.lesson.replacing("id: door", with: "id: gate").replacing(
            "# The short way", with: "# Another way")
        let learner = try Learner(lessons: [Learner.lesson, second])
        #expect(learner.type("lesson 2").contains("Another way in"))
        #expect(learner.type("lesson door").contains("The short way in"))
        #expect(learner.type("lesson gat").contains("Did you mean \"gate\"?"))
    }

    @Test("Every word has help with an example that the prompt understands")
    func help() throws {
        let learner = try Learner()
        #expect(learner.session.words.conflicts.isEmpty)
        for spec in learner.session.words.specs {
            let page = learner.type("help \(spec.name)")
            #expect(page.contains("Example: \(spec.example)"))
            #expect(learner.session.words.recognises(spec.example))
        }
    }

    @Test("No page and no word is wider than 80 columns")
    func width() throws {
        let learner = try Learner()
        var text = learner.read()
        for line in ["r", "u", "t 20", "db", "dd", "help", "", "19h", "why", "menu"] { text += learner.type(line) }
        let widest = text.split(separator: "\n").map(String.init).filter { $0.displayWidth > 80 }
        #expect(widest == [])
    }
}
