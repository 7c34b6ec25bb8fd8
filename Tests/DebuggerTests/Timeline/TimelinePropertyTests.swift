import Debugger
import Testing
import X86

@Suite("Every moment of a recorded run can be returned to, bit for bit")
struct TimelinePropertyTests {
    private static let fine = TimelineLimits(finestSpacing: 150, mostCheckpoints: 12)

    @Test("Any position is what a straight run to it is, changes and interrupts included", arguments: 0..<12)
    func seek(seed: UInt64) throws {
        let guest = try RandomGuest(seed: seed)
        var generator = SeededGenerator(seed: seed &* 77)
        let timeline = Timeline(guest.machine(), limits: Self.fine)
        timeline.wander(6_000, &generator)
        for _ in 0..<12 {
            let step = Int.random(in: 0...timeline.end, using: &generator)
            timeline.seek(to: step)
            try #require(timeline.position == step)
            let straight = guest.state(after: step, timeline.events.filter { $0.step <= step })
            let isSame = timeline.machine.cpu.checkpoint() == straight
            try #require(isSame, "seed \(seed), step \(step) of \(timeline.end)")
        }
    }

    @Test("A thousand steps back from any point lead through the very states that were passed", arguments: 0..<12)
    func stepBack(seed: UInt64) throws {
        let guest = try RandomGuest(seed: seed)
        var generator = SeededGenerator(seed: seed &* 101)
        let timeline = Timeline(guest.machine(), limits: Self.fine)
        timeline.wander(6_000, &generator)
        timeline.seek(to: Int.random(in: min(1_200, timeline.end)...timeline.end, using: &generator))
        for count in 1...1_000 where timeline.stepBack() == 1 {
            guard count % 125 == 0, timeline.events.allSatisfy({ $0.step != timeline.position }) else { continue }
            let straight = guest.state(
                after: timeline.position, timeline.events.filter { $0.step <= timeline.position })
            let isSame = timeline.machine.cpu.checkpoint() == straight
            try #require(isSame, "seed \(seed), \(count) steps back")
        }
    }

    @Test("Steps back reach the beginning, and the end can be returned to", arguments: 0..<6)
    func roundTrip(seed: UInt64) throws {
        let guest = try RandomGuest(seed: seed)
        var generator = SeededGenerator(seed: seed &* 13)
        let timeline = Timeline(guest.machine(), limits: Self.fine)
        let beginning = timeline.machine.cpu.checkpoint()
        timeline.wander(3_000, &generator)
        let last = timeline.machine.cpu.checkpoint()
        let count = timeline.end + timeline.events.count
        #expect(timeline.stepBack(count + 5) == count)
        let isBeginning = timeline.machine.cpu.checkpoint() == beginning
        #expect(isBeginning)
        timeline.seek(to: timeline.end)
        let isEnd = timeline.machine.cpu.checkpoint() == last
        #expect(isEnd)
        #expect(!timeline.isInPast)
    }

    @Test("A run that went another way from the past can be returned to as well", arguments: 0..<8)
    func forks(seed: UInt64) throws {
        let guest = try RandomGuest(seed: seed)
        var generator = SeededGenerator(seed: seed &* 31)
        let timeline = Timeline(guest.machine(), limits: Self.fine)
        for _ in 0..<6 {
            timeline.wander(timeline.position + 1_500, &generator)
            timeline.seek(to: Int.random(in: 0...timeline.end, using: &generator))
            timeline.stepBack(Int.random(in: 0...20, using: &generator))
        }
        timeline.wander(timeline.position + 1_500, &generator)
        for _ in 0..<8 {
            let step = Int.random(in: 0...timeline.end, using: &generator)
            timeline.seek(to: step)
            let straight = guest.state(after: step, timeline.events.filter { $0.step <= step })
            let isSame = timeline.machine.cpu.checkpoint() == straight
            try #require(isSame, "seed \(seed), step \(step) of \(timeline.end)")
        }
    }
}
