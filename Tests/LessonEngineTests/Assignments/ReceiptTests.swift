import Foundation
@testable import LessonEngine
import Testing

@Suite("Receipts")
final class ReceiptTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ntlearn-\(UUID().uuidString)")
    private let room = ClassRoom()
    private let ada: AssignmentLearner

    init() throws {
        ada = try .called("Ada L")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private var path: String { folder.appendingPathComponent("ada.receipt").path }
    private func writer() throws -> ReceiptWriter {
        try ReceiptWriter(path: path, assignment: room.assignment, learner: ada)
    }

    @Test("Each answer is in the file, sealed, as soon as it is appended")
    func append() throws {
        let writer = try writer()
        for (index, entry) in room.entries(ada).enumerated() {
            try writer.append(entry)
            let read = try Receipt.load(path: path)
            #expect(read.problems == [])
            #expect(read.receipt.entries.count == index + 1)
            #expect(read.receipt.entries.last?.answer == entry.answer)
        }
        try writer.finish()
        #expect(try Receipt.load(path: path).receipt.finished != nil)
    }

    @Test("A receipt is gone on with where it ends")
    func resume() throws {
        let entries = room.entries(ada)
        do { try writer().append(entries[0]) }
        let again = try writer()
        #expect(again.receipt.closed == [entries[0].question])
        try again.append(entries[1])
        let read = try Receipt.load(path: path)
        #expect(read.problems == [] && read.receipt.entries.count == 2)
    }

    @Test("What a kill left of a line is taken away, at every length of it")
    func torn() throws {
        let whole = room.text(ada, Array(room.entries(ada).prefix(2)), finished: false)
        let end = whole.utf8.count
        let lines = whole.split(separator: "\n", omittingEmptySubsequences: false)
        let before = end - (lines[lines.count - 2].utf8.count + 1)
        for size in stride(from: before + 1, to: end, by: 7) {
            try Data(Array(whole.utf8).prefix(size)).write(to: URL(fileURLWithPath: path))
            let writer = try writer()
            #expect(writer.receipt.entries.count == 1)
            try writer.append(room.entries(ada)[1])
            #expect(try Receipt.load(path: path).problems == [])
        }
    }

    @Test("A changed receipt, another learner's, and one that is in use are not gone on with")
    func refused() throws {
        let text = room.text(ada, room.entries(ada))
        try text.replacing("correct", with: "wrong").write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: ReceiptWriter.Failure.self) { try writer() }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let bob = try AssignmentLearner.called("Bob")
        #expect(throws: ReceiptWriter.Failure.self) {
            try ReceiptWriter(path: path, assignment: room.assignment, learner: bob)
        }
        let first = try writer()
        #expect(throws: ReceiptWriter.Failure.self) { try writer() }
        withExtendedLifetime(first) {}
    }

    @Test("A folder that cannot be written in is told with what would work")
    func unwritable() throws {
        do {
            _ = try ReceiptWriter(path: "/nowhere/at/all.receipt", assignment: room.assignment, learner: ada)
            Issue.record("a receipt was made nowhere")
        } catch {
            #expect("\(error)".contains("/nowhere/at/all.receipt") && "\(error)".contains("-o"))
        }
    }

    @Test(
        "Any answer survives being written",
        arguments: ["", "\"", "\\", "a\nb", "\u{1B}[2J", "é → 😀", " seal x", "\u{2028}"])
    func answers(answer: String) throws {
        #expect(ReceiptText.unquoted(ReceiptText.quoted(answer)[...]) == answer)
        #expect(!ReceiptText.quoted(answer).unicodeScalars.contains { $0.isUnsafe || $0 == "\n" })
        let writer = try writer()
        try writer.append(
            Receipt.Entry(
                question: room.assignment.questions[0], seed: .max, contentHash: "0", verdict: .wrong, answer: answer))
        let read = try Receipt.load(path: path)
        #expect(read.problems == [] && read.receipt.entries.map(\.answer) == [answer])
    }

    @Test("Line ends that mail has changed do no harm")
    func lineEnds() throws {
        let read = try Receipt.read(Array(room.text(ada, room.entries(ada)).replacing("\n", with: "\r\n").utf8))
        #expect(read.problems == [])
    }

    @Test("Ten thousand broken receipts are read or refused, and never believed")
    func fuzz() throws {
        let good = Array(room.text(ada, room.entries(ada)).utf8)
        var random = SplitMix64(seed: 8)
        for _ in 0..<10_000 {
            var bytes = good
            for _ in 0...random.next(below: 3) {
                let place = Int(random.next(below: UInt64(bytes.count)))
                switch random.next(below: 4) {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
                default: bytes = Array(bytes.prefix(max(1, place)))
                }
            }
            guard bytes != good, let read = try? Receipt.read(bytes) else { continue }
            // A file that was only cut off at its end has nothing wrong in it.
            let isPart = good.starts(with: bytes) || read.receipt.entries.count < 5
            #expect(isPart || !read.problems.isEmpty || Self.isSame(bytes, good))
        }
    }

    /// Changed outside of what is sealed: line ends, empty lines.
    private static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        func lines(_ bytes: [UInt8]) -> [String] {
            String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
        }
        return lines(left) == lines(right) || lines(right).starts(with: lines(left).dropLast())
    }
}
