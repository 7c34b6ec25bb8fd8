import Foundation
import LessonEngine
import Testing

/// Files as earlier versions of ntlearn have left them. `version-N.sqlite` was made with schema N and is never made again.
@Suite("Progress: files by earlier versions")
struct ProgressMigrationTests {
    private func withFile<Value>(_ version: Int, _ body: (String) throws -> Value) throws -> Value {
        try withProgressFolder { folder in
            let fixture = URL(fileURLWithPath: #filePath)
                .appendingPathComponent("../Fixtures/version-\(version).sqlite").standardizedFileURL
            let path = folder + "/progress.sqlite"
            try FileManager.default.copyItem(atPath: fixture.path, toPath: path)
            return try body(path)
        }
    }

    @Test("Version 1: answers, places and profiles are there, and every answer counts for the review")
    func version1() throws {
        try withFile(1) { path in
            let course = "nt-system-calls"
            let store = try ProgressStore(path: path)
            let answers = try store.answers(course: course)
            #expect(answers.count == 16)
            #expect(answers.first?.question == "ring-of-a-program" && answers.first?.answer == "3")
            #expect(answers.allSatisfy { $0.hints == 0 })
            #expect(try store.position(course: course, lesson: "two-worlds")?.page == 5)
            let first = try #require(try store.verdicts(course: course, lesson: "two-worlds")["ring-of-a-program"])
            #expect(first.correct == 1 && first.card?.memory.stability == 2.3065)
            #expect(try store.verdicts(course: course, lesson: "the-stub")["code-or-pointer"]?.card == nil)
            #expect(try store.profiles().map(\.name) == ["ada", "default"])
            #expect(try ProgressStore(path: path, profile: "ada").questions(course: course).count == 3)
        }
    }

    @Test("An answer by a program of version 1 that was still running is taken at the next start")
    func oldProgramStillRunning() throws {
        try withFile(1) { path in
            _ = try ProgressStore(path: path)
            try meddle(
                with: path,
                """
                INSERT INTO answers (profile, course, lesson, question, contentHash, seed, answer, verdict, time)
                VALUES ('default', 'nt', 'int2e', 'vector', 'h', 1, '2e', 'correct', '2026-11-22 12:00:00.000')
                """)
            let store = try ProgressStore(path: path)
            #expect(try store.verdicts(course: "nt", lesson: "int2e")["vector"]?.correct == 1)
        }
    }
}
