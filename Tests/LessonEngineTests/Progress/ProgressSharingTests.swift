import Foundation
import LessonEngine
import Testing

@Suite("Progress: one file, several programs")
struct ProgressSharingTests {
    @Test("An answer is in the file as soon as append returns, while the writer is still running")
    func committedBeforeReturn() throws {
        try withProgressFolder { folder in
            let path = folder + "/deep/er/progress.sqlite"
            let writer = try ProgressStore(path: path)
            let reader = try ProgressStore(path: path)
            try writer.append(someAnswer())
            try writer.setPosition(course: "nt", lesson: "int2e", page: 2)
            #expect(try reader.answers(course: "nt") == [someAnswer()])
            #expect(try reader.position(course: "nt")?.page == 2)
        }
    }

    @Test("A copy of the files taken while the program runs, as a kill leaves them, has every answer")
    func surviveKill() throws {
        try withProgressFolder { folder in
            let running = try ProgressStore(path: folder + "/progress.sqlite")
            for seed in 0..<20 { try running.append(someAnswer(seed: UInt64(seed))) }
            for suffix in ["", "-wal"] {
                try FileManager.default.copyItem(
                    atPath: folder + "/progress.sqlite" + suffix, toPath: folder + "/killed.sqlite" + suffix)
            }
            let afterwards = try ProgressStore(path: folder + "/killed.sqlite")
            #expect(try afterwards.answers(course: "nt").map(\.seed) == Array(0..<20))
        }
    }

    @Test("Programs that start at once on a new file and write at once lose no answer")
    func concurrentStart() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ntlearn-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.path + "/progress.sqlite"
        try await withThrowingTaskGroup(of: Void.self) { group in
            for program in 0..<8 {
                group.addTask {
                    let store = try ProgressStore(path: path)
                    for number in 0..<10 { try store.append(someAnswer(seed: UInt64(program * 10 + number))) }
                }
            }
            try await group.waitForAll()
        }
        let seeds = try ProgressStore(path: path).answers(course: "nt").map(\.seed)
        #expect(Set(seeds) == Set(0..<80))
        #expect(seeds.count == 80)
    }

    @Test("Profiles in one file do not see each other")
    func profiles() throws {
        try withProgressFolder { folder in
            let path = folder + "/progress.sqlite"
            let ada = try ProgressStore(path: path, profile: "ada")
            let bob = try ProgressStore(path: path, profile: "bob")
            try ada.append(someAnswer(verdict: .correct))
            try ada.setPosition(course: "nt", lesson: "int2e", page: 9)
            try bob.append(someAnswer(verdict: .wrong))
            #expect(try ada.verdicts(course: "nt", lesson: "int2e")["vector"]?.verdict == .correct)
            #expect(try bob.verdicts(course: "nt", lesson: "int2e")["vector"]?.verdict == .wrong)
            #expect(try bob.summary(course: "nt").position == nil)
            #expect(try bob.answers(course: "nt").count == 1)
        }
    }

    @Test("A store in memory leaves no file and forgets")
    func inMemory() throws {
        try ProgressStore.inMemory().append(someAnswer())
        #expect(try ProgressStore.inMemory().answers(course: "nt").isEmpty)
    }
}
