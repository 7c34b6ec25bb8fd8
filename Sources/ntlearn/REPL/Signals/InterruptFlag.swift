import Synchronization

/// A wish to stop, set from outside and polled by whatever may take long.
final class InterruptFlag: Sendable {
    private let requested = Atomic<Bool>(false)

    /// The flag that Ctrl-C sets.
    static let keyboard = InterruptFlag()

    /// True from ``request()`` until ``clear()``.
    var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// Safe in a signal handler.
    func request() { requested.store(true, ordering: .relaxed) }

    func clear() { requested.store(false, ordering: .relaxed) }
}
