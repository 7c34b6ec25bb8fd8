import Foundation
import Synchronization

/// Keeps descriptors from children that they are not meant for.
///
/// A pipe is open for a moment before it can be marked. A child that another test starts in that moment would keep the pipe
/// open, and its reader would wait for that child as well.
enum Inheritance {
    /// Held while a child starts, and while a descriptor is open but not marked yet.
    static let lock = Mutex(())

    /// The read and the write end of a new pipe, neither of which a child inherits unless it is given.
    static func makePipe() throws -> (read: Int32, write: Int32) {
        try lock.withLock { _ in
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0 else { throw HarnessError("cannot make a pipe") }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return (ends[0], ends[1])
        }
    }
}
