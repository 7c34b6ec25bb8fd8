import LessonEngine
import Lessons
import Spelling

/// A drill as a practice run: each question follows on how the ones before went.
final class DrillPractice {
    private let drill: Drill
    private let topics: [String]
    private var series: DrillSeries
    private var asked: [DrillSeries.Member] = []
    private var recorded = 0
    /// Why there is no further question, if there is none.
    private(set) var failure: String?

    init(_ drill: Drill, topics: [String], seed: UInt64, levels: [String: DrillLevel] = [:]) {
        self.drill = drill
        self.topics = topics
        series = DrillSeries(topics: topics, seed: seed, levels: levels)
    }

    /// The run; without a count it goes on until the learner leaves.
    func run(count: Int?) -> PracticeRun {
        var run = PracticeRun(name: topics.count == 1 ? "drill \(topics[0])" : "drill", count: count) {
            [self] results in
            record(results)
            guard results.count < count ?? Int.max else { return nil }
            return next()
        }
        run.summary = { [self] in summary($0) }
        return run
    }

    private func next() -> PracticeItem? {
        guard let member = series.next() else { return nil }
        do {
            let block = try drill.block(member)
            asked.append(member)
            return PracticeItem(block.question, source: Self.source(member))
        } catch {
            failure = "\(error)"
            return nil
        }
    }

    static func source(_ member: DrillSeries.Member) -> AnswerSource {
        AnswerSource(course: Drill.course, lesson: member.topic, contentHash: Drill.version)
    }

    /// A question that was skipped, or answered for the learner, moves nobody.
    private func record(_ results: [PracticeResult]) {
        while recorded < min(results.count, asked.count) {
            let verdict = results[recorded].verdict
            if verdict == .correct || verdict == .wrong {
                series.record(asked[recorded], isRight: verdict == .correct)
            }
            recorded += 1
        }
    }

    private func summary(_ results: [PracticeResult]) -> [StyledText] {
        record(results)
        if let failure { return [StyledText("The drill has no question: \(failure)", .bad)] }
        guard !results.isEmpty else { return [StyledText("No question was answered.")] }
        let right = results.count { $0.verdict == .correct }
        let levels = topics.filter { topic in asked.contains { $0.topic == topic } }.map { topic in
            "\(topic): level \(series.level(of: topic).rawValue)"
        }
        return [StyledText("\(right) of \(results.count) right.", .strong), StyledText(levels.joined(separator: ", "))]
    }
}

extension LearnSession {
    /// Begins a drill in a topic, or in all of them.
    func drill(_ topics: [String], count: Int? = nil) {
        let names = topics.isEmpty ? Drill.topics.map(\.name) : topics
        let practice = DrillPractice(
            Drill(library: machines), topics: names, seed: nextSeed(), levels: store.drillLevels(of: names))
        practise(practice.run(count: count))
    }
}

extension ProgressStore {
    /// Where the learner left off in each topic.
    func drillLevels(of topics: [String]) -> [String: DrillLevel] {
        var ladders: [String: DrillLadder] = [:]
        for answer in (try? answers(course: Drill.course)) ?? [] where topics.contains(answer.lesson) {
            guard answer.verdict == .correct || answer.verdict == .wrong else { continue }
            ladders[answer.lesson, default: DrillLadder()].record(isRight: answer.verdict == .correct)
        }
        return ladders.mapValues(\.level)
    }
}

/// Reads the topics that a learner names.
enum DrillTopics {
    /// - Throws: what to type instead.
    static func checked(_ names: [String]) throws(WordError) -> [String] {
        let known = Drill.topics.map(\.name)
        var topics: [String] = []
        for name in names.map({ $0.lowercased() }) where !topics.contains(name) {
            guard known.contains(name) else {
                let near = didYouMean(name, among: known)
                throw WordError(
                    "There is no drill called \"\(name.prefix(40))\".",
                    hint: near.map { "Did you mean \"\($0)\"?" } ?? "The drills are \(known.joined(separator: ", ")).")
            }
            topics.append(name)
        }
        return topics
    }
}
