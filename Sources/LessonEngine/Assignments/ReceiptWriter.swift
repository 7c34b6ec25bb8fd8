import Foundation

/// Appends to a learner's receipt. Whatever was appended is on the disk before the call returns: show a verdict only
/// after that.
public final class ReceiptWriter {
    /// What the file says so far.
    public private(set) var receipt: Receipt
    /// The file.
    public let path: String
    private let descriptor: Int32

    /// Why a receipt cannot be begun or continued.
    public struct Failure: Error, CustomStringConvertible {
        /// What was wrong, with which file, and what would work.
        public let description: String
    }

    /// Begins a receipt, or goes on with the one that is there.
    public init(path: String, assignment: Assignment, learner: AssignmentLearner) throws(Failure) {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw Self.failure("open", path) }
        receipt = Receipt(assignment: assignment, learner: learner, started: Date())
        do {
            try lock()
            let bytes = try content()
            if bytes.isEmpty { try begin() } else { try resume(bytes, assignment, learner) }
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    /// Appends an answer.
    public func append(_ entry: Receipt.Entry) throws(Failure) {
        try appendLine(ReceiptText.entry(entry, number: receipt.entries.count + 1))
        receipt.entries.append(entry)
    }

    /// Appends that all questions are answered. Later answers are none.
    public func finish() throws(Failure) {
        guard receipt.finished == nil else { return }
        let time = Date()
        try appendLine(ReceiptText.finished(time))
        receipt.finished = time
    }

    // MARK: The file

    private func begin() throws(Failure) {
        let text = ReceiptText.head(receipt).joined(separator: "\n")
        try write(sealed(text))
        // The folder, too, or a power cut could take the new file with all its answers.
        let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }

    private func resume(_ bytes: [UInt8], _ assignment: Assignment, _ learner: AssignmentLearner) throws(Failure) {
        let found: ReadReceipt
        do { found = try Receipt.read(bytes) } catch {
            throw Failure(description: "\(path) cannot be continued: \(error). Name another file with -o.")
        }
        guard found.problems.isEmpty else {
            throw Failure(
                description: "\(path) was changed by another hand (\(found.problems[0])), so it cannot be continued. "
                    + "Put the file back as ntlearn wrote it.")
        }
        guard found.receipt.assignment == assignment.id, found.receipt.learner.key == learner.key else {
            throw Failure(
                description:
                    "\(path) is \(found.receipt.learner.name)'s receipt of \"\(found.receipt.title)\", not this one. "
                    + "Name another file with -o.")
        }
        receipt = found.receipt
        try dropTornLine(bytes)
    }

    /// What a kill left of a line, of which nothing was shown.
    private func dropTornLine(_ bytes: [UInt8]) throws(Failure) {
        guard bytes.last != UInt8(ascii: "\n") else { return }
        let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        guard ftruncate(descriptor, off_t(end)) == 0 else { throw Self.failure("repair", path) }
    }

    private func lock() throws(Failure) {
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw Failure(
                description: "another ntlearn has \(path) open. Leave it there, or name another file with -o.")
        }
    }

    private func content() throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= Receipt.largest {
            let count = read(descriptor, &piece, piece.count)
            guard count >= 0 else { throw Self.failure("read", path) }
            if count == 0 { break }
            bytes += piece[..<count]
        }
        return bytes
    }

    private func appendLine(_ text: String) throws(Failure) { try write(sealed(text)) }

    private func sealed(_ text: String) -> (line: String, seal: String) {
        let seal = ReceiptText.seal(text, after: receipt.seal, assignment: receipt.assignment)
        return (ReceiptText.sealed(text, seal) + "\n", seal)
    }

    private func write(_ sealed: (line: String, seal: String)) throws(Failure) {
        let size = lseek(descriptor, 0, SEEK_END)
        var rest = Array(sealed.line.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw undo(to: size) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw undo(to: size) }
        receipt.seal = sealed.seal
    }

    /// A line that is there only in part must not stay before the next one.
    private func undo(to size: off_t) -> Failure {
        let failure = Self.failure("write to", path)
        if size >= 0 { _ = ftruncate(descriptor, size) }
        return failure
    }

    private static func failure(_ attempt: String, _ path: String) -> Failure {
        let reason = String(cString: strerror(errno))
        return Failure(description: "cannot \(attempt) the receipt \(path): \(reason). Name another file with -o.")
    }
}
