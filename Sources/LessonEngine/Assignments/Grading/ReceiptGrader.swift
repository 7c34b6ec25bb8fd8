import Foundation

/// Grades receipts of one assignment: every answer is put to its question again, so no verdict in a file is believed.
public struct ReceiptGrader: Sendable {
    let assignment: Assignment
    let course: Course
    let now: Date
    let cache: KeyCache
    private let questions: [AssignedQuestion]
    private let hashes: [String: String]

    /// - Parameters:
    ///   - course: the one that the assignment names.
    ///   - now: answers from later are flagged.
    public init(assignment: Assignment, course: Course, now: Date = Date()) {
        self.assignment = assignment
        self.course = course
        self.now = now
        cache = KeyCache(course: course)
        questions = assignment.questions
        hashes = Dictionary(
            assignment.items.map { ($0.lesson, $0.contentHash) }, uniquingKeysWith: { first, _ in first })
    }

    private typealias Read = (file: String, result: Result<ReadReceipt, NoReceipt>)

    /// Grades files, in the order given, on all cores; then compares them with each other.
    public func grade(files: [String]) -> [GradedReceipt] {
        grade(count: files.count) { index in
            do throws(NoReceipt) { return (files[index], .success(try Receipt.load(path: files[index]))) } catch {
                return (files[index], .failure(error))
            }
        }
    }

    /// The same for receipts in memory.
    public func grade(_ receipts: [(file: String, bytes: [UInt8])]) -> [GradedReceipt] {
        grade(count: receipts.count) { index in
            let (file, bytes) = receipts[index]
            do throws(NoReceipt) { return (file, .success(try Receipt.read(bytes))) } catch {
                return (file, .failure(error))
            }
        }
    }

    private func grade(count: Int, read: @Sendable (Int) -> Read) -> [GradedReceipt] {
        let found = concurrently(count) { index in
            let found = read(index)
            return (graded: grade(found), seals: (try? found.result.get().seals) ?? [])
        }
        var graded = found.map(\.graded)
        ReceiptComparison(grader: self).flag(&graded, seals: found.map(\.seals))
        for index in graded.indices { graded[index].flags = Self.sorted(graded[index].flags) }
        return graded
    }

    private static func sorted(_ flags: [ReceiptFlag]) -> [ReceiptFlag] {
        ReceiptFlag.Kind.allCases.flatMap { kind in flags.filter { $0.kind == kind } }
    }

    private func grade(_ read: Read) -> GradedReceipt {
        switch read.result {
        case .failure(let problem):
            let flag = ReceiptFlag(.unreadable, "This is no receipt that can be graded: \(problem).")
            return GradedReceipt(file: read.file, receipt: nil, marks: questions.map { _ in .none }, flags: [flag])
        case .success(let found):
            var grading = ReceiptGrading(found.receipt, self)
            grading.run(questions)
            let altered = found.problems.map { ReceiptFlag(.altered, "Changed by another hand: \($0).") }
            return GradedReceipt(
                file: read.file, receipt: found.receipt, marks: grading.marks, flags: altered + grading.flags)
        }
    }

    /// The lesson's content hash when the assignment was made.
    func assignedHash(of lesson: String) -> String? { hashes[lesson] }

    /// A learner's own member of a question's family. Its seed may differ from the one that was drawn, where members
    /// that
    /// cannot be asked are passed over.
    func question(_ question: AssignedQuestion, for learner: AssignmentLearner) -> (any Question)? {
        cache.question(member(question, assignment.seed(of: question, for: learner)))
    }

    func member(_ question: AssignedQuestion, _ seed: UInt64) -> KeyCache.Member {
        KeyCache.Member(lesson: question.lesson, question: question.question, seed: seed)
    }
}
