import Foundation

/// Standard output, written in large pieces and without regard to encoding.
///
/// A reader that has seen enough and closed the pipe ends the program quietly, even where SIGPIPE is ignored.
struct ByteOutput {
    private var pending: [UInt8] = []
    private static let pieceSize = 1 << 16

    /// Adds bytes; they are written once there are many.
    mutating func write(_ bytes: some Sequence<UInt8>) throws(CommandFailure) {
        pending.append(contentsOf: bytes)
        if pending.count >= Self.pieceSize { try flush() }
    }

    /// Writes everything that was added.
    mutating func flush() throws(CommandFailure) {
        var start = 0
        while start < pending.count {
            let written = pending[start...].withUnsafeBytes {
                Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count)
            }
            if written < 0, errno == EINTR { continue }
            guard written >= 0 else { throw Self.failure(errno) }
            start += written
        }
        pending.removeAll(keepingCapacity: true)
    }

    private static func failure(_ code: Int32) -> CommandFailure {
        if code == EPIPE { return CommandFailure("", status: 0) }
        return CommandFailure("cannot write to standard output: \(String(cString: strerror(code)))", status: 2)
    }
}
