#if canImport(Glibc)
import Glibc
#endif
import Synchronization

/// How long one lesson may keep a processor busy.
///
/// Budgets of steps come first: they are the same on every machine. This is the backstop for what they do not foresee.
/// It counts the processor's time of the thread that made it, so that a busy computer makes no lesson too slow.
public final class TimeLimit: Sendable {
    /// The limit of the lesson that this thread is checking, if there is one.
    @TaskLocal public static var current: TimeLimit?

    /// What it was made with.
    public let seconds: Double

    private let clock = ThreadClock()
    private let start: Double
    private let place = Mutex<SourceLocation?>(nil)

    /// Begins to count now, on this thread.
    public init(seconds: Double) {
        self.seconds = seconds
        start = clock.seconds ?? 0
    }

    /// Whether the time is over. May be asked on any thread.
    public var hasPassed: Bool { used > seconds }

    /// Whether so much more time is over that whoever is checking does not look at the clock any more.
    public var isIgnored: Bool { used > seconds + 1 }

    private var used: Double { clock.seconds.map { $0 - start } ?? 0 }

    /// Notes what is being checked from now on.
    public func enter(_ location: SourceLocation) { place.withLock { $0 = location } }

    /// What is to be said of a lesson, at the place where it was when the time was over.
    /// - Parameter start: the place to name if it had not come to any.
    public func diagnostic(from start: SourceLocation) -> Diagnostic {
        let limit = "\(seconds)".hasSuffix(".0") ? "\(Int(seconds))" : "\(seconds)"
        return .error(
            .tooSlow, at: place.withLock { $0 } ?? start,
            "checking this takes the lesson over its limit of \(limit) s; the rest of it was not checked",
            note: "let it run fewer instructions or have fewer values, or allow more with --time-limit")
    }
}

/// The processor's time that one thread has used.
private struct ThreadClock: Sendable {
    #if canImport(Glibc)
    private let clock: clockid_t

    init() {
        var clock: clockid_t = 0
        // The thread's own clock, by a number under which other threads can read it.
        self.clock = pthread_getcpuclockid(pthread_self(), &clock) == 0 ? clock : CLOCK_MONOTONIC
    }

    /// Nil when the thread has ended.
    var seconds: Double? {
        var time = timespec()
        guard clock_gettime(clock, &time) == 0 else { return nil }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    #else
    private let start = ContinuousClock.now

    var seconds: Double? {
        let elapsed = start.duration(to: .now).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    }
    #endif
}
