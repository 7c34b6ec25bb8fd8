import Foundation
import GRDB
import LessonEngine

/// A folder of its own for one test, removed afterwards.
func withProgressFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ntlearn-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
}

func someAnswer(
    lesson: String = "int2e", question: String = "vector", hash: String = "h1", seed: UInt64 = 7,
    answer: String = "2e", verdict: AnswerRecord.Verdict = .correct, time: TimeInterval = 1_000_000.125
) -> AnswerRecord {
    AnswerRecord(
        course: "nt", lesson: lesson, question: question, contentHash: hash, seed: seed, answer: answer,
        verdict: verdict, time: Date(timeIntervalSince1970: time))
}

/// What another program, a later ntlearn or a bug, may do to the file.
func meddle(with path: String, _ sql: String) throws {
    try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
}

func fileBytes(_ path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path))
}
