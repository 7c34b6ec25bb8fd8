import LessonEngine
import Lessons
import Testing

@testable import ntlearn

/// Challenges at the prompt.
struct ChallengeTests {
    private static func lesson(_ more: String = "") -> String {
        Learner.withFrontMatter(
            """
            ```challenge id=q
            machine: sysenter
            call: NtClose(0x44)
            from: ntdll!NtClose+5
            ask: Make NtClose fail with C000001Ch.
            goal: eip == program!return1 & eax == 0xC000001C
            lost: eip == program!return1
            solution: [r eax=fff, g program!return1]
            explain: "The kernel checks the number."
            \(more)
            ```

            # After

            The end.
            """)
    }

    private func learner(_ store: ProgressStore? = nil, _ more: String = "") throws -> Learner {
        let learner = try Learner(store: store, lessons: [Self.lesson(more)])
        return learner
    }

    /// What was kept, as answer and verdict.
    private func rows(_ store: ProgressStore) throws -> [String] {
        try store.answers(course: "test").map { "\($0.answer) \($0.verdict.rawValue)" }
    }

    @Test("The machine stands at the challenge's beginning, and words that lead to the goal solve it")
    func solve() throws {
        let store = try ProgressStore.inMemory()
        let learner = try learner(store)
        #expect(learner.read().contains("ntdll!NtClose+0x5:"))
        #expect(learner.type("r eax").contains("eax=00000019"))
        learner.type("r eax=fff; db esp")
        #expect(learner.session.question?.isOpen == true)
        let end = learner.type("g program!return1; r eax=5")
        #expect(end.contains("Right.") && end.contains("The kernel checks the number."))
        #expect(try rows(store) == ["r eax=fff; g program!return1 correct"])
        #expect(learner.type("r eax").contains("c000001c"))
        #expect(learner.type("").contains("The end."))
        let question = try #require(
            (learner.session.library.entries.first?.lesson.block("q") as? QuizBlock)?.question)
        for row in try store.answers(course: "test") { #expect(try question.grade(row.answer).verdict == .correct) }
    }

