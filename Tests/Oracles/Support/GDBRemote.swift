import Foundation

/// A client of the GDB remote serial protocol, over two file descriptors: as much of it as stepping needs.
/// Every answer has a deadline, so that a silent stub fails a test instead of hanging it.
final class GDBRemote {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let input: Int32
    private let output: Int32
    private let secondsToAnswer: Double
    private var received: [UInt8] = []

    init(reading input: Int32, writing output: Int32, secondsToAnswer: Double = 20) {
        self.input = input
        self.output = output
        self.secondsToAnswer = secondsToAnswer
    }

    /// Sends a packet and returns the answer's payload.
    func request(_ payload: String) throws -> String {
        let checksum = payload.utf8.reduce(UInt8(0), &+)
        let packet = "$\(payload)#" + (checksum < 16 ? "0" : "") + String(checksum, radix: 16)
        try send(Array(packet.utf8))
        return try answer(to: payload)
    }

    private func send(_ bytes: [UInt8]) throws {
        let written = bytes.withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
        guard written == bytes.count else { throw Failure(description: "the stub does not take packets") }
    }

    private func answer(to payload: String) throws -> String {
        let deadline = Date(timeIntervalSinceNow: secondsToAnswer)
        while true {
            if let packet = takePacket() { return packet }
            let milliseconds = Int32(deadline.timeIntervalSinceNow * 1000)
            var descriptor = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
            guard milliseconds > 0, poll(&descriptor, 1, milliseconds) > 0 else {
                throw Failure(description: "no answer to \(payload)")
            }
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = read(input, &buffer, buffer.count)
            guard count > 0 else { throw Failure(description: "the stub is gone after \(payload)") }
            received += buffer[..<count]
        }
    }

    /// A whole packet, `$payload#xx`, without what lies around it.
    private func takePacket() -> String? {
        guard let end = received.firstIndex(of: UInt8(ascii: "#")), received.count >= end + 3,
            let start = received[..<end].firstIndex(of: UInt8(ascii: "$"))
        else { return nil }
        defer { received.removeFirst(end + 3) }
        return String(decoding: received[start + 1..<end], as: UTF8.self)
    }
}
