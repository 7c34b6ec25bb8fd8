import Foundation
import LessonEngine
import Synchronization

/// Does independent jobs on as many threads as there are processors.
///
/// A job has a ``TimeLimit``, which it should watch itself. One that does not is given up: its thread is left behind, and
/// another one takes its place.
final class WorkerPool<Job: Sendable, Outcome: Sendable>: Sendable {
    private struct State {
        var next = 0
        var outcomes: [Outcome?]
        var running: [Int: TimeLimit] = [:]
        var finished = 0

        mutating func keep(_ outcome: Outcome, _ index: Int) {
            outcomes[index] = outcome
            finished += 1
        }
    }

    private let state: Mutex<State>
    /// Signalled for each job that is done.
    private let done = DispatchSemaphore(value: 0)
    private let jobs: [Job]
    private let limit: Double
    private let work: @Sendable (Job) -> Outcome
    private let giveUp: @Sendable (Job, TimeLimit) -> Outcome

    /// - Parameters:
    ///   - limit: seconds of the processor's time for each job.
    ///   - giveUp: what to say of a job that does not end.
    init(
        _ jobs: [Job], limit: Double, work: @escaping @Sendable (Job) -> Outcome,
        giveUp: @escaping @Sendable (Job, TimeLimit) -> Outcome
    ) {
        self.jobs = jobs
        self.limit = limit
        self.work = work
        self.giveUp = giveUp
        state = Mutex(State(outcomes: Array(repeating: nil, count: jobs.count)))
    }

    /// The outcomes in the order of the jobs.
    /// - Parameter progress: told now and then how many jobs are done.
    func run(
        threads: Int = ProcessInfo.processInfo.activeProcessorCount,
        progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) -> [Outcome] {
        for _ in 0..<min(max(1, threads), jobs.count) { startThread() }
        while true {
            let finished = state.withLock(\.finished)
            progress(finished, jobs.count)
            if finished == jobs.count { break }
            if done.wait(timeout: .now() + .milliseconds(Self.tick)) == .timedOut { abandonEndless() }
        }
        return state.withLock { $0.outcomes.compactMap(\.self) }
    }

    /// Milliseconds between two looks at jobs that do not end.
    private static var tick: Int { 100 }
    /// Markdown and expressions nest, and so do the functions that read them.
    private static var stackSize: Int { 8 << 20 }

    private func startThread() {
        let thread = Thread { [self] in
            while let (index, limit) = takeJob() {
                let outcome = TimeLimit.$current.withValue(limit) { work(jobs[index]) }
                guard finish(index, outcome) else { return }
            }
        }
        thread.stackSize = Self.stackSize
        thread.start()
    }

    private func takeJob() -> (Int, TimeLimit)? {
        let limit = TimeLimit(seconds: limit)
        return state.withLock { state in
            guard state.next < jobs.count else { return nil }
            let index = state.next
            state.next += 1
            state.running[index] = limit
            return (index, limit)
        }
    }

    /// False if the job was given up meanwhile: then nobody waits for this thread.
    private func finish(_ index: Int, _ outcome: Outcome) -> Bool {
        let isWanted = state.withLock { state in
            guard state.running.removeValue(forKey: index) != nil else { return false }
            state.keep(outcome, index)
            return true
        }
        if isWanted { done.signal() }
        return isWanted
    }

    private func abandonEndless() {
        let abandoned = state.withLock { state in
            let endless = state.running.filter { $0.value.isIgnored }
            for (index, limit) in endless {
                state.running[index] = nil
                state.keep(giveUp(jobs[index], limit), index)
            }
            return endless.count
        }
        for _ in 0..<abandoned { startThread() }
    }
}
