import Synchronization

/// Questions and what became of answers to them, each worked out once however many receipts hold it.
final class KeyCache: Sendable {
    /// One member of one family.
    struct Member: Hashable {
        let lesson: String
        let question: String
        let seed: UInt64
    }

    private struct Answered: Hashable {
        let member: Member
        let answer: String
    }

    /// What the question makes of an answer.
    enum Outcome: Sendable {
        case judged(Verdict)
        case failed(String)
    }

    private let course: Course
    private let questions = Mutex<[Member: any Question]>([:])
    private let outcomes = Mutex<[Answered: Outcome]>([:])

    init(course: Course) { self.course = course }

    /// The member that a seed picks; nil if the course has no such question.
    func question(_ member: Member) -> (any Question)? {
        if let known = questions.withLock({ $0[member] }) { return known }
        guard let block = course.lesson(member.lesson)?.quiz(member.question) else { return nil }
        let question = block.question(seed: member.seed)
        questions.withLock { $0[member] = question }
        return question
    }

    /// What the question makes of an answer now; nil if the course has no such question.
    func outcome(_ member: Member, _ answer: String) -> Outcome? {
        let key = Answered(member: member, answer: answer)
        if let known = outcomes.withLock({ $0[key] }) { return known }
        guard let question = question(member) else { return nil }
        let outcome: Outcome
        do { outcome = .judged(try question.grade(answer).verdict) } catch { outcome = .failed("\(error)") }
        outcomes.withLock { $0[key] = outcome }
        return outcome
    }
}

extension Lesson {
    /// The block that asks a question, if the lesson has it.
    public func quiz(_ question: String) -> QuizBlock? { block(question) as? QuizBlock }
}
