import Foundation

/// One of a child's output streams.
final class OutputPipe {
    private let readEnd: Int32
    /// What the child gets. Closed by ``readAll(_:deadline:)``, so that the child's end of file is the only one.
    let writeEnd: Int32
    private var bytes: [UInt8] = []
    private var isOpen = true

    init() throws {
        (readEnd, writeEnd) = try Inheritance.makePipe()
    }

    deinit { close(readEnd) }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Reads all pipes, in whatever order their data arrives, until the child has closed them.
    static func readAll(_ pipes: [OutputPipe], deadline: Deadline = Deadline()) throws {
        for pipe in pipes { close(pipe.writeEnd) }
        while true {
            let open = pipes.filter(\.isOpen)
            if open.isEmpty { return }
            guard deadline.wait(forInputFrom: open.map(\.readEnd)) else {
                throw HarnessError("the program did not end. It wrote:\n\(pipes.map(\.text).joined(separator: "\n"))")
            }
            for pipe in open where pipe.hasInput { pipe.readMore() }
        }
    }

    private var hasInput: Bool {
        var polled = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
        return poll(&polled, 1, 0) > 0
    }

    private func readMore() {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = read(readEnd, &chunk, chunk.count)
        bytes += chunk.prefix(max(count, 0))
        isOpen = count > 0
    }
}
