import Foundation
import Synchronization

/// Signals of this process, turned into something that can be waited for together with a file descriptor.
///
/// A handler only notes the signal and writes a byte into a pipe, which is all that a handler may safely do. The pipe wakes
/// the waiting thread even if the kernel ran the handler on another one, and even just before it begins to wait.
enum SignalInbox {
    /// What ended a wait.
    enum Event: Equatable {
        /// The descriptor can be read, or is at its end.
        case input
        case signal(Int32)
    }

    /// A bit for each signal number that was noted and not yet taken.
    private static let pending = Atomic<UInt64>(0)
    /// The pipe's ends: the upper half reads, the lower half writes. Both are -1, which
    /// `poll` and `write` skip, before the first ``receive(_:)``, and if there are no descriptors left.
    private static let pipeEnds = Atomic<UInt64>(.max)

    /// Receives these signals from now on, except those that the parent told us to ignore.
    static func receive(_ signals: [Int32]) {
        openPipe()
        _ = InterruptFlag.keyboard
        for number in signals {
            var old = sigaction()
            sigaction(number, nil, &old)
            if !isIgnored(old) { install(number, handler: note) }
        }
    }

    /// Gives these signals their usual effect again.
    static func release(_ signals: [Int32]) {
        for number in signals {
            var old = sigaction()
            sigaction(number, nil, &old)
            if !isIgnored(old) { install(number, handler: SIG_DFL) }
        }
    }

    /// Takes one of these signals that has arrived; nil if none has.
    static func take(_ signals: [Int32]) -> Int32? {
        for number in signals {
            let bit = UInt64(1) << UInt64(number)
            if pending.bitwiseAnd(~bit, ordering: .relaxed).oldValue & bit != 0 { return number }
        }
        return nil
    }

    /// Waits until one of these signals arrives or the descriptor can be read. A signal comes first.
    static func wait(for signals: [Int32], orInputFrom descriptor: Int32) -> Event {
        let wake = Int32(truncatingIfNeeded: pipeEnds.load(ordering: .relaxed) >> 32)
        while true {
            if let number = take(signals) { return .signal(number) }
            var polled = [
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&polled, 2, -1) > 0 else { continue }
            if polled[1].revents != 0 { drain(wake) } else { return .input }
        }
    }

    private static let note: @convention(c) (Int32) -> Void = { number in
        let saved = errno
        if number == SIGINT { InterruptFlag.keyboard.request() }
        pending.bitwiseOr(UInt64(1) << UInt64(number), ordering: .relaxed)
        var byte: UInt8 = 0
        _ = write(Int32(truncatingIfNeeded: pipeEnds.load(ordering: .relaxed) & 0xFFFF_FFFF), &byte, 1)
        errno = saved
    }

    private static func openPipe() {
        guard pipeEnds.load(ordering: .relaxed) == .max else { return }
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        pipeEnds.store(UInt64(UInt32(ends[0])) << 32 | UInt64(UInt32(ends[1])), ordering: .relaxed)
        _ = pending.load(ordering: .relaxed)
    }

    private static func drain(_ descriptor: Int32) {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(descriptor, &bytes, bytes.count) > 0 {}
    }

    private static func isIgnored(_ action: sigaction) -> Bool {
        unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    private static func install(_ number: Int32, handler: (@convention(c) (Int32) -> Void)?) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = handler
        action.sa_flags = SA_RESTART
        sigaction(number, &action, nil)
    }
}
