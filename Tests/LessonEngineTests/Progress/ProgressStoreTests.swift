import Foundation
import LessonEngine
import Testing

@Suite("Progress: answers and positions")
struct ProgressStoreTests {
    @Test("An answer comes back exactly as it was given", arguments: AnswerRecord.Verdict.allCases)
    func roundTrip(verdict: AnswerRecord.Verdict) throws {
        let store = try ProgressStore.inMemory()
        let answer = someAnswer(seed: .max, answer: "it's \"0x2E\"; -- naïve 中\n", verdict: verdict)
        try store.append(answer)
        #expect(try store.answers(course: "nt") == [answer])
    }

    @Test("A NUL byte in an answer does not swallow the rest of it")
    func nulInAnswer() throws {
        let store = try ProgressStore.inMemory()
        try store.append(someAnswer(answer: "2e\0h"))
        #expect(try store.answers(course: "nt").map(\.answer) == ["2e\u{FFFD}h"])
    }

    @Test("The latest answer decides the verdict, and earlier attempts stay counted")
    func latestVerdict() throws {
        let store = try ProgressStore.inMemory()
        try store.append(someAnswer(verdict: .wrong))
        try store.append(someAnswer(verdict: .correct))
        try store.append(someAnswer(hash: "h2", verdict: .skipped))
        let verdict = try #require(try store.verdicts(course: "nt", lesson: "int2e")["vector"])
        #expect(verdict.verdict == .skipped)
        #expect(verdict.attempts == 2)
        #expect(verdict.correct == 1)
        #expect(verdict.contentHash == "h2")
    }

    @Test("A clock set back does not make an older answer the latest")
    func clockSetBack() throws {
        let store = try ProgressStore.inMemory()
        try store.append(someAnswer(verdict: .wrong, time: 2_000_000))
        try store.append(someAnswer(verdict: .correct, time: 1_000_000))
        #expect(try store.verdicts(course: "nt", lesson: "int2e")["vector"]?.verdict == .correct)
    }

    @Test("A question edited after it was answered shows as revised")
    func revised() throws {
        let store = try ProgressStore.inMemory()
        try store.append(someAnswer(hash: "before"))
        let verdict = try #require(try store.verdicts(course: "nt", lesson: "int2e")["vector"])
        #expect(verdict.isRevised(comparedTo: "after"))
        #expect(!verdict.isRevised(comparedTo: "before"))
    }

    @Test("Lessons do not share questions of the same name")
    func lessonsAreApart() throws {
        let store = try ProgressStore.inMemory()
        try store.append(someAnswer(lesson: "int2e"))
        #expect(try store.verdicts(course: "nt", lesson: "sysenter").isEmpty)
        #expect(try store.verdicts(course: "other", lesson: "int2e").isEmpty)
    }

    @Test("A summary counts questions, not attempts")
    func summary() throws {
        let store = try ProgressStore.inMemory()
        try store.append(someAnswer(lesson: "sysenter", question: "a", verdict: .wrong))
        try store.append(someAnswer(lesson: "int2e", question: "a", verdict: .correct))
        try store.append(someAnswer(lesson: "int2e", question: "a", verdict: .correct))
        try store.append(someAnswer(lesson: "int2e", question: "b", verdict: .wrong, time: 3_000_000))
        try store.setPosition(course: "nt", lesson: "int2e", page: 4)
        let summary = try store.summary(course: "nt")
        #expect(summary.lessons.map(\.lesson) == ["sysenter", "int2e"])
        #expect(summary.lessons.map(\.seen) == [1, 2])
        #expect(summary.lessons.map(\.correct) == [0, 1])
        #expect(summary.lessons.last?.time == Date(timeIntervalSince1970: 3_000_000))
        #expect(summary.position?.page == 4)
    }

    @Test("The learner resumes in the lesson and on the page visited last")
    func resume() throws {
        let store = try ProgressStore.inMemory()
        #expect(try store.position(course: "nt") == nil)
        try store.setPosition(course: "nt", lesson: "int2e", page: 3)
        try store.setPosition(course: "nt", lesson: "sysenter", page: 1)
        #expect(try store.lastLesson(course: "nt") == "sysenter")
        try store.setPosition(course: "nt", lesson: "int2e", page: 5)
        #expect(try store.lastLesson(course: "nt") == "int2e")
        #expect(try store.position(course: "nt")?.page == 5)
        #expect(try store.position(course: "nt", lesson: "sysenter")?.page == 1)
        #expect(try store.position(course: "nt", lesson: "syscall") == nil)
    }

    @Test(
        "The file lies in the XDG data folder",
        arguments: [
            (["XDG_DATA_HOME": "/data", "HOME": "/home/ada"], "/data/ntlearn/progress.sqlite"),
            (["HOME": "/home/ada"], "/home/ada/.local/share/ntlearn/progress.sqlite"),
            (["XDG_DATA_HOME": "", "HOME": "/home/ada"], "/home/ada/.local/share/ntlearn/progress.sqlite"),
            (["XDG_DATA_HOME": "here", "HOME": "/home/ada"], "/home/ada/.local/share/ntlearn/progress.sqlite"),
        ])
    func defaultPath(environment: [String: String], path: String) {
        #expect(ProgressStore.defaultPath(environment: environment) == path)
    }
}
