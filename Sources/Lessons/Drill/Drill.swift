import LessonEngine

/// Questions without end, written by a program and answered by the machines.
///
/// A topic, a level and a seed make a question; the same three make the same question everywhere and for ever, as
/// long as the machines are the same.
public struct Drill: Sendable {
    /// A topic's name, and what it is about.
    public struct Topic: Sendable {
        /// What a learner types: `eax`.
        public let name: String
        /// For a list: a few words.
        public let summary: String
    }

    /// Progress keeps the answers under this course: lesson = topic, question = `level-2`, and the seed.
    public static let course = "drill"

    /// Raised when the same seed would ask something else; kept with each answer in place of a content hash.
    public static let version = "drill-1"

    private static let known: [any DrillTopic] = [
        ServiceNumberTopic(), ArgumentPointerTopic(), ServiceIndexTopic(), ServiceLimitTopic(), ServiceTableTopic(),
        TrapFrameTopic(), ModelSpecificTopic(), FaultTopic(), DoorTopic(), ReturnTopic(),
    ]

    /// All topics, in the order in which they are best learnt.
    public static var topics: [Topic] { known.map { Topic(name: $0.name, summary: $0.summary) } }

    private let world: DrillWorld
    private let registry: Registry

    /// A drill on the built-in machines of a library.
    public init(library: MachineLibrary) {
        world = DrillWorld(library: library)
        registry = .withMachines(library)
    }

    /// The question that a topic, a level and a seed make.
    /// - Throws: that there is no such topic, or that the library's machines are not those that drills know.
    public func block(_ member: DrillSeries.Member) throws -> QuizBlock {
        guard let topic = Self.known.first(where: { $0.name == member.topic }) else {
            throw DrillError("there is no topic \"\(member.topic)\"")
        }
        var task = DrillTask(member, world)
        return try topic.quiz(&task).block(registry: registry)
    }
}

/// Writes the questions of one topic.
protocol DrillTopic: Sendable {
    var name: String { get }
    var summary: String { get }
    /// A question of the task's level.
    func quiz(_ task: inout DrillTask) throws -> WrittenQuiz
}
