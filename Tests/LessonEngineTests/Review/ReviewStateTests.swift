import Foundation
import LessonEngine
import Testing

@Suite("Review: what answers say about memory")
struct ReviewStateTests {
    private let store: ProgressStore

    init() throws { store = try .inMemory() }

    private func card(_ answers: [AnswerRecord]) throws -> ReviewCard? {
        for answer in answers { try store.append(answer) }
        return try store.verdicts(course: "nt", lesson: "int2e")["vector"]?.card
    }

    private func expected(_ ratings: [Rating]) -> ReviewCard? {
        ratings.reduce(nil) { Scheduler().review($0, $1, at: someAnswer().time) }
    }

    @Test("Right is good, wrong is again, skipped is nothing")
    func plain() throws {
        #expect(try card([someAnswer(verdict: .skipped)]) == nil)
        #expect(try card([someAnswer(seed: 1)]) == expected([.good]))
        #expect(try card([someAnswer(seed: 2, verdict: .wrong)]) == expected([.good, .again]))
        #expect(try card([someAnswer(verdict: .skipped)]) == expected([.good, .again]))
    }

    @Test("Right after a hint is hard")
    func hint() throws {
        var answer = someAnswer()
        answer.hints = 1
        #expect(try card([answer]) == expected([.hard]))
        #expect(try store.answers(course: "nt") == [answer])
    }

    @Test("Right at the second try is hard, right with a fresh member is good")
    func secondTry() throws {
        let wrong = someAnswer(seed: 1, verdict: .wrong)
        #expect(try card([wrong, someAnswer(seed: 1)]) == expected([.again, .hard]))
        #expect(try card([wrong, someAnswer(seed: 2)]) == expected([.again, .hard, .again, .good]))
    }

    @Test("Asking for the answer is again; typing it afterwards says nothing")
    func givenAway() throws {
        #expect(try card([someAnswer(answer: "", verdict: .answeredForYou)]) == expected([.again]))
        #expect(try card([someAnswer(verdict: .answeredForYou)]) == expected([.again]))
    }

    @Test("The state kept with each answer is the one that all answers give when they are read again")
    func rebuilt() throws {
        var random = SplitMix64(seed: 8)
        for number in 0..<400 {
            var answer = someAnswer(
                lesson: "l\(random.next(below: 3))", question: "q\(random.next(below: 4))",
                seed: random.next(below: 3),
                answer: random.next(below: 2) == 0 ? "" : "2e",
                verdict: AnswerRecord.Verdict.allCases[Int(random.next(below: 4))],
                time: 1_000_000 + Double(number) * 40_000)
            answer.hints = Int(random.next(below: 2))
            try store.append(answer)
        }
        let kept = try store.questions(course: "nt")
        try store.rebuildStandings()
        #expect(try store.questions(course: "nt") == kept)
        #expect(kept.count == 12 && kept.contains { $0.card != nil })
    }
}
