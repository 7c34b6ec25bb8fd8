import LessonEngine

/// Which question comes next in a drill.
///
/// The questions of one topic at one level follow from the seed alone, whatever is answered: the answers only decide
/// from which level the next one is taken.
public struct DrillSeries: Sendable {
    /// What a drill asks: everything that its text and its key follow from.
    public struct Member: Hashable, Sendable {
        /// The topic's name.
        public let topic: String
        /// How hard.
        public let level: DrillLevel
        /// Picks one of the questions of that topic and level.
        public let seed: UInt64

        /// One question of a drill.
        public init(topic: String, level: DrillLevel, seed: UInt64) {
            self.topic = topic
            self.level = level
            self.seed = seed
        }
    }

    private let seed: UInt64
    private let topics: [String]
    private var ladders: [String: DrillLadder]
    private var asked: [String: UInt64] = [:]
    private var count: UInt64 = 0

    /// - Parameters:
    ///   - topics: the topics' names, at least one; of several, each question is of another, in an order of chance.
    ///   - seed: picks the questions.
    ///   - levels: where to begin, by topic; without an entry at the lowest level.
    public init(topics: [String], seed: UInt64, levels: [String: DrillLevel] = [:]) {
        self.topics = topics
        self.seed = seed
        ladders = levels.mapValues { DrillLadder(level: $0) }
    }

    /// The level of a topic's next question.
    public func level(of topic: String) -> DrillLevel { ladders[topic]?.level ?? .basic }

    /// What to ask now; `nil` only without topics.
    public mutating func next() -> Member? {
        guard let topic = nextTopic() else { return nil }
        let level = level(of: topic)
        let place = "\(topic) \(level.rawValue)"
        asked[place, default: 0] += 1
        var numbers = SplitMix64(seed: seed, purpose: "drill \(place) \(asked[place] ?? 0)")
        // 32 bits are enough, and can be typed.
        return Member(topic: topic, level: level, seed: numbers.next() >> 32)
    }

    /// Each round goes through all topics.
    private mutating func nextTopic() -> String? {
        guard !topics.isEmpty else { return nil }
        let (round, place) = count.quotientAndRemainder(dividingBy: UInt64(topics.count))
        count += 1
        var numbers = SplitMix64(seed: seed, purpose: "drill topics \(round)")
        return topics[numbers.permutation(of: topics.count)[Int(place)]]
    }

    /// Takes an answer into account.
    public mutating func record(_ member: Member, isRight: Bool) {
        ladders[member.topic, default: DrillLadder()].record(isRight: isRight)
    }
}
