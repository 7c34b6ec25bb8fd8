import Foundation
import LessonEngine
import Testing

/// PyPI's fsrs in a Python process of its own.
private enum FSRSProcess {
    private static let oracle = PythonOracle("fsrs_oracle.py")

    /// Whether `python3` finds fsrs 6.
    static let isInstalled = oracle.isInstalled

    struct Failure: Error {}

    static func run(_ arguments: [String], input: String = "") throws -> String {
        let process = oracle.process(arguments)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("ntlearn-fsrs-\(UUID().uuidString)")
        try Data(input.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        process.standardInput = try FileHandle(forReadingFrom: file)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure() }
        return String(decoding: data, as: UTF8.self)
    }
}

@Suite("Review: PyPI's fsrs", .enabled(if: FSRSProcess.isInstalled, "fsrs 6 is not installed"))
struct SchedulerOracleTests {
    @Test("5,000 histories of chance are scheduled alike at every review")
    func histories() throws {
        let histories = try FSRSProcess.run(["--random", "5000", "\(UInt32.random(in: 0...UInt32.max))"])
        let answers = try FSRSProcess.run([], input: histories).split(separator: "\n")
        let lines = histories.split(separator: "\n")
        #expect(lines.count == 5000 && answers.count == 5000)
        var largest = (stability: 0.0, difficulty: 0.0, days: 0.0, reviews: 0)
        for (history, answer) in zip(lines, answers) {
            let numbers = answer.split(separator: " ").compactMap { Double($0) }
            var card: ReviewCard?
            for (index, review) in history.split(separator: " ").enumerated() {
                let parts = review.split(separator: "@").compactMap { Double($0) }
                let time = Date(timeIntervalSince1970: 1_767_225_600 + parts[1] / 1000)
                let next = Scheduler().review(card, try #require(Rating(rawValue: Int(parts[0]))), at: time)
                let days = (next.due.timeIntervalSince(time) / 86_400).rounded()
                largest.stability = max(largest.stability, abs(next.memory.stability / numbers[index * 3] - 1))
                largest.difficulty = max(largest.difficulty, abs(next.memory.difficulty - numbers[index * 3 + 1]))
                largest.days = max(largest.days, abs(days - numbers[index * 3 + 2]))
                largest.reviews += 1
                card = next
            }
        }
        print("fsrs: \(largest)")
        #expect(largest.stability < 1e-9 && largest.difficulty < 1e-9 && largest.days == 0)
    }
}
