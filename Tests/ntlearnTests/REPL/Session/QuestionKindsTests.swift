import LessonEngine
import Testing

@testable import ntlearn

/// Questions of every kind that needs no machine, asked at the prompt.
struct QuestionKindsTests {
    private func learner(_ keys: String, store: ProgressStore? = nil) throws -> Learner {
        try Learner(store: store, lessons: [Learner.withFrontMatter("```quiz id=q\n\(keys)\n```")])
    }

    @Test("A match shows its numbered side, its lettered side, and how to answer")
    func match() throws {
        let learner = try learner("type: match\nask: Pair.\npairs: [{left: a1, right: b1}, {left: a2, right: b2}]")
        let page = learner.read()
        #expect(page.contains("  1) a1\n  2) a2\n\n  a) b2\n  b) b1\nAnswer with a letter for each of 1 to 2"))
        #expect(learner.type("1b 2a").contains("Right."))
    }

    @Test("A text takes any line that is no word of the prompt, and words still work")
    func text() throws {
        let learner = try learner("type: text\nask: Mode?\nanswer: kernel mode\nexplain: Ring 0.")
        #expect(learner.type("hint").contains("no hints"))
        #expect(learner.type("kernl mode").contains("check the spelling"))
        #expect(learner.type("hnit").contains("Did you mean the word \"hint\"?"))
        let wrong = learner.type("user mode")
        #expect(wrong.contains("You said user mode · Correct: kernel mode") && wrong.contains("Ring 0."))
    }

    @Test("With attempts left, a wrong answer does not show the key and leaves the question open")
    func attempts() throws {
        let learner = try learner("type: cloze\nask: Q?\ntext: 'The [[stub]].'\nattempts: 2")
        let first = learner.type("kernel")
        #expect(first.contains("You said kernel.") && first.contains("You have one more try."))
        #expect(!first.contains("stub") && learner.session.question?.isOpen == true)
        #expect(learner.type("program").contains("Correct: stub"))
        #expect(learner.session.question?.isOpen == false)
    }

    @Test("An answer that was shown does not count when it is typed again")
    func givenAway() throws {
        let store = try ProgressStore.inMemory()
        let learner = try learner("type: text\nask: Mode?\nanswer: kernel", store: store)
        #expect(learner.type("answer").contains("Correct: kernel"))
        learner.type("again")
        #expect(learner.type("kernel").contains("It does not count"))
        #expect(try store.verdicts(course: "test", lesson: "l")["q"]?.verdict == .answeredForYou)
    }

    @Test("A family asks a fresh member each time, which counts, and the row keeps its seed")
    func families() throws {
        let store = try ProgressStore.inMemory()
        let learner = try learner(
            "type: text\nask: Say $(w).\nanswer: word $(w)\nvary: {w: 1000..9000}", store: store)
        learner.type("answer")
        var seeds: [UInt64] = [5]
        learner.session.nextSeed = { seeds.popLast() ?? 0 }
        learner.type("again")
        let key = try #require(try learner.session.question?.question.correctAnswer())
        #expect(learner.type(key).contains("Right."))
        let row = try #require(try store.answers(course: "test").last)
        #expect(row.seed == 5)
        #expect(row.verdict == .correct)
    }
}
