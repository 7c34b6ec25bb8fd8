import Foundation
import LessonEngine

/// The questions that are due for review, the one most likely to be forgotten first.
struct ReviewQueue {
    /// A question that was answered before.
    struct Item {
        let entry: Library.Entry
        let block: QuizBlock
        let card: ReviewCard
    }

    let due: [Item]
    /// When the next one is due; nil if none was ever answered, or if some are due now.
    let next: Date?

    init(_ library: Library, _ store: ProgressStore, now: Date = Date()) throws(ProgressError) {
        var items: [Item] = []
        for course in library.courses {
            let standings = Dictionary(grouping: try store.questions(course: course.id)) { $0.lesson }
            for entry in library.entries where entry.course.id == course.id {
                let known = Dictionary(
                    (standings[entry.lesson.id] ?? []).map { ($0.question, $0) }, uniquingKeysWith: { $1 })
                items += entry.lesson.quizzes.compactMap { block in
                    known[block.id]?.card.map { Item(entry: entry, block: block, card: $0) }
                }
            }
        }
        let scheduler = Scheduler()
        due = items.filter { $0.card.due <= now }.map { ($0, scheduler.retrievability(of: $0.card, at: now)) }
            .enumerated().sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }.map(\.element.0)
        next = due.isEmpty ? items.map(\.card.due).min() : nil
    }

    /// What to say when nothing is due.
    var nothingDue: String {
        next.map { "Nothing is due. The next question is due \(DueDate($0).text)." }
            ?? "There is nothing to review yet: answer a question of a lesson first."
    }

    /// Asks a fresh member of each family.
    /// - Parameters:
    ///   - count: the most questions; nil for all that are due.
    ///   - seed: gives the seed of each question.
    func run(count: Int? = nil, seed: () -> UInt64) -> PracticeRun {
        let items = due.prefix(count ?? due.count).map { PracticeItem($0.block, of: $0.entry, seed: seed()) }
        return PracticeRun(name: "review", items: Array(items))
    }
}
