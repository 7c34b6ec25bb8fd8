import Foundation

/// A receipt as far as it can be read, and what is wrong with its form and its seals.
public struct ReadReceipt: Sendable {
    /// What it says.
    public let receipt: Receipt
    /// What shows that someone or something has changed it; empty for one as the program wrote it.
    public let problems: [String]
    /// The seals of its entries, in order: where two learners share one, one has copied the other's file.
    let seals: [String]
}

/// Why a file is no receipt.
public struct NoReceipt: Error, CustomStringConvertible {
    /// What was wrong with it.
    public let description: String
}

extension Receipt {
    /// More than any assignment's receipt has.
    static let largest = 4 << 20
    private static let mostProblems = 5

    /// Reads a file.
    public static func load(path: String) throws(NoReceipt) -> ReadReceipt {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw NoReceipt(description: "there is no such file")
        }
        // A pipe or a device could block for ever.
        let type =
            (try? FileManager.default.attributesOfItem(
                atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path))?[.type]
        guard type as? FileAttributeType == .typeRegular else { throw NoReceipt(description: "it is no regular file") }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw NoReceipt(description: "it may not be read")
        }
        defer { try? handle.close() }
        guard let data = try? handle.read(upToCount: largest + 1) ?? Data() else {
            throw NoReceipt(description: "it cannot be read")
        }
        return try read(Array(data))
    }

    /// Reads a receipt's bytes.
    /// - Throws: if it is none, or if not even its head can be read.
    public static func read(_ bytes: [UInt8]) throws(NoReceipt) -> ReadReceipt {
        guard bytes.count <= largest else { throw NoReceipt(description: "it is larger than 4 MiB") }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw NoReceipt(description: "it is not UTF-8 text")
        }
        // Mail and editors may change how lines end.
        let lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        var reader = try ReceiptReader(lines)
        reader.readEntries(isComplete: text.hasSuffix("\n"))
        return ReadReceipt(
            receipt: reader.receipt, problems: Array(reader.problems.prefix(mostProblems)), seals: reader.seals)
    }
}

private struct ReceiptReader {
    var receipt: Receipt
    var problems: [String] = []
    var seals: [String] = []
    private let lines: [Substring]
    private var next: Int

    init(_ lines: [Substring]) throws(NoReceipt) {
        self.lines = lines
        guard lines.first == ReceiptText.firstLine[...] else {
            let isOther = lines.first?.hasPrefix("ntlearn receipt ") == true
            throw NoReceipt(
                description: isOther ? "it is a receipt of another version of ntlearn" : "it is no receipt of ntlearn")
        }
        var values: [String: Substring] = [:]
        var index = 1
        while index < lines.count, let space = lines[index].firstIndex(of: " ") {
            let key = String(lines[index][..<space])
            values[key] = values[key] ?? lines[index][lines[index].index(after: space)...]
            index += 1
            if key == "started" { break }
        }
        next = index
        receipt = try Self.receipt(values)
        checkHead(Array(lines[..<index]))
    }

    private static func receipt(_ values: [String: Substring]) throws(NoReceipt) -> Receipt {
        guard let started = values["started"].flatMap({ ReceiptText.parts($0)?.text }).flatMap(AssignmentTime.time)
        else {
            throw NoReceipt(description: "its head does not say when it was started")
        }
        guard let assignment = values["assignment"], Assignment.isID(assignment) else {
            throw NoReceipt(description: "its head names no assignment")
        }
        let learner: AssignmentLearner
        do {
            learner = try AssignmentLearner(name: String(values["learner"] ?? ""), id: values["id"].map(String.init))
        } catch {
            throw NoReceipt(description: "its head names no learner: \(error)")
        }
        var receipt = Receipt(
            assignment: Assignment(
                id: String(assignment), title: String(values["title"] ?? ""), course: String(values["course"] ?? ""),
                deadline: nil, rules: Assignment.Rules(), items: []),
            learner: learner, started: started)
        receipt.title = cleaned(receipt.title.unicodeScalars)
        return receipt
    }

    private mutating func checkHead(_ head: [Substring]) {
        guard let last = head.last, let parts = ReceiptText.parts(last) else { return }
        let text = (head.dropLast() + [parts.text]).joined(separator: "\n")
        take(text, parts.seal, "the head (assignment, learner, start)")
    }

    mutating func readEntries(isComplete: Bool) {
        for (index, line) in lines.enumerated().dropFirst(next) where !line.isEmpty {
            // A kill while a line was written leaves a part of it: nothing of it was shown.
            if index == lines.count - 1, !isComplete { break }
            read(line, number: index + 1)
        }
    }

    private mutating func read(_ line: Substring, number: Int) {
        guard receipt.finished == nil else { return problem("line \(number) stands behind the end") }
        guard let (text, seal) = ReceiptText.parts(line) else { return problem("line \(number) has no seal") }
        if let time = text.split(separator: " ", maxSplits: 1).last, text.hasPrefix("finished "),
            let finished = AssignmentTime.time(time)
        {
            receipt.finished = finished
        } else if let (place, entry) = Self.entry(text) {
            if place != receipt.entries.count + 1 {
                problem("line \(number) is answer \(place), where answer \(receipt.entries.count + 1) should stand")
            }
            receipt.entries.append(entry)
            seals.append(String(seal))
        } else {
            problem("line \(number) cannot be read")
        }
        take(String(text), seal, "line \(number)")
    }

    private mutating func problem(_ text: String) { problems.append(text) }

    /// Goes on from the seal that the file has, so that one change is told once.
    private mutating func take(_ text: String, _ seal: Substring, _ place: String) {
        let right = ReceiptText.seal(text, after: receipt.seal, assignment: receipt.assignment)
        if right != seal { problem("\(place): the seal does not fit") }
        receipt.seal = String(seal)
    }

    private static func entry(_ text: Substring) -> (Int, Receipt.Entry)? {
        let words = text.split(separator: " ", maxSplits: 8, omittingEmptySubsequences: false)
        guard words.count == 9, words[3] == "seed", words[5] == "content", let number = Int(words[0]),
            let time = AssignmentTime.time(words[1]), let question = AssignedQuestion(words[2]),
            let seed = UInt64(words[4], radix: 16), isIdentifier(words[6]),
            let verdict = Receipt.Verdict(rawValue: String(words[7])), let answer = ReceiptText.unquoted(words[8])
        else { return nil }
        return (
            number,
            Receipt.Entry(
                question: question, seed: seed, contentHash: String(words[6]), verdict: verdict, answer: answer,
                time: time)
        )
    }
}
