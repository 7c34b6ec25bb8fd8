import Foundation
import LessonEngine
import Testing

@Suite("Review: when a question is asked again")
struct SchedulerTests {
    private let scheduler = Scheduler()
    private let start = Date(timeIntervalSince1970: 1_767_225_600)

    private func day(_ days: Double) -> Date { start + days * 86_400 }

    /// The card after reviews with these ratings on these days.
    private func review(_ reviews: [(Rating, Double)]) -> ReviewCard? {
        reviews.reduce(nil) { scheduler.review($0, $1.0, at: day($1.1)) }
    }

    @Test(
        "The first answer sets the first interval", arguments: [(Rating.again, 1), (.hard, 1), (.good, 2), (.easy, 8)])
    func first(rating: Rating, days: Int) throws {
        let card = try #require(review([(rating, 0)]))
        #expect(card.due == day(Double(days)))
        #expect(card.reviews == 1)
    }

    @Test("Right answers in time make intervals grow, a wrong one makes them short")
    func growth() {
        var card = scheduler.review(nil, .good, at: start)
        var intervals: [Double] = []
        for _ in 0..<5 {
            let before = card.due
            card = scheduler.review(card, .good, at: before)
            intervals.append(card.due.timeIntervalSince(before) / 86_400)
        }
        #expect(intervals == intervals.sorted() && intervals[0] > 2 && intervals[4] > 100)
        let lapse = scheduler.review(card, .again, at: card.due)
        #expect(lapse.memory.stability < card.memory.stability / 10)
        #expect(lapse.memory.difficulty > card.memory.difficulty)
    }

    @Test("The chance of recalling is 1 at once, 90 % after the stability, and falls on")
    func retrievability() {
        let card = ReviewCard(
            memory: MemoryState(stability: 10, difficulty: 5), reviews: 1, reviewed: start, due: day(10))
        #expect(scheduler.retrievability(of: card, at: start) == 1)
        #expect(abs(scheduler.retrievability(of: card, at: day(10)) - 0.9) < 1e-12)
        #expect(scheduler.retrievability(of: card, at: day(100)) < 0.8)
    }

    @Test("Whoever wants to recall more is asked sooner")
    func retention() {
        let interval = Scheduler().interval(stability: 50)
        #expect(interval == 50)
        #expect(Scheduler(retention: 0.97).interval(stability: 50) < 20)
        #expect(Scheduler(retention: 0.8).interval(stability: 50) > 100)
    }

    @Test("An interval is at least a day and at most a hundred years", arguments: [(0.0001, 1), (1e300, 36_500)])
    func bounds(stability: Double, days: Int) {
        #expect(scheduler.interval(stability: stability) == days)
    }

    @Test("A clock set back counts as the same day, and no time is too far away")
    func clock() throws {
        let back = try #require(review([(.good, 0), (.good, -400)]))
        #expect(back.memory == review([(.good, 0), (.good, 0.5)])?.memory)
        let far = scheduler.review(back, .good, at: .distantFuture)
        #expect(far.memory.stability.isFinite && far.due > .distantFuture)
    }

    @Test("2,000 histories of chance end as PyPI's fsrs says")
    func recordedHistories() throws {
        let file = URL(fileURLWithPath: #filePath)
            .appendingPathComponent("../../Progress/Fixtures/fsrs-histories.txt").standardizedFileURL
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 2000)
        for line in lines {
            let parts = line.split(separator: " = ")
            let expected = parts[1].split(separator: " ").compactMap { Double($0) }
            let reviews = try parts[0].split(separator: " ").map { review in
                let numbers = review.split(separator: "@").compactMap { Double($0) }
                return (try #require(Rating(rawValue: Int(numbers[0]))), numbers[1] / 86_400_000)
            }
            let card = try #require(review(reviews))
            let days = (card.due.timeIntervalSince(card.reviewed) / 86_400).rounded()
            #expect(abs(card.memory.stability / expected[0] - 1) < 1e-9, "\(line)")
            #expect(abs(card.memory.difficulty - expected[1]) < 1e-9, "\(line)")
            #expect(days == expected[2], "\(line)")
        }
    }
}
