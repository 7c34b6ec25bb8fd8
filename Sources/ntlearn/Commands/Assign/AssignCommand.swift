import ArgumentParser
import Foundation
import LessonEngine
import Spelling

/// `ntlearn assign`: makes an assignment.
struct AssignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign", abstract: "Make an assignment: questions for a class, other members for each learner.",
        discussion: """
            Name lessons, for all their questions, or single questions as LESSON/QUESTION. Give the file to the \
            learners, who answer it with `ntlearn take` and hand in their receipts; `ntlearn grade` marks these.

            An exam has no hints, one attempt, no words of the debugger, and tells the verdicts at the end.

            Example: ntlearn assign -o week3.assignment the-stub three-doors --deadline 2026-12-01
            Example: ntlearn assign -o test.assignment the-stub/ret-n --count 3 --exam
            """)

    @Argument(help: ArgumentHelp("Lessons, and questions as LESSON/QUESTION.", valueName: "question"))
    var targets: [String]

    @Option(name: .shortAndLong, help: ArgumentHelp("Where to write it; - for standard output.", valueName: "file"))
    var output: String

    @Option(help: "How many members of each question that varies; one of each that does not.")
    var count = 1

    @Option(help: "Answers after it do not count: 2026-12-01 (to its end, UTC) or 2026-12-01T18:00:00Z.")
    var deadline: String?

    @Option(help: "What learners see.")
    var title: String?

    @Flag(help: "No hints, one attempt, no debugger, verdicts at the end.")
    var exam = false

    @Flag(help: "Allow the words of the debugger in an exam.")
    var allowMachine = false

    @Option(help: "How many wrong answers close a question, 1 to 10.")
    var attempts = 1

    @OptionGroup var courses: CourseOptions

    func validate() throws {
        guard (1...100).contains(count) else { throw ValidationError("--count must be a number from 1 to 100.") }
        guard (1...10).contains(attempts) else { throw ValidationError("--attempts must be a number from 1 to 10.") }
        guard !exam || attempts == 1 else { throw ValidationError("an exam has one attempt; leave --attempts out") }
        guard deadline == nil || deadline.flatMap(AssignmentTime.deadline) != nil else {
            throw ValidationError("--deadline must be a date such as 2026-12-01 or 2026-12-01T18:00:00Z")
        }
        guard !targets.isEmpty else { throw ValidationError("name the lessons or questions to assign") }
    }

    func run() throws {
        let library = Library(courses: try courses.load())
        let chosen = try AssignedTargets(library: library, count: count).items(targets)
        guard chosen.items.reduce(0, { $0 + $1.count }) <= Assignment.mostQuestions else {
            throw CommandFailure("an assignment can have at most \(Assignment.mostQuestions) questions", status: 2)
        }
        var rules = Assignment.Rules()
        rules.isExam = exam
        rules.allowsMachine = !exam || allowMachine
        rules.attempts = attempts
        let assignment = Assignment(
            id: Assignment.freshID(), title: title ?? chosen.title, course: chosen.course,
            deadline: deadline.flatMap(AssignmentTime.deadline), rules: rules, items: chosen.items)
        // What cannot be read back would be found out by the learners.
        do { _ = try Assignment.read(assignment.text, file: output) } catch {
            throw CommandFailure("\(error)", status: 2)
        }
        try OutputFile(output).write(Array(assignment.text.utf8))
        let questions = assignment.questions.count
        CommandFailure.note("\(questions) \(questions == 1 ? "question" : "questions") for each learner")
    }
}

/// Finds the questions that an instructor names.
struct AssignedTargets {
    let library: Library
    let count: Int

    /// The questions, once each, in the order named.
    func items(_ targets: [String]) throws(CommandFailure) -> (course: String, title: String, items: [Assignment.Item])
    {
        var items: [Assignment.Item] = []
        var entries: [Library.Entry] = []
        for target in targets {
            let parts = target.split(separator: "/", maxSplits: 1).map(String.init)
            guard let entry = library.entry(parts.first ?? "") else { throw unknownLesson(parts.first ?? "") }
            if entries.last?.number != entry.number { entries.append(entry) }
            for block in try blocks(entry, parts.count == 2 ? parts[1] : nil) {
                let isThere = items.contains { $0.lesson == entry.lesson.id && $0.question == block.id }
                if !isThere { items.append(item(block, entry.lesson)) }
            }
        }
        guard let course = entries.first?.course, entries.allSatisfy({ $0.course.id == course.id }) else {
            throw CommandFailure("the questions of an assignment come from one course", status: 2)
        }
        return (course.id, entries.map(\.lesson.title).joined(separator: ", "), items)
    }

    private func item(_ block: QuizBlock, _ lesson: Lesson) -> Assignment.Item {
        Assignment.Item(
            lesson: lesson.id, question: block.id, count: block.varies ? count : 1, contentHash: lesson.contentHash)
    }

    private func blocks(_ entry: Library.Entry, _ question: String?) throws(CommandFailure) -> [QuizBlock] {
        let all = entry.lesson.blocks.compactMap { $0 as? QuizBlock }
        guard let question else {
            if all.isEmpty { throw CommandFailure("the lesson \(entry.lesson.id) has no questions", status: 2) }
            return all
        }
        if let block = all.first(where: { $0.id == question }) { return [block] }
        let near = didYouMean(question, among: all.map(\.id))
        throw CommandFailure(
            "the lesson \(entry.lesson.id) has no question \"\(question.prefix(40))\"\n"
                + (near.map { "did you mean \"\($0)\"?" } ?? "it has \(all.map(\.id).joined(separator: ", "))"),
            status: 2)
    }

    private func unknownLesson(_ name: String) -> CommandFailure {
        let near = didYouMean(name, among: library.entries.map(\.lesson.id))
        return CommandFailure(
            "there is no lesson \"\(name.prefix(40))\"\n"
                + (near.map { "did you mean \"\($0)\"?" } ?? "`ntlearn list` shows the lessons"), status: 2)
    }
}
