import Foundation
import LessonEngine
import Synchronization
import Testing

@testable import ntlearn

@Suite("Files are checked side by side")
struct WorkerPoolTests {
    private final class End: Sendable {
        let hasCome = Atomic(false)
    }

    @Test("The outcomes come in the order of the jobs, whatever is done first", arguments: [1, 2, 7])
    func order(threads: Int) {
        let pool = WorkerPool(Array(0..<200), limit: 10) {
            $0 * 2
        } giveUp: { job, _ in
            -job
        }
        #expect(pool.run(threads: threads) == (0..<200).map { $0 * 2 })
    }

    @Test("No jobs are no work")
    func none() {
        let pool = WorkerPool([Int](), limit: 1) {
            $0
        } giveUp: { job, _ in
            job
        }
        #expect(pool.run().isEmpty)
    }

    @Test("A job that never ends is given up, and the others are done")
    func endless() {
        let end = End()
        let pool = WorkerPool(Array(0..<6), limit: 0.05) { job -> Int in
            while job == 3, !end.hasCome.load(ordering: .relaxed) {}
            return job
        } giveUp: { job, limit in
            limit.hasPassed ? -job : 99
        }
        #expect(pool.run(threads: 2) == [0, 1, 2, -3, 4, 5])
        end.hasCome.store(true, ordering: .relaxed)
    }

    @Test("Progress ends with all jobs")
    func progress() {
        var last = (0, 0)
        let pool = WorkerPool(Array(0..<20), limit: 1) {
            $0
        } giveUp: { job, _ in
            job
        }
        _ = pool.run { last = ($0, $1) }
        #expect(last == (20, 20))
    }

    @Test("Each job has a limit of its own")
    func limit() {
        let pool = WorkerPool([1, 2], limit: 7) { _ in
            TimeLimit.current?.seconds
        } giveUp: { _, _ in
            nil
        }
        #expect(pool.run() == [7, 7])
    }
}
