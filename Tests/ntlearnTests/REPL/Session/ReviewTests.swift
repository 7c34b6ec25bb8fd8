import Foundation
import LessonEngine
import Testing

@testable import ntlearn

/// `review` and `progress` at the prompt.
struct ReviewTests {
    private let store: ProgressStore

    init() throws { store = try .inMemory() }

    private func answer(
        _ question: String, _ verdict: AnswerRecord.Verdict = .correct, daysAgo: Double, hash: String = "old"
    ) throws {
        try store.append(
            AnswerRecord(
                course: "test", lesson: "door", question: question, contentHash: hash, seed: 1, answer: "x",
                verdict: verdict, time: Date(timeIntervalSinceNow: -daysAgo * 86_400)))
    }

    private static let family = """
        ---
        format: 1
        id: door
        title: The door
        objectives: [say words]
        ---
        # Words

        ```quiz id=word
        type: text
        ask: Say $(w).
        answer: word $(w)
        vary: {w: 1000..9000}
        objective: 1
        ```

        ```quiz id=other
        type: text
        ask: Say other.
        answer: other
        objective: 1
        ```
        """

    @Test("With nothing answered and with nothing due, review says so")
    func nothing() throws {
        let learner = try Learner(store: store)
        #expect(learner.type("review").contains("There is nothing to review yet"))
        try answer("number", daysAgo: 0)
        #expect(learner.type("review").contains("Nothing is due. The next question is due"))
        #expect(learner.session.practice == nil)
    }

    @Test("A due question is asked with a fresh member, the one most likely forgotten first")
    func due() throws {
        try answer("other", daysAgo: 3)
        try answer("word", daysAgo: 30)
        let learner = try Learner(store: store, lessons: [Self.family])
        var seeds: [UInt64] = [7, 8]
        learner.session.nextSeed = { seeds.popLast() ?? 0 }
        #expect(learner.type("review").contains("Say "))
        #expect(learner.session.prompt == "review 1/2? ")
        let open = try #require(learner.session.question)
        #expect(open.block.id == "word" && open.question.text.seed == 8)
        learner.type(try open.question.correctAnswer())
        #expect(learner.type("").contains("Say other."))
        learner.type("other")
        #expect(learner.type("").contains("2 of 2 right."))
        #expect(learner.type("review").contains("Nothing is due."))
    }

    @Test("COUNT is the most questions, and must be a number")
    func count() throws {
        try answer("other", daysAgo: 3)
        try answer("word", daysAgo: 30)
        let learner = try Learner(store: store, lessons: [Self.family])
        learner.type("review 1")
        #expect(learner.session.prompt == "review 1/1? ")
        #expect(learner.type("review 0").contains("Usage: review [COUNT]"))
    }

    @Test("A hint makes the answer count as hard")
    func hint() throws {
        let learner = try Learner(store: store)
        for line in ["", "hint", "19h"] { learner.type(line) }
        #expect(try store.answers(course: "test").map(\.hints) == [1])
        let card = try #require(try store.verdicts(course: "test", lesson: "door")["number"]?.card)
        #expect(card.memory == Scheduler().review(nil, .hard, at: card.reviewed).memory)
    }

    @Test("Progress shows lessons, objectives, what is due and what was revised, within 80 columns")
    func progress() throws {
        try answer("other", daysAgo: 3)
        try answer("word", .wrong, daysAgo: 3)
        try answer("door/1", daysAgo: 2)
        try answer("door/2", .wrong, daysAgo: 1)
        try answer("door/1", daysAgo: 0)
        let learner = try Learner(store: store, lessons: [Self.family])
        let page = learner.type("progress")
        #expect(page.contains("1 of 2 right  2 due, revised since"))
        #expect(page.contains("1 of 2   say words"))
        #expect(page.contains("Predictions: 2 of 3 right; 1 in a row now, 1 at best."))
        #expect(page.contains("2 questions are due for review: type review"))
        #expect(page.split(separator: "\n").allSatisfy { String($0).displayWidth <= 80 })
    }

    @Test("A bar has blocks where the character set has them, and always shows that something is done")
    func bar() {
        let utf8 = Bar(environment: ["LANG": "C.UTF-8"])
        #expect(utf8.text(3, of: 10).text == "███░░░░░░░")
        let ascii = Bar(environment: ["LC_ALL": "C", "LANG": "de_DE.UTF-8"])
        #expect(ascii.text(1, of: 100).text == "#.........")
        #expect(ascii.text(0, of: 0).text == "..........")
        #expect(ascii.text(99, of: 100).text == "#########.")
    }

    @Test("For a screen reader progress is sentences")
    func plain() throws {
        try answer("other", daysAgo: 3)
        let learner = try Learner(store: store, lessons: [Self.family])
        let terminal = Terminal(isTTY: false, columns: 80, environment: [:], plain: true)
        let page = ProgressPage(
            overview: try ProgressOverview(learner.session.library, store), layout: Layout(terminal))
        let text = page.lines.map(\.text).joined(separator: " ")
        #expect(text.contains("Lesson 1, door: 1 of 2 questions right, 1 due for review, revised since you answered,"))
        #expect(text.contains("Objective 1, say words: 1 of 2 right."))
        #expect(!text.contains("█") && !text.contains("#"))
    }

    @Test(
        "Days are told as people say them",
        arguments: [
            (3600.0 * 5, "today at 17:00"), (3600.0 * 14, "tomorrow at 02:00"), (86_400.0 * 40, "2026-02-10"),
        ])
    func dueDate(seconds: Double, text: String) throws {
        let noon = Date(timeIntervalSince1970: 1_767_268_800)
        let utc = try #require(TimeZone(identifier: "UTC"))
        #expect(DueDate(noon + seconds, now: noon, timeZone: utc).text == text)
    }
}