    @Test(
        "A lost try is kept as wrong, .restart begins again where the challenge began, and only what came behind counts"
    )
    func lose() throws {
        let store = try ProgressStore.inMemory()
        let learner = try learner(store)
        let lost = learner.type("g program!return1")
        #expect(lost.contains("Not quite.") && lost.contains("EAX is C0000008h."))
        #expect(!learner.type("r eax=C000001C").contains("Right."))
        #expect(learner.type(".restart").contains("ntdll!NtClose+0x5:"))
        #expect(learner.type("r eax=fff; g program!return1").contains("Right."))
        #expect(
            try rows(store) == ["g program!return1 wrong", "r eax=fff; g program!return1 correct"])
    }

    @Test("Going back before the loss takes it back; breakpoints from before .restart belong to the words")
    func back() throws {
        let store = try ProgressStore.inMemory()
        let learner = try learner(store)
        learner.type("bp program!return1")
        learner.type("g")
        learner.type("!tt start")
        #expect(learner.type("r eax=fff; g").contains("Right."))
        learner.type("again")
        learner.type("bp program!return1")
        learner.type("g")
        learner.type(".restart")
        learner.type("r eax=fff")
        #expect(learner.type("g").contains("Right."))
        let last = try #require(try store.answers(course: "test").last)
        #expect(last.answer == "bp program!return1; r eax=fff; g")
    }

    @Test("Instructions that were assembled are kept as their bytes, which play the same again")
    func assembled() throws {
        let store = try ProgressStore.inMemory()
        let learner = try learner(store)
        learner.type("a eip; mov eax, 0xfff")
        learner.type("a")
        learner.type("mov eax, 0xffe")
        learner.type("")
        // The page of the system call is entered without the stub's CALL, so that its RET goes to the program.
        #expect(learner.type("t; r eip=7ffe0300; g program!return1").contains("Right."))
        let row = try #require(try store.answers(course: "test").first)
        let assembled = "eb 77f51045 b8 ff 0f 00 00; eb 77f51045 b8 fe 0f 00 00"
        #expect(row.answer == assembled + "; t; r eip=7ffe0300; g program!return1")
        let block = learner.session.library.entries.first?.lesson.block("q") as? QuizBlock
        #expect(try block?.question.grade(row.answer).verdict == .correct)
    }

    @Test("The allowance is told, and more changes do not solve it")
    func allowance() throws {
        let learner = try learner(nil, "allow: registers 1")
        #expect(learner.read().contains("You may\nchange registers once") || learner.session.question != nil)
        let text = learner.type("r ebx=1; r eax=fff; g program!return1")
        #expect(text.contains("You have changed registers twice; once is allowed."))
        #expect(learner.session.question?.isOpen == true)
    }

    @Test("In one line: judged on a machine of its own, any number of times; answer shows a solution, why plays it")
    func oneLine() throws {
        let learner = try learner()
        #expect(learner.type("answer g program!return1").contains("Not quite."))
        #expect(learner.type("answer frob").contains("There is no word \"frob\"."))
        #expect(learner.type("answer r eax=").contains("eax=") == false)
        #expect(learner.type("answer r eax=fff; g program!return1").contains("Right."))
        let why = learner.type("why")
        #expect(why.contains("> r eax=fff") && why.contains("program!return1:"))
        learner.type("again")
        #expect(learner.type("answer").contains("Correct: r eax=fff; g program!return1"))
        learner.type("again")
        #expect(learner.type("r eax=fff; g program!return1").contains("It does not count"))
    }

    @Test("Words of lessons and files cannot be played, and the machine cannot be exchanged")
    func refused() throws {
        let learner = try learner()
        for word in [".save /nowhere/x", ".load x", "quit", "next", ".machine int2e"] {
            #expect(learner.type("answer \(word)").contains("is no word that a challenge is solved with"))
        }
        #expect(learner.type(".machine int2e").contains("about the machine at hand"))
        #expect(!learner.session.isOver)
        #expect(learner.type("skip").contains("The end."))
    }

    @Test("A solution that runs for ever, or writes files, is one clear error")
    func hostile() throws {
        for (solution, message) in [
            ("[a eip; jmp $, g]", "does not reach the goal"), ("[.save x]", "no word that a challenge"),
            ("[t, zork]", "no word"), ("['" + String(repeating: "r; ", count: 60) + "']", "takes too long"),
        ] {
            let body = Self.lesson().replacing("[r eax=fff, g program!return1]", with: solution)
            let loader = CourseLoader(registry: .withMachines(Learner.machines))
            let lesson = try #require(loader.loadLesson(text: body, file: "l.md").lesson)
            let found = LessonChecker().check(lesson).filter { $0.code == "solution-fails" }
            #expect(found.count == 1 && found.first?.message.contains(message) == true, "\(found)")
        }
    }

    @Test("Instructions are typed at the prompt, and the machine says what they did")
    func assemble() throws {
        let quiz = Learner.withFrontMatter(
            """
            ```asm id=ending
            hlt
            ```

            ```quiz id=q
            type: assemble
            machine: xp
            ask: Put 5 into EAX.
            attempts: 2
            goal: eax == 5
            answer: mov eax, 5
            ```
            """)
        let learner = try Learner(lessons: [quiz])
        let page = learner.read()
        #expect(page.contains("hlt") && page.contains("NASM's syntax"))
        #expect(learner.type("mov eax, zork").contains("Column 10:"))
        #expect(learner.type("mov eax, [0]").contains("raises #PF"))
        #expect(learner.type("u eip L1").contains("program!main"))
        #expect(learner.type("push 5; pop eax").contains("Right."))
        #expect(learner.type("why").contains("mov eax, 5 on the machine:"))
    }
}
