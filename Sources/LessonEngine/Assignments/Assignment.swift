import Foundation

/// Questions that an instructor gives to a class: each learner gets members of their own.
public struct Assignment: Hashable, Sendable {
    /// A question's family, and how many members of it each learner answers.
    public struct Item: Hashable, Sendable {
        /// The lesson's id.
        public let lesson: String
        /// The question's id.
        public let question: String
        /// How many members, at least 1.
        public let count: Int
        /// The lesson's content hash when the assignment was made.
        public let contentHash: String

        /// A family of an assignment.
        public init(lesson: String, question: String, count: Int, contentHash: String) {
            self.lesson = lesson
            self.question = question
            self.count = count
            self.contentHash = contentHash
        }
    }

    /// What learners may do.
    public struct Rules: Hashable, Sendable {
        /// No hints, one attempt, and the verdicts at the end.
        public var isExam = false
        /// Whether the machine may be looked at.
        public var allowsMachine = true
        /// How many wrong answers close a question, at least 1.
        public var attempts = 1

        /// Those of ordinary homework.
        public init() {}
    }

    /// 32 hexadecimal digits of chance. It goes into every seed and every seal.
    public let id: String
    /// What learners see.
    public let title: String
    /// The course's id.
    public let course: String
    /// Answers after this moment do not count; `nil` for no deadline.
    public let deadline: Date?
    /// What learners may do.
    public let rules: Rules
    /// In the order in which they are asked; never empty.
    public let items: [Item]

    /// An assignment with every part given.
    public init(id: String, title: String, course: String, deadline: Date?, rules: Rules, items: [Item]) {
        self.id = id
        self.title = title
        self.course = course
        self.deadline = deadline
        self.rules = rules
        self.items = items
    }

    /// Hexadecimal digits in an id: 128 bits.
    static let idLength = 32
    /// The most members of one family, and of all.
    public static let mostQuestions = 1000

    /// An id that no other assignment has.
    public static func freshID() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in generator.next().hexadecimal }.joined()
    }
}

/// One question of one learner's assignment.
public struct AssignedQuestion: Hashable, Sendable {
    /// The lesson's id.
    public let lesson: String
    /// The question's id.
    public let question: String
    /// Counts the members of one family, from 1.
    public let repetition: Int

    /// One question.
    public init(lesson: String, question: String, repetition: Int) {
        self.lesson = lesson
        self.question = question
        self.repetition = repetition
    }

    /// `the-stub/ret-n#2`
    public var name: String { "\(lesson)/\(question)#\(repetition)" }

    /// Reads what ``name`` writes.
    init?(_ name: some StringProtocol) {
        let parts = name.split(separator: "#", omittingEmptySubsequences: false)
        guard parts.count == 2, let repetition = Int(parts[1]), (1...Assignment.mostQuestions).contains(repetition),
            let slash = parts[0].firstIndex(of: "/")
        else { return nil }
        let question = parts[0][parts[0].index(after: slash)...]
        guard isIdentifier(parts[0][..<slash]), !question.isEmpty,
            question.split(separator: "/").allSatisfy(isIdentifier)
        else { return nil }
        self.init(lesson: String(parts[0][..<slash]), question: String(question), repetition: repetition)
    }
}

extension Assignment {
    /// All questions in order.
    public var questions: [AssignedQuestion] {
        items.flatMap { item in
            (1...max(1, item.count)).map {
                AssignedQuestion(lesson: item.lesson, question: item.question, repetition: $0)
            }
        }
    }

    /// The seed of a learner's question: it follows from the assignment, the learner and the question alone.
    public func seed(of question: AssignedQuestion, for learner: AssignmentLearner) -> UInt64 {
        let message = "seed\n\(learner.key)\n\(question.name)"
        let code = HMAC.code(Array(message.utf8), key: Array(id.utf8))
        // 32 bits pick a member well, and can be read out.
        return code.prefix(4).reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension UInt64 {
    /// 16 digits.
    var hexadecimal: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
