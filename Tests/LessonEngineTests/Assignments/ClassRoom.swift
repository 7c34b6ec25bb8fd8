import Foundation
@testable import LessonEngine

/// A course of one lesson, an assignment from it, and learners who answer it.
struct ClassRoom {
    static let lessonText = """
        ---
        format: 1
        id: sums
        title: Sums
        ---
        # Sums

        ```quiz id=name
        type: text
        ask: What is $(n:x) called?
        answer: number $(n:d)
        vary:
          n: 100..9999
        ```

        ```quiz id=colour
        type: choice
        ask: Which one is red?
        choices: [red, green, blue]
        answer: red
        shuffle: yes
        ```
        """

    let course: Course
    let assignment: Assignment

    init(exam: Bool = false, deadline: Date? = nil, attempts: Int = 1, count: Int = 4, lesson text: String = lessonText)
    {
        let lesson = CourseLoader.forTests.loadLesson(text: text, file: "sums.md").lesson
        course = .named("school", lessons: [lesson].compactMap(\.self))
        var rules = Assignment.Rules()
        rules.isExam = exam
        rules.attempts = attempts
        let hash = lesson?.contentHash ?? ""
        assignment = Assignment(
            id: "9f86d081884c7d659a2feaa0c55ad015", title: "Week \"3\"", course: "school", deadline: deadline,
            rules: rules,
            items: [
                Assignment.Item(lesson: "sums", question: "name", count: count, contentHash: hash),
                Assignment.Item(lesson: "sums", question: "colour", count: 1, contentHash: hash),
            ])
    }

    /// When everybody begins.
    static let start = Date(timeIntervalSince1970: 1_790_000_000)
    static let later = start.addingTimeInterval(86_400)

    func question(_ question: AssignedQuestion, _ learner: AssignmentLearner) -> (any Question)? {
        course.lesson("sums")?.quiz(question.question)?.question(seed: assignment.seed(of: question, for: learner))
    }

    /// The answers of a learner who gets all right but those `missed`, a second apart.
    func entries(_ learner: AssignmentLearner, missed: Set<Int> = [], from start: Date = start) -> [Receipt.Entry] {
        assignment.questions.enumerated().compactMap { index, assigned in
            guard let question = question(assigned, learner), let right = try? question.correctAnswer() else {
                return nil
            }
            let isMissed = missed.contains(index)
            let answer = isMissed ? (question.choices.isEmpty ? "number 7" : Self.wrongLetter(right)) : right
            let verdict: Receipt.Verdict = assignment.rules.isExam ? .given : isMissed ? .wrong : .correct
            return Receipt.Entry(
                question: assigned, seed: question.text.seed, contentHash: course.lesson("sums")?.contentHash ?? "",
                verdict: verdict, answer: answer, time: start.addingTimeInterval(Double(index + 1)))
        }
    }

    private static func wrongLetter(_ right: String) -> String { right.hasPrefix("a") ? "b" : "a" }

    /// A receipt as the program would write it, had the learner given these answers.
    func text(
        _ learner: AssignmentLearner, _ entries: [Receipt.Entry], started: Date = start, finished: Bool = true
    ) -> String {
        let receipt = Receipt(assignment: assignment, learner: learner, started: started)
        var lines: [String] = []
        var seal = ""
        func add(_ text: String) {
            seal = ReceiptText.seal(text, after: seal, assignment: assignment.id)
            lines.append(ReceiptText.sealed(text, seal))
        }
        add(ReceiptText.head(receipt).joined(separator: "\n"))
        for (index, entry) in entries.enumerated() { add(ReceiptText.entry(entry, number: index + 1)) }
        if finished { add(ReceiptText.finished((entries.last?.time ?? started).addingTimeInterval(1))) }
        return lines.joined(separator: "\n") + "\n"
    }

    func grade(_ texts: [String], now: Date = later) -> [GradedReceipt] {
        let files = texts.enumerated().map { (file: "\($0.offset).receipt", bytes: Array($0.element.utf8)) }
        return ReceiptGrader(assignment: assignment, course: course, now: now).grade(files)
    }
}

extension AssignmentLearner {
    static func called(_ name: String) throws -> AssignmentLearner { try AssignmentLearner(name: name) }
}
