import LessonEngine

/// What a question's answers are kept under.
struct AnswerSource: Hashable {
    /// The course's id.
    let course: String
    /// The lesson's id, or what stands for one where the program makes the question itself.
    let lesson: String
    /// Identifies the question's text.
    let contentHash: String
}

extension AnswerSource {
    init(_ entry: Library.Entry) {
        self.init(course: entry.course.id, lesson: entry.lesson.id, contentHash: entry.lesson.contentHash)
    }
}

/// One question of a practice run.
struct PracticeItem {
    let source: AnswerSource
    /// The lesson that it comes from; nil where the program makes the question itself.
    let entry: Library.Entry?
    let block: QuizBlock
    /// Picks the member of the family.
    let seed: UInt64

    /// A member of a lesson's question.
    init(_ block: QuizBlock, of entry: Library.Entry, seed: UInt64) {
        self.init(block, source: AnswerSource(entry), entry: entry, seed: seed)
    }

    /// A question that belongs to no lesson.
    init(_ question: any Question, source: AnswerSource) {
        self.init(QuizBlock(question: question), source: source, entry: nil, seed: question.text.seed)
    }

    init(_ block: QuizBlock, source: AnswerSource, entry: Library.Entry?, seed: UInt64) {
        self.block = block
        self.source = source
        self.entry = entry
        self.seed = seed
    }
}

/// What is allowed while questions are practised.
struct PracticeRules: Equatable {
    /// When the learner is told how an answer was judged.
    enum Feedback { case atOnce, atEnd }

    /// Whether hints, answers and proofs are given.
    var allowsHelp = true
    /// Whether another member of a question's family may be asked for.
    var allowsAgain = true
    /// Whether the debugger's words work.
    var allowsDebugger = true
    var feedback = Feedback.atOnce
    /// How many wrong answers close a question; nil for as many as the question says.
    var attempts: Int?

    /// One attempt, no help, no machine, and the verdicts at the end.
    static let exam = PracticeRules(allowsHelp: false, allowsDebugger: false, feedback: .atEnd, attempts: 1)
}

/// How one question of a practice run went.
struct PracticeResult {
    let item: PracticeItem
    /// The member that was asked.
    let question: any Question
    /// Nil while there is no answer.
    var verdict: AnswerRecord.Verdict?
    /// The last answer as it was typed.
    var answer = ""
}

/// Questions asked one after the other, outside the pages of a lesson.
struct PracticeRun {
    /// The prompt's word: `review` in `review 3/12?`.
    let name: String
    /// How many questions there are; nil where they go on until the learner leaves.
    let count: Int?
    var rules = PracticeRules()
    /// Whether the program ends with the run, instead of going back to the lesson.
    var endsSession = false
    /// The question that follows on what was answered so far; nil at the end.
    let nextItem: (_ results: [PracticeResult]) -> PracticeItem?
    /// Takes each answer before its verdict is shown; an answer that it refuses is not judged.
    var keep: ((_ open: OpenQuestion, _ answer: String, _ verdict: AnswerRecord.Verdict) throws(WordError) -> Void)?
    /// What to say at the end, or when the learner leaves; nil for the count of right answers.
    var summary: ((_ results: [PracticeResult]) -> [StyledText]?)?

    /// One for each question that was asked, in order. The last one may still be open.
    private(set) var results: [PracticeResult] = []
    private var isLastOpen = false

    /// Questions made one by one.
    init(name: String, count: Int?, nextItem: @escaping (_ results: [PracticeResult]) -> PracticeItem?) {
        self.name = name
        self.count = count
        self.nextItem = nextItem
    }

    /// Questions known beforehand.
    init(name: String, items: [PracticeItem]) {
        self.init(name: name, count: items.count) { results in
            results.count < items.count ? items[results.count] : nil
        }
    }

    /// The questions that have been answered, skipped or given up.
    var closed: [PracticeResult] { isLastOpen ? results.dropLast() : results }

    /// `review 3/12`, or `drill 3` without a known end.
    var prompt: String { "\(name) \(results.count)" + (count.map { "/\($0)" } ?? "") }

    /// Begins the next question.
    mutating func ask(_ item: PracticeItem, _ question: any Question) {
        results.append(PracticeResult(item: item, question: question))
        isLastOpen = true
    }

    /// Keeps the latest answer to the question that is open. Asking it again later changes nothing.
    mutating func note(_ answer: String, _ verdict: AnswerRecord.Verdict) {
        guard isLastOpen, let last = results.indices.last else { return }
        results[last].answer = answer
        results[last].verdict = verdict
    }

    mutating func close() { isLastOpen = false }
}
