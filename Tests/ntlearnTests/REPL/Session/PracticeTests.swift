import LessonEngine
import Testing

@testable import ntlearn

/// Questions asked one after the other, outside a lesson's page.
struct PracticeTests {
    private func item(_ question: String, _ learner: Learner) throws -> PracticeItem {
        let entry = try #require(learner.session.library.entries.first)
        let block = try #require(entry.lesson.block(question) as? QuizBlock)
        return PracticeItem(block, of: entry, seed: 0)
    }

    /// A learner who is asked for a number and a ring.
    private func learner(
        store: ProgressStore? = nil, change: (inout PracticeRun) -> Void = { _ in }
    ) throws -> Learner {
        let learner = try Learner(store: store)
        var run = PracticeRun(name: "review", items: [try item("number", learner), try item("ring", learner)])
        change(&run)
        learner.session.practise(run)
        return learner
    }

    @Test("The prompt counts the questions, and Enter goes on to the next")
    func prompt() throws {
        let learner = try learner()
        #expect(learner.read().contains("What does EAX hold?"))
        #expect(learner.session.prompt == "review 1/2? ")
        #expect(learner.type("").contains("still open"))
        #expect(learner.type("19h").contains("The stub put 19h there."))
        #expect(learner.session.prompt == "review 1/2> ")
        #expect(learner.type("").contains("In which ring"))
        #expect(learner.session.prompt == "review 2/2? ")
    }

    @Test("At the end stands how many were right, and the lesson's page comes back where it was")
    func end() throws {
        let learner = try learner()
        learner.type("19h")
        learner.type("")
        learner.type("a")
        let text = learner.type("")
        #expect(text.contains("1 of 2 right."))
        #expect(text.contains("The number is 19h."))
        #expect(learner.session.prompt == "door 1/4> ")
    }

    @Test("Leaving brings the lesson's page back and counts what was answered", arguments: ["quit", "menu", "back"])
    func leave(word: String) throws {
        let learner = try learner()
        learner.type("19h")
        let text = learner.type(word)
        #expect(text.contains("1 of 1 right.") && text.contains("The short way in"))
        #expect(learner.session.practice == nil && !learner.session.isOver)
    }

    @Test("Answers are kept as those of their lesson, and the learner's place stays")
    func kept() throws {
        let store = try ProgressStore.inMemory()
        let learner = try learner(store: store)
        learner.type("19h")
        learner.type("")
        #expect(try store.verdicts(course: "test", lesson: "door")["number"]?.verdict == .correct)
        #expect(try store.position(course: "test")?.page == 0)
    }

    @Test("Skipping and asking again work, and the first outcome counts")
    func skipAndAgain() throws {
        let learner = try learner()
        learner.type("12h")
        #expect(learner.type("again").contains("What does EAX hold?"))
        learner.type("19h")
        #expect(learner.type("").contains("In which ring"))
        #expect(learner.type("skip").contains("0 of 2 right."))
    }

    @Test("A run of its own ends the program")
    func endsSession() throws {
        let learner = try learner { $0.endsSession = true }
        learner.type("skip")
        learner.type("skip")
        #expect(learner.session.isOver)
    }

    @Test("In an exam there is one attempt, no help and no machine, and the verdicts come at the end")
    func exam() throws {
        let learner = try learner { $0.rules = .exam }
        for word in ["hint", "why", "again", "answer", "r eax", "u"] {
            #expect(learner.type(word).contains("is not allowed here."), "\(word)")
        }
        let first = learner.type("12ffe4")
        #expect(first.contains("Noted: you said 12FFE4h.") && !first.contains("quite") && !first.contains("19h"))
        learner.type("")
        learner.type("answer b")
        let text = learner.type("")
        #expect(text.contains("1. Not right.") && text.contains("You said 12FFE4h · Correct: 19h"))
        #expect(text.contains("The stub put 19h there.") && text.contains("2. Right."))
        #expect(text.contains("1 of 2 right."))
    }

    @Test("Questions can be made one by one, from what was answered so far, and belong to no lesson")
    func made() throws {
        let store = try ProgressStore.inMemory()
        let learner = try Learner(store: store)
        let ring = try item("ring", learner).block
        var rights: [Int] = []
        learner.session.practise(
            PracticeRun(name: "drill", count: nil) { results in
                rights.append(results.filter { $0.verdict == .correct }.count)
                let source = AnswerSource(course: "drills", lesson: "rings", contentHash: "1")
                return PracticeItem(ring.question(seed: 0), source: source)
            })
        #expect(learner.session.prompt == "drill 1? ")
        learner.type("b")
        learner.type("")
        learner.type("skip")
        #expect(learner.session.prompt == "drill 3? ")
        #expect(rights == [0, 1, 1])
        #expect(try store.answers(course: "drills").map(\.verdict) == [.correct, .skipped])
    }
}
