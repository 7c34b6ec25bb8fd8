import Foundation

/// Unicorn 2 in a Python process of its own, which executes batches of cases.
///
/// The protocol, all numbers little-endian: first we send the data pages' pattern. Then each batch is a length and a
/// count (4 bytes each) and that many requests; the answer is a length and as many answers. A request is code length,
/// steps, number of contents and a zero (1 byte each), eight registers, EFLAGS, the contents (address and size, 4 bytes
/// each, then bytes), the code. An answer is vector (FFh for none), kind of access, whether memory differs from the pattern and a zero
/// (1 byte each), the faulting address, eight registers, EFLAGS, EIP, six selectors, and the data pages if they differ.
final class UnicornProcess {
    private static let oracle = PythonOracle("unicorn_oracle.py")

    /// Whether `python3` finds Unicorn 2.1 or later.
    static let isInstalled = oracle.isInstalled

    private let process: Process
    private let requests = Pipe()
    private let answers = Pipe()
    /// Generous: a batch takes a tenth of a second.
    private static let millisecondsToAnswer: Int32 = 60_000

    init() throws {
        process = Self.oracle.process()
        process.standardInput = requests
        process.standardOutput = answers
        // Without this a dead oracle would end the tests instead of failing one of them.
        signal(SIGPIPE, SIG_IGN)
        try process.run()
        try send(GuestCase.pattern)
    }

    deinit {
        if process.isRunning { process.terminate() }
    }

    /// Sends a batch; ``receive(_:)`` gets its answers. In between the caller may do something else.
    func send(_ cases: [GuestCase]) throws {
        var batch: [UInt8] = []
        for each in cases { batch.append(encoding: each) }
        try send(littleEndian(UInt32(batch.count)) + littleEndian(UInt32(cases.count)) + batch)
    }

    /// What became of the cases that were sent last.
    func receive(_ cases: [GuestCase]) throws -> [GuestOutcome] {
        var header = Reader(bytes: try read(4))
        var reader = Reader(bytes: try read(Int(header.word())))
        return cases.map { _ in reader.outcome() }
    }

    private func send(_ bytes: [UInt8]) throws {
        let descriptor = requests.fileHandleForWriting.fileDescriptor
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw OracleFailure(description: "Unicorn's process does not read") }
            rest = rest.dropFirst(count)
        }
    }

    private func read(_ count: Int) throws -> [UInt8] {
        var descriptor = pollfd(fd: answers.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            guard poll(&descriptor, 1, Self.millisecondsToAnswer) > 0 else {
                throw OracleFailure(description: "Unicorn's process does not answer")
            }
            let received = bytes.withUnsafeMutableBytes {
                Foundation.read(descriptor.fd, $0.baseAddress?.advanced(by: filled), count - filled)
            }
            guard received > 0 else { throw OracleFailure(description: "Unicorn's process has ended") }
            filled += received
        }
        return bytes
    }
}

private func littleEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}

extension [UInt8] {
    fileprivate mutating func append(encoding guest: GuestCase) {
        self += [UInt8(guest.code.count), UInt8(guest.steps), UInt8(guest.contents.count), 0]
        for register in guest.registers { self += littleEndian(register) }
        self += littleEndian(guest.eflags)
        for content in guest.contents {
            self += littleEndian(content.address) + littleEndian(UInt32(content.bytes.count)) + content.bytes
        }
        self += guest.code
    }
}

private struct Reader {
    let bytes: [UInt8]
    private var offset = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func byte() -> UInt8 {
        defer { offset += 1 }
        return bytes[offset]
    }

    mutating func word() -> UInt32 { (0..<4).reduce(0) { $0 | UInt32(byte()) << ($1 * 8) } }

    mutating func outcome() -> GuestOutcome {
        let vector = byte()
        let access = byte()
        let differs = byte() != 0
        _ = byte()
        let address = word()
        let words = (0..<16).map { _ in word() }
        return GuestOutcome(
            fault: fault(vector, access, address), registers: Array(words[..<8]), eflags: words[8], eip: words[9],
            selectors: words[10...].map { $0 & 0xFFFF }, memory: differs ? data() : GuestCase.pattern)
    }

    private func fault(_ vector: UInt8, _ access: UInt8, _ address: UInt32) -> GuestOutcome.Fault? {
        let writeToUnmapped: UInt8 = 20  // UC_MEM_WRITE_UNMAPPED
        guard vector != 0xFF else { return nil }
        return .init(vector: vector, isWrite: access == writeToUnmapped, address: vector == 14 ? address : nil)
    }

    private mutating func data() -> [UInt8] {
        defer { offset += Int(GuestCase.dataSize) }
        return Array(bytes[offset..<offset + Int(GuestCase.dataSize)])
    }
}
