import Foundation
import LessonEngine

/// What a learner has done, held against what the courses ask.
struct ProgressOverview {
    /// Questions, and how many of them were last answered right.
    struct Count: Equatable {
        var questions = 0
        var answered = 0
        var correct = 0
    }

    /// One of a lesson's objectives.
    struct Objective {
        /// Counted from 1.
        let number: Int
        let text: String
        let count: Count
    }

    struct Row {
        let entry: Library.Entry
        let count: Count
        let objectives: [Objective]
        /// Questions that the review asks now.
        let due: Int
        /// Whether the lesson's text has changed since a question of it was answered.
        let isRevised: Bool
        /// Whether the learner stopped here.
        let isHere: Bool
    }

    let rows: [Row]
    let predictions: PredictionStreak
    /// When the next question is due; nil while there is none to review.
    let nextDue: Date?

    /// - Parameter countsPredictions: false where nobody looks at them; they are read one by one.
    init(
        _ library: Library, _ store: ProgressStore, countsPredictions: Bool = true, now: Date = Date()
    ) throws(ProgressError) {
        var rows: [Row] = []
        var dues: [Date] = []
        for course in library.courses {
            let here = try store.position(course: course.id)?.lesson
            let standings = Dictionary(grouping: try store.questions(course: course.id)) { $0.lesson }
            for entry in library.entries where entry.course.id == course.id {
                let known = Dictionary(
                    (standings[entry.lesson.id] ?? []).map { ($0.question, $0) }, uniquingKeysWith: { $1 })
                let row = Row(entry, known, isHere: entry.lesson.id == here, now: now)
                rows.append(row)
                dues += row.entry.lesson.quizzes.compactMap { known[$0.id]?.card?.due }
            }
        }
        self.rows = rows
        predictions = countsPredictions ? try store.predictions() : PredictionStreak([])
        nextDue = dues.min()
    }

    /// All questions of all lessons.
    var total: Count {
        rows.reduce(into: Count()) { total, row in
            total.questions += row.count.questions
            total.answered += row.count.answered
            total.correct += row.count.correct
        }
    }

    var due: Int { rows.reduce(0) { $0 + $1.due } }
}

extension ProgressOverview.Row {
    fileprivate init(
        _ entry: Library.Entry, _ known: [String: QuestionProgress], isHere: Bool, now: Date
    ) {
        let quizzes = entry.lesson.quizzes
        self.entry = entry
        self.isHere = isHere
        count = ProgressOverview.Count(quizzes, known)
        objectives = entry.lesson.objectives.enumerated().compactMap { index, text in
            let tested = quizzes.filter { $0.question.text.objectives.contains { $0.value == index + 1 } }
            let count = ProgressOverview.Count(tested, known)
            return tested.isEmpty ? nil : ProgressOverview.Objective(number: index + 1, text: text, count: count)
        }
        due = quizzes.filter { known[$0.id]?.card.map { $0.due <= now } ?? false }.count
        isRevised = known.values.contains { $0.isRevised(comparedTo: entry.lesson.contentHash) }
    }
}

extension ProgressOverview.Count {
    fileprivate init(_ quizzes: [QuizBlock], _ known: [String: QuestionProgress]) {
        let standings = quizzes.compactMap { known[$0.id] }
        self.init(
            questions: quizzes.count, answered: standings.count,
            correct: standings.filter { $0.verdict == .correct }.count)
    }
}

extension Lesson {
    /// The questions that count: predictions of traces are told beside them.
    var quizzes: [QuizBlock] { blocks.compactMap { $0 as? QuizBlock } }
}

extension ProgressOverview {
    /// Columns of the longest lesson id.
    var nameWidth: Int { rows.map(\.entry.lesson.id.count).max() ?? 0 }

    /// The lines of all lessons, those of each course below its title.
    func lines(_ layout: Layout, each lesson: (Row) -> [StyledText]) -> [StyledText] {
        var course: String?
        var lines: [StyledText] = []
        for row in rows {
            if row.entry.course.id != course {
                lines += (course == nil ? [] : [""])
                lines += StyledText(row.entry.course.title, .heading).wrapped(to: layout.measure)
                course = row.entry.course.id
            }
            lines += lesson(row)
        }
        return lines
    }
}
