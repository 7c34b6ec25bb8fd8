import ArgumentParser
import LessonEngine

/// `ntlearn receipt`: shows a receipt, and whether its seals are whole.
struct ReceiptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt", abstract: "Show a receipt, and whether anything in it was changed.",
        discussion: """
            Exit status 1 if a seal does not fit. Whether the answers are right is `ntlearn grade`'s business.

            Example: ntlearn receipt ada-l-9f86d081.receipt
            """)

    @Argument(help: ArgumentHelp("The receipt.", valueName: "file"), completion: .file())
    var file: String

    func run() throws {
        let read: ReadReceipt
        do throws(NoReceipt) { read = try Receipt.load(path: file) } catch {
            throw CommandFailure("\(file): \(error)", status: 2)
        }
        var output = ByteOutput()
        for line in lines(read.receipt) { try output.write((Sanitizer.clean(line, keeping: ["\t"]) + "\n").utf8) }
        let state =
            read.problems.isEmpty
            ? "All seals fit." : "Changed by another hand: \(read.problems.joined(separator: "; "))."
        try output.write((state + "\n").utf8)
        try output.flush()
        if !read.problems.isEmpty { throw CommandFailure("", status: 1) }
    }

    private func lines(_ receipt: Receipt) -> [String] {
        let learner = receipt.learner.name + (receipt.learner.id.map { " (\($0))" } ?? "")
        let head = [
            "Assignment: \(receipt.title)", "Learner:    \(learner)",
            "Started:    \(AssignmentTime.shown(receipt.started))",
            "Finished:   \(receipt.finished.map(AssignmentTime.shown) ?? "not yet")",
        ]
        let entries = receipt.entries.map { entry in
            "\(AssignmentTime.shown(entry.time))  \(entry.question.name)  \(entry.verdict.rawValue)"
                + (entry.answer.isEmpty ? "" : "  \"\(entry.answer)\"")
        }
        return head + entries
    }
}
