import Foundation
import LessonEngine
import Testing

@Suite("Progress: a profile as a file")
struct ProfileFileTests {
    private func text(_ store: ProgressStore) throws -> String {
        var text = ""
        try store.exportProfile().write { text += $0 + "\n" }
        return text
    }

    /// A store with answers of chance, places and an archive.
    private func filled(seed: UInt64 = 1, count: Int = 60) throws -> ProgressStore {
        let store = try ProgressStore.inMemory(profile: "bob")
        var random = SplitMix64(seed: seed)
        for number in 0..<count {
            var answer = someAnswer(
                lesson: "l\(random.next(below: 3))", question: "q\(random.next(below: 4))/1", seed: random.next(),
                answer: ["2e", "", "it's \"0x2E\"\n", "naïve 中/\\"][Int(random.next(below: 4))],
                verdict: AnswerRecord.Verdict.allCases[Int(random.next(below: 4))],
                time: 1_600_000_000 + Double(number) * 9_999.123)
            answer.hints = Int(random.next(below: 3))
            try store.append(answer)
            if number == count / 2 { try store.reset(course: "nt", lessons: ["l2"]) }
        }
        try store.setPosition(course: "nt", lesson: "l0", page: 3)
        try store.setPosition(course: "nt", lesson: "l1", page: 0)
        return store
    }

    @Test("Nothing is lost: answers, places, archive and review state are the same in an empty store")
    func lossless() throws {
        let store = try filled()
        let copy = try ProgressStore.inMemory(profile: "bob")
        let outcome = try copy.importProfile(try ProfileFile(text: text(store)))
        #expect(outcome.known == 0 && outcome.archived > 0)
        #expect(outcome.added == (try store.answers(course: "nt").count))
        #expect(try copy.exportProfile() == store.exportProfile())
        #expect(try copy.answers(course: "nt") == store.answers(course: "nt"))
        let (old, new) = (try store.questions(course: "nt"), try copy.questions(course: "nt"))
        #expect(new == old && old.contains { $0.card != nil })
        #expect(try copy.position(course: "nt") == store.position(course: "nt"))
        #expect(try copy.predictions() == store.predictions())
    }

    @Test("A second import adds nothing")
    func twice() throws {
        let store = try filled()
        let before = try store.exportProfile()
        let outcome = try store.importProfile(before)
        #expect(outcome.added == 0 && outcome.archived == 0 && outcome.known == before.counts.answers)
        #expect(try store.exportProfile() == before)
    }

    @Test("Two machines' answers come together in the order of their times, whichever is imported")
    func merge() throws {
        let (laptop, desktop) = (try ProgressStore.inMemory(), try ProgressStore.inMemory())
        for hour in 0..<10 {
            let store = hour % 3 == 0 ? laptop : desktop
            try store.append(
                someAnswer(seed: UInt64(hour), verdict: hour % 2 == 0 ? .wrong : .correct, time: Double(hour) * 90_000))
        }
        let (one, other) = (try laptop.exportProfile(), try desktop.exportProfile())
        _ = try laptop.importProfile(other)
        _ = try desktop.importProfile(one)
        #expect(try laptop.answers(course: "nt").map(\.seed) == Array(0..<10))
        #expect(try laptop.exportProfile() == desktop.exportProfile())
        #expect(try laptop.questions(course: "nt").map(\.card) == desktop.questions(course: "nt").map(\.card))
        #expect(try laptop.questions(course: "nt").map(\.verdict) == [.correct])
    }

    @Test("A file cut short anywhere is refused, with the line")
    func cutShort() throws {
        let lines = try text(filled(count: 12)).split(separator: "\n")
        for count in 0..<lines.count {
            let text = lines.prefix(count).joined(separator: "\n")
            let error = #expect(throws: ProfileFileError.self) { try ProfileFile(text: text) }
            #expect(error?.line == max(1, count))
        }
    }

    @Test(
        "Each kind of damage is told with its line, in our own words",
        arguments: [
            ("\"version\":1", "\"version\":2", "newer ntlearn"), ("ntlearn-profile", "x", "no profile"),
            ("\"kind\":\"position\"", "\"kind\":\"place\"", "no kind of line"),
            ("\"verdict\":\"correct\"", "\"verdict\":\"maybe\"", "none of correct, wrong"),
            ("\"seed\":\"", "\"seed\":\"-", "whole number"), ("\"page\":3", "\"page\":-3", "whole number"),
            ("\"page\":3", "\"page\":1e30", "whole number"), ("{\"answer\"", "{answer", "no JSON object"),
            ("T22:", "T25:", "is no time"), ("\"lines\":", "\"lines\":9", "lines were written"),
            ("\"lesson\":\"l1\"", "\"lesson\":\"\"", "missing or no text"),
            ("\"hints\"", "\"hint\"", "`hints` is missing"),
        ])
    func damage(original: String, damaged: String, message: String) throws {
        let store = try filled(count: 30)
        try store.append(someAnswer(time: 80_000))
        let good = try text(store)
        let range = try #require(good.range(of: original))
        let line = good[..<range.lowerBound].filter { $0 == "\n" }.count + 1
        let error = #expect(throws: ProfileFileError.self) {
            try ProfileFile(text: good.replacingCharacters(in: range, with: damaged))
        }
        #expect(error?.line == line && error?.message.contains(message) == true, "\(String(describing: error))")
        #expect(error?.description.contains("couldn") == false)
    }

    @Test("No text whatever crashes the reader")
    func garbage() throws {
        let good = Array(try text(filled(count: 8)).utf8)
        var random = SplitMix64(seed: 3)
        for _ in 0..<300 {
            var bytes = good
            for _ in 0..<3 {
                bytes[Int(random.next(below: UInt64(bytes.count)))] = UInt8(truncatingIfNeeded: random.next())
            }
            _ = try? ProfileFile(text: String(decoding: bytes, as: UTF8.self))
        }
    }
}
