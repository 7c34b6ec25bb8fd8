import Foundation
import LessonEngine
import Testing

@Suite("Progress: starting afresh")
struct ProgressResetTests {
    private func filled(_ profile: String = "default") throws -> ProgressStore {
        let store = try ProgressStore.inMemory(profile: profile)
        for lesson in ["int2e", "sysenter"] {
            try store.append(someAnswer(lesson: lesson))
            try store.append(someAnswer(lesson: lesson, question: "trace/1"))
            try store.setPosition(course: "nt", lesson: lesson, page: 2)
        }
        return store
    }

    @Test("A lesson looks new, the others do not change")
    func lesson() throws {
        let store = try filled()
        #expect(try store.reset(course: "nt", lessons: ["int2e"]) == 2)
        #expect(try store.verdicts(course: "nt", lesson: "int2e").isEmpty)
        #expect(try store.position(course: "nt", lesson: "int2e") == nil)
        #expect(try store.predictions().tried == 1)
        #expect(try store.verdicts(course: "nt", lesson: "sysenter").count == 2)
        try store.append(someAnswer(verdict: .wrong))
        #expect(try store.verdicts(course: "nt", lesson: "int2e")["vector"]?.attempts == 1)
    }

    @Test("Everything looks new; the answers stay in the file, and an export has them")
    func all() throws {
        let store = try filled()
        #expect(try store.resetAll() == 4)
        #expect(try store.summary(course: "nt").lessons.isEmpty && store.position(course: "nt") == nil)
        #expect(try store.exportProfile().counts == (0, 4))
        #expect(try store.profiles().map(\.answers) == [0])
    }

    @Test("A reset touches no other profile")
    func otherProfile() throws {
        try withProgressFolder { folder in
            let path = folder + "/progress.sqlite"
            let (ada, bob) = (
                try ProgressStore(path: path, profile: "ada"), try ProgressStore(path: path, profile: "bob")
            )
            try ada.append(someAnswer())
            try bob.append(someAnswer())
            try ada.resetAll()
            #expect(try ada.answers(course: "nt").isEmpty)
            #expect(try bob.verdicts(course: "nt", lesson: "int2e").count == 1)
        }
    }
}
