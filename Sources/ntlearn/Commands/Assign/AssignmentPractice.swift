import LessonEngine

/// An assignment as a practice run whose answers go to a receipt.
final class AssignmentPractice {
    private let assignment: Assignment
    private let writer: ReceiptWriter
    private let items: [(question: AssignedQuestion, item: PracticeItem)]
    private var asked: [Member: AssignedQuestion] = [:]

    private struct Member: Hashable {
        let lesson: String
        let question: String
        let seed: UInt64
    }

    init(
        _ assignment: Assignment, _ learner: AssignmentLearner, receipt path: String, library: Library
    ) throws(CommandFailure) {
        self.assignment = assignment
        guard library.courses.contains(where: { $0.id == assignment.course }) else {
            throw CommandFailure(
                "the assignment is about the course \(assignment.course), which is not here\n"
                    + "name its folder with --content", status: 2)
        }
        var items: [(AssignedQuestion, PracticeItem)] = []
        for question in assignment.questions {
            items.append((question, try Self.item(question, assignment, learner, library)))
        }
        self.items = items
        do { writer = try ReceiptWriter(path: path, assignment: assignment, learner: learner) } catch {
            throw CommandFailure("\(error)", status: 2)
        }
    }

    private static func item(
        _ question: AssignedQuestion, _ assignment: Assignment, _ learner: AssignmentLearner, _ library: Library
    ) throws(CommandFailure) -> PracticeItem {
        let entry = library.entries.first { $0.course.id == assignment.course && $0.lesson.id == question.lesson }
        guard let entry, let block = entry.lesson.quiz(question.question) else {
            throw CommandFailure(
                "the course here has no question \(question.lesson)/\(question.question)\n"
                    + "ask your instructor for the course that the assignment was made from", status: 2)
        }
        return PracticeItem(block, of: entry, seed: assignment.seed(of: question, for: learner))
    }

    /// The receipt.
    var path: String { writer.path }

    private var open: [(question: AssignedQuestion, item: PracticeItem)] {
        let closed = writer.receipt.closed
        return items.filter { !closed.contains($0.question) }
    }

    /// Questions that are still to be answered.
    var openCount: Int { open.count }

    /// Marks the receipt as complete once there is nothing left to answer.
    func finishIfDone() throws(CommandFailure) {
        guard openCount == 0 else { return }
        do { try writer.finish() } catch { throw CommandFailure("\(error)", status: 2) }
    }

    /// Asks what is open, each question once.
    func run() -> PracticeRun {
        let queue = open
        let name = assignment.rules.isExam ? "exam" : "assignment"
        var run = PracticeRun(name: name, count: queue.count) { [self] results in
            guard results.count < queue.count else { return nil }
            let (question, item) = queue[results.count]
            // Members that cannot be asked are passed over, so the seed to keep is that of what is really asked.
            asked[member(item, item.block.question(seed: item.seed).text.seed)] = question
            return item
        }
        run.rules = rules
        run.keep = { [self] open, answer, verdict throws(WordError) in try keep(open, answer, verdict) }
        run.summary = { [self] results in summary(results) }
        return run
    }

    private var rules: PracticeRules {
        let isExam = assignment.rules.isExam
        var rules = PracticeRules()
        rules.allowsHelp = !isExam
        rules.allowsAgain = false
        rules.allowsDebugger = assignment.rules.allowsMachine
        rules.feedback = isExam ? .atEnd : .atOnce
        rules.attempts = assignment.rules.attempts
        return rules
    }

    private func member(_ item: PracticeItem, _ seed: UInt64) -> Member {
        Member(lesson: item.source.lesson, question: item.block.id, seed: seed)
    }

    private func keep(_ open: OpenQuestion, _ answer: String, _ verdict: AnswerRecord.Verdict) throws(WordError) {
        let seed = open.question.text.seed
        let member = Member(lesson: open.source.lesson, question: open.block.id, seed: seed)
        guard let question = asked[member] else { return }
        let entry = Receipt.Entry(
            question: question, seed: seed, contentHash: open.source.contentHash, verdict: written(verdict),
            answer: answer)
        do { try writer.append(entry) } catch {
            throw WordError("Your answer could not be saved, so it was not judged: \(error)")
        }
    }

    private func written(_ verdict: AnswerRecord.Verdict) -> Receipt.Verdict {
        switch verdict {
        case .correct: assignment.rules.isExam ? .given : .correct
        case .wrong: assignment.rules.isExam ? .given : .wrong
        case .skipped: .skipped
        case .answeredForYou: .shown
        }
    }

    /// The verdicts of an exam are told once nothing can be answered any more; nil for the usual words.
    private func summary(_ results: [PracticeResult]) -> [StyledText]? {
        guard assignment.rules.isExam, openCount > 0 else { return nil }
        let answered = results.count { $0.verdict == .correct || $0.verdict == .wrong }
        return [StyledText("\(answered) answered. You are told how it went when all questions are.")]
    }
}
