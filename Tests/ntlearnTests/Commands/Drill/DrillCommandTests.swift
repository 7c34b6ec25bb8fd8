import LessonEngine
import Lessons
import Testing

@testable import ntlearn

@Suite("ntlearn drill")
struct DrillCommandTests {
    private func drill(_ arguments: [String], _ lines: [String]) throws -> [JSONObject] {
        let text = lines.map { $0 + "\n" }.joined()
        let result = try runNtlearn(
            arguments: ["drill"] + arguments + ["--json", "--no-progress"], stdin: text.utf8)
        #expect(result.stderr.isEmpty)
        return try JSONObject.lines(result.stdout)
    }

    @Test("Each question is a line of JSON, and so is each verdict")
    func json() throws {
        let lines = try drill(["table", "--seed", "7", "--count", "2"], ["zork", "9", "", "9"])
        #expect(lines.map { $0[text: "kind"] } == ["question", "verdict", "verdict", "question", "verdict", "end"])
        #expect(lines[1][text: "verdict"] == "unclear")
        #expect(lines[2][text: "verdict"] == "wrong")
        #expect(lines[0][text: "id"] == lines[2][text: "id"])
        #expect(lines[5][number: "asked"] == 2 && lines[5][number: "correct"] == 0)
    }

    @Test("The same seed asks the same, and its own key is right")
    func keys() throws {
        let first = try drill(["edx", "--seed", "7", "--count", "5"], Array(repeating: "0", count: 5))
        let keys = first.compactMap { $0[text: "correct"] }
        #expect(keys.count == 5)
        let again = try drill(["edx", "--seed", "7", "--count", "2"], Array(keys.prefix(2)))
        #expect(again.filter { $0[text: "kind"] == "verdict" }.allSatisfy { $0[text: "verdict"] == "correct" })
        #expect(again[0][text: "ask"] == first[0][text: "ask"])
    }

    @Test("Three right answers in a row lead a level up, two wrong ones down again")
    func levels() throws {
        let drill = Drill(library: Learner.machines)
        var series = DrillSeries(topics: ["index"], seed: 3)
        var levels: [Int] = []
        for isRight in [true, true, true, false, true, false, false, true] {
            let next = series.next()
            let member = try #require(next)
            levels.append(member.level.rawValue)
            _ = try drill.block(member)
            series.record(member, isRight: isRight)
        }
        #expect(levels == [1, 1, 1, 2, 2, 2, 2, 1])
    }

    @Test("Without a topic all topics come, each once a round")
    func mixed() {
        let names = Drill.topics.map(\.name)
        var series = DrillSeries(topics: names, seed: 5)
        let round = names.compactMap { _ in series.next()?.topic }
        #expect(round.sorted() == names.sorted())
    }

    @Test("The questions of one level do not depend on what was answered between")
    func perLevel() throws {
        func members(_ answers: [Bool]) -> [DrillSeries.Member] {
            var series = DrillSeries(topics: ["eax"], seed: 11)
            return answers.compactMap { isRight in
                let member = series.next()
                if let member { series.record(member, isRight: isRight) }
                return member
            }
        }
        let steady = members([false, false, false, false, false]).filter { $0.level == .basic }
        let climbing = members([true, true, true, false, false, true, true]).filter { $0.level == .basic }
        #expect(Array(steady.prefix(5)) == Array(climbing.prefix(5)))
    }

    @Test(
        "What cannot be is refused with what would work",
        arguments: [
            (["zork"], "The drills are eax"), (["edc"], "Did you mean"), (["--level", "4"], "1, 2 or 3"),
            (["--count", "0"], "--count"),
        ])
    func refused(arguments: [String], message: String) throws {
        let result = try runNtlearn(arguments: ["drill"] + arguments)
        #expect(result.status == 2 && result.stderr.contains(message))
    }

    @Test("At the prompt a drill goes on until the learner leaves, and its answers are kept")
    func prompt() throws {
        let store = try ProgressStore.inMemory()
        let learner = try Learner(store: store)
        #expect(learner.type("drill index").contains("Which index"))
        #expect(learner.session.prompt == "drill index 1? ")
        let key = try #require(try learner.session.question?.question.correctAnswer())
        #expect(learner.type(key).contains("Right."))
        learner.type("")
        #expect(learner.type("quit").contains("1 of 1 right."))
        let kept = try store.answers(course: Drill.course)
        #expect(kept.map(\.lesson) == ["index"] && kept.map(\.question) == ["level-1"])
        #expect(learner.type("drill zork").contains("The drills are"))
    }

    @Test("quiz asks the questions of a lesson in a row")
    func quiz() throws {
        let result = try runNtlearn(arguments: ["quiz", "two-worlds", "--no-progress"], stdin: "skip\nskip\n".utf8)
        #expect(result.status == 0)
        #expect(result.stdout.contains("quiz two-worlds 3/") || result.stdout.contains("Question"))
        let unknown = try runNtlearn(arguments: ["quiz", "two-world", "--no-progress"])
        #expect(unknown.status == 1 && unknown.stderr.contains("Did you mean \"two-worlds\"?"))
    }
}
