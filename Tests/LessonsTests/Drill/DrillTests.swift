import Foundation
import LessonEngine
import Lessons
import Testing

@Suite("Drills")
struct DrillTests {
    private static let drill = Drill(library: builtInMachines)
    private static let topics = Drill.topics.map(\.name)

    private func member(_ topic: String, _ seed: UInt64) -> DrillSeries.Member {
        let level = DrillLevel(rawValue: Int(seed % 3) + 1) ?? .basic
        return DrillSeries.Member(topic: topic, level: level, seed: seed)
    }

    /// What a learner reads, and the key.
    private func text(_ member: DrillSeries.Member) throws -> String {
        let question = try Self.drill.block(member).question
        let choices = question.choices.map { "\($0.letter)) \($0.text.plainText)" }
        let key = try question.correctAnswer()
        let head = "== \(member.topic), level \(member.level.rawValue), seed \(member.seed)"
        return ([head, question.text.ask.plainText] + choices + ["-> \(key)", question.text.explain.plainText])
            .joined(separator: "\n")
    }

    @Test(
        "A thousand questions of each topic can be asked, accept their own key, and have not always the same",
        arguments: topics)
    func thousand(topic: String) throws {
        var keys: Set<String> = []
        for seed in 0..<UInt64(1000) {
            let question = try Self.drill.block(member(topic, seed)).question
            let key = try question.correctAnswer()
            let grade = try question.grade(key)
            try #require(grade.verdict == .correct, "\(topic), seed \(seed): \(key) is \(grade.verdict)")
            try #require(question.couldBeAnswer(key))
            try #require(question.text.seed == seed)
            keys.insert(question.choices.isEmpty ? key : String(key.dropFirst(3)))
        }
        #expect(keys.count > 1)
    }

    @Test("The same topic, level and seed make the same question everywhere", arguments: topics)
    func snapshot(topic: String) throws {
        let shown = try (0..<UInt64(9)).map { try text(member(topic, $0)) }.joined(separator: "\n\n") + "\n"
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Snapshots/\(topic).txt")
        if ProcessInfo.processInfo.environment["NTLEARN_RECORD"] == "1" {
            return try shown.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(shown == (try String(contentsOf: file, encoding: .utf8)), "if that is meant, raise Drill.version")
    }

    @Test("Every level of a topic asks more than one question", arguments: topics, DrillLevel.allCases)
    func varied(topic: String, level: DrillLevel) throws {
        let asked = try (0..<UInt64(60)).map {
            try Self.drill.block(DrillSeries.Member(topic: topic, level: level, seed: $0)).question.text.ask.plainText
        }
        #expect(Set(asked).count > 3)
    }

    @Test("An unknown topic is refused") func unknown() {
        #expect(throws: DrillError.self) {
            try Self.drill.block(DrillSeries.Member(topic: "zork", level: .basic, seed: 1))
        }
    }
}
