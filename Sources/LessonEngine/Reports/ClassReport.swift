/// What a class did, question by question, and which mistakes are behind its wrong answers.
public struct ClassReport: Sendable {
    /// A question, how it went, and what went wrong.
    public struct Entry: Sendable {
        /// How learners fared.
        public let counts: QuestionCounts
        /// The most common first.
        public let mistakes: [Mistake]
    }

    /// Wrong answers that have the same mistake behind them.
    public struct Mistake: Sendable, Equatable {
        /// What the lesson says to it, without mark-up; nil if the lesson does not know this mistake.
        public let says: String?
        /// One of the answers, as it was understood.
        public let example: String
        /// How many answers.
        public let count: Int
    }

    /// The questions that have an answer, in the course's order; those that the course no longer has come last.
    public let entries: [Entry]

    /// - Parameters:
    ///   - course: judges the answers again, to learn what was meant.
    ///   - counts: of the questions.
    ///   - wrong: the wrong answers.
    public init(course: Course, counts: [QuestionCounts], wrong: [WrongAnswer]) {
        let blocks = Self.blocks(of: course)
        let ranks = Dictionary(blocks.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
        let questions = Dictionary(blocks.map { ($0.key, $0.block) }, uniquingKeysWith: { first, _ in first })
        let mistakes = Dictionary(grouping: wrong) { Key(lesson: $0.lesson, question: $0.question) }
        entries = counts.map { counts in
            let key = Key(lesson: counts.lesson, question: counts.question)
            return Entry(counts: counts, mistakes: Self.mistakes(mistakes[key] ?? [], questions[key]))
        }.sorted { ranks[$0.key] ?? .max < ranks[$1.key] ?? .max }
    }

    fileprivate struct Key: Hashable {
        let lesson: String
        let question: String
    }

    private static func blocks(of course: Course) -> [(key: Key, block: QuizBlock)] {
        course.lessons.flatMap { lesson in
            lesson.blocks.compactMap { $0 as? QuizBlock }.map { (Key(lesson: lesson.id, question: $0.id), $0) }
        }
    }

    private static func mistakes(_ wrong: [WrongAnswer], _ block: QuizBlock?) -> [Mistake] {
        var found: [(label: String, mistake: Mistake)] = []
        for answer in wrong {
            let grade = block.flatMap { try? $0.question(seed: answer.seed).grade(answer.answer) }
            let example = grade.map { withoutLetter($0.given) } ?? answer.answer
            let says = grade.map { $0.feedback.plainText }.flatMap { $0.isEmpty ? nil : $0 }
            let label = says ?? comparable(example)
            if let index = found.firstIndex(where: { $0.label == label }) {
                let old = found[index].mistake
                found[index].mistake = Mistake(says: old.says, example: old.example, count: old.count + answer.count)
            } else {
                found.append((label, Mistake(says: says, example: example, count: answer.count)))
            }
        }
        return found.map(\.mistake).sorted { $0.count > $1.count }
    }

    /// The letter of a choice means something else each time that the choices are shuffled.
    private static func withoutLetter(_ given: String) -> String {
        guard given.dropFirst().hasPrefix(") ") else { return given }
        return String(given.dropFirst(3))
    }
}

extension ClassReport.Entry {
    fileprivate var key: ClassReport.Key { ClassReport.Key(lesson: counts.lesson, question: counts.question) }
}
