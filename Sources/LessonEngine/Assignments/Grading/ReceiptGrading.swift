import Foundation

/// The marks of one receipt, from its answers alone.
struct ReceiptGrading {
    private let receipt: Receipt
    private let grader: ReceiptGrader
    private(set) var marks: [GradedReceipt.Mark] = []
    private(set) var flags: [ReceiptFlag] = []

    private var late = 0
    private var extra: [String] = []
    private var otherSeeds: [String] = []
    private var wrongVerdicts: [String] = []
    private var changed: Set<String> = []

    init(_ receipt: Receipt, _ grader: ReceiptGrader) {
        self.receipt = receipt
        self.grader = grader
    }

    mutating func run(_ questions: [AssignedQuestion]) {
        guard receipt.assignment == grader.assignment.id else {
            marks = questions.map { _ in .none }
            add(.wrongAssignment, "It belongs to another assignment, \"\(receipt.title.prefix(60))\".")
            return
        }
        let entries = Dictionary(grouping: receipt.entries, by: \.question)
        marks = questions.map { mark($0, entries[$0] ?? []) }
        checkQuestions(Set(questions))
        checkClock()
        summarise(questions)
    }

    // MARK: One question

    /// Right if an answer that counts is right: in time, to the learner's own member, before the question was closed.
    private mutating func mark(_ question: AssignedQuestion, _ entries: [Receipt.Entry]) -> GradedReceipt.Mark {
        guard !entries.isEmpty else { return .none }
        guard let seed = grader.question(question, for: receipt.learner)?.text.seed else {
            add(.ungradable, "\(question.name) is not in the course any more.")
            return .none
        }
        var misses = 0
        var isClosed = false
        var mark = GradedReceipt.Mark.none
        for entry in entries where entry.verdict != .skipped {
            note(entry, isExtra: isClosed)
            guard !isClosed, entry.isAttempt else {
                isClosed = true
                continue
            }
            let verdict = verdict(of: entry, seed)
            guard entry.seed == seed, isInTime(entry) else { continue }
            if verdict == .correct { mark = .right }
            if verdict == .wrong { mark = .wrong }
            misses += 1
            isClosed = verdict == .correct || misses >= grader.assignment.rules.attempts
        }
        return mark
    }

    private mutating func note(_ entry: Receipt.Entry, isExtra: Bool) {
        if isExtra { extra.append(entry.question.name) }
        if !isInTime(entry) { late += 1 }
        if entry.contentHash != grader.assignedHash(of: entry.question.lesson) { changed.insert(entry.question.lesson) }
    }

    private func isInTime(_ entry: Receipt.Entry) -> Bool {
        grader.assignment.deadline.map { entry.time <= $0 } ?? true
    }

    /// What the question says to an answer, for the member that was really answered.
    private mutating func verdict(of entry: Receipt.Entry, _ seed: UInt64) -> Verdict? {
        if entry.seed != seed { otherSeeds.append(entry.question.name) }
        switch grader.cache.outcome(grader.member(entry.question, entry.seed), entry.answer) {
        case .judged(let verdict):
            if !Self.agrees(entry.verdict, verdict) {
                wrongVerdicts.append("\(entry.question.name) (\"\(entry.verdict.rawValue)\")")
            }
            return verdict
        case .failed(let reason):
            add(.ungradable, "\(entry.question.name) cannot be judged: \(reason)")
            return nil
        case nil: return nil
        }
    }

    /// Whether a program would have written that. Answers that are asked back never get into a receipt.
    private static func agrees(_ written: Receipt.Verdict, _ verdict: Verdict) -> Bool {
        switch (written, verdict) {
        case (.given, .correct), (.given, .wrong), (.correct, .correct), (.wrong, .wrong): true
        default: false
        }
    }

    // MARK: The whole

    private mutating func checkQuestions(_ known: Set<AssignedQuestion>) {
        let others = receipt.entries.map(\.question).filter { !known.contains($0) }
        add(.unknownQuestion, "The assignment does not ask \(Self.list(others.map(\.name))).", unless: others.isEmpty)
    }

    /// How far clocks may be apart, in seconds.
    private static let tolerance = 300.0

    private mutating func checkClock() {
        let times = [receipt.started] + receipt.entries.map(\.time) + (receipt.finished.map { [$0] } ?? [])
        let runsForwards = zip(times, times.dropFirst()).allSatisfy { $0 <= $1 }
        add(.clock, "The times of the answers do not run forwards.", unless: runsForwards)
        let last = times.max() ?? receipt.started
        let isPast = last <= grader.now.addingTimeInterval(Self.tolerance)
        add(.clock, "Answers are dated in the future: \(AssignmentTime.shown(last)).", unless: isPast)
    }

    private mutating func summarise(_ questions: [AssignedQuestion]) {
        let answered = Set(receipt.entries.filter { $0.verdict != .skipped }.map(\.question))
        let missing = questions.filter { !answered.contains($0) }
        let count = missing.count == 1 ? "1 question is" : "\(missing.count) questions are"
        add(.missing, "\(count) not answered: \(Self.list(missing.map(\.name))).", unless: missing.isEmpty)
        add(.late, "\(late == 1 ? "1 answer is" : "\(late) answers are") from after the deadline.", unless: late == 0)
        add(.extraAnswers, "Answered more often than allowed: \(Self.list(extra)).", unless: extra.isEmpty)
        add(.otherSeed, "The seed is not this learner's: \(Self.list(otherSeeds)).", unless: otherSeeds.isEmpty)
        add(.wrongVerdict, "The machine judges otherwise: \(Self.list(wrongVerdicts)).", unless: wrongVerdicts.isEmpty)
        for lesson in Set(questions.map(\.lesson)) {
            guard let current = grader.course.lesson(lesson) else { continue }
            if current.contentHash != grader.assignedHash(of: lesson) { changed.insert(lesson) }
        }
        let lessons = Self.list(changed.sorted())
        add(
            .changedContent, "The lesson is not the one that the assignment was made from: \(lessons).",
            unless: changed.isEmpty)
    }

    private mutating func add(_ kind: ReceiptFlag.Kind, _ message: String, unless isFine: Bool = false) {
        if !isFine { flags.append(ReceiptFlag(kind, message)) }
    }

    /// The first few of them.
    private static func list(_ names: [String]) -> String {
        var seen: Set<String> = []
        let unique = names.filter { seen.insert($0).inserted }
        let shown = unique.prefix(3).joined(separator: ", ")
        return unique.count > 3 ? "\(shown) and \(unique.count - 3) more" : shown
    }
}
