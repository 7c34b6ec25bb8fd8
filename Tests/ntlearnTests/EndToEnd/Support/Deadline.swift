import Foundation

/// How long a test waits before it calls the program hung. Far more than anything takes, even on a busy machine.
struct Deadline {
    private let end: ContinuousClock.Instant

    init(_ duration: Duration = .seconds(60)) {
        end = .now + duration
    }

    var hasPassed: Bool { ContinuousClock.now >= end }

    /// What is left, for `poll`.
    var milliseconds: Int32 {
        let left = ContinuousClock.now.duration(to: end)
        return max(0, Int32(clamping: left.components.seconds * 1000 + 1))
    }

    /// Waits until one of the descriptors has input or is at its end; false once the deadline has passed.
    func wait(forInputFrom descriptors: [Int32]) -> Bool {
        var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while !hasPassed {
            if poll(&polled, nfds_t(polled.count), milliseconds) > 0 { return true }
        }
        return false
    }
}
