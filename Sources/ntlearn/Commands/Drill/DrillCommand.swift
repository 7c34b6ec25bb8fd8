import ArgumentParser
import LessonEngine
import Lessons

/// `ntlearn drill`: questions without end.
struct DrillCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill", abstract: "Practise on questions that the program makes, without end.",
        discussion: """
            Each question is answered by the machine. They grow harder after three right answers in a row, and \
            easier after two wrong ones. Without a topic they are of all kinds. The topics:

            \(topicList)

            With --seed the drill begins at level 1, and asks the same questions everywhere for the same answers.

            Example: ntlearn drill eax
            Example: ntlearn drill edx frame --seed 7 --count 10 --json
            """)

    private static var topicList: String {
        let rows: [String] = Drill.topics.map { "  " + $0.name + spaces(8 - $0.name.count) + $0.summary }
        return rows.joined(separator: "\n")
    }

    @Argument(
        help: ArgumentHelp("What to practise; without it everything.", valueName: "topic"),
        completion: .list(Drill.topics.map(\.name)))
    var topics: [String] = []

    @Option(help: "Picks the questions.")
    var seed: UInt64?

    @Option(help: "How many questions; without it they go on until you leave.")
    var count: Int?

    @Option(help: "Where to begin: 1, 2 or 3.")
    var level: Int?

    @Flag(help: "For scripts: a JSON object a line for each question and each verdict; answers are read line by line.")
    var json = false

    @OptionGroup var learner: LearnerOptions

    func validate() throws {
        guard count ?? 1 > 0 else { throw ValidationError("--count must be at least 1.") }
        guard level == nil || DrillLevel(rawValue: level ?? 0) != nil else {
            throw ValidationError("--level must be 1, 2 or 3.")
        }
        do throws(WordError) { _ = try DrillTopics.checked(topics) } catch { throw ValidationError(error.text) }
    }

    func run() throws {
        let session = try learner.machineSession()
        let names = try topics.isEmpty ? Drill.topics.map(\.name) : DrillTopics.checked(topics)
        let levels = levels(names, session.store)
        let drill = Drill(library: session.machines)
        let seed = seed ?? session.nextSeed()
        if json {
            var conversation = DrillJSON(drill, DrillSeries(topics: names, seed: seed, levels: levels), session.store)
            return try conversation.run(count: count)
        }
        let practice = DrillPractice(drill, topics: names, seed: seed, levels: levels)
        learner.practise(practice.run(count: count), in: session)
        if let failure = practice.failure { throw CommandFailure("the drill has no question: \(failure)", status: 2) }
    }

    private func levels(_ names: [String], _ store: ProgressStore) -> [String: DrillLevel] {
        if let level = level.flatMap(DrillLevel.init) {
            return Dictionary(names.map { ($0, level) }, uniquingKeysWith: { first, _ in first })
        }
        return seed == nil ? store.drillLevels(of: names) : [:]
    }
}
