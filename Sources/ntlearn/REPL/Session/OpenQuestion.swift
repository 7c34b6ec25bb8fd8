import LessonEngine

/// The question that waits for an answer, or the last one that had one.
struct OpenQuestion {
    let question: any Question
    /// Asks again, with another member of the family if there is one.
    let block: QuizBlock
    /// What its answers are kept under.
    let source: AnswerSource
    /// The lesson that it comes from; nil where the program made it.
    let entry: Library.Entry?
    /// How many wrong answers there were.
    var misses = 0
    /// How many hints were shown.
    var hintsShown = 0
    /// False once it was answered or skipped: it can still be explained and asked again.
    var isOpen = true
}

extension OpenQuestion {
    /// A question of a lesson.
    init(question: any Question, block: QuizBlock, entry: Library.Entry) {
        self.init(question: question, block: block, source: AnswerSource(entry), entry: entry)
    }

    /// One member of one question: what the learner knows the answer of, once it was shown.
    struct Identity: Hashable {
        let course: String
        let lesson: String
        let question: String
        /// Nil if all seeds ask the same, in another order at most.
        let seed: UInt64?
    }

    var identity: Identity {
        Identity(
            course: source.course, lesson: source.lesson, question: block.id,
            seed: block.varies ? question.text.seed : nil)
    }
}
