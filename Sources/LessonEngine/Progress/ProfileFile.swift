import GRDB

/// What a profile's file holds: everything that the progress file knows about one learner.
///
/// JSON, one object a line: a head, the learner's answers and places, and a last line with their number, so that a file cut
/// short is noticed. The review state is not in it: it follows from the answers.
public struct ProfileFile: Sendable, Equatable {
    /// The version of the form.
    static let version = 1

    /// Whose progress it is.
    public var profile: String
    var answers: [KeptAnswer] = []
    var archived: [KeptAnswer] = []
    var positions: [KeptPosition] = []

    /// How many answers count, and how many a reset had put aside.
    public var counts: (answers: Int, archived: Int) { (answers.count, archived.count) }
}

/// An answer as the file keeps it. The time stays the text that it is there, so that nothing is rounded.
struct KeptAnswer: Hashable, Sendable {
    var course: String
    var lesson: String
    var question: String
    var contentHash: String
    var seed: UInt64
    var answer: String
    var verdict: AnswerRecord.Verdict
    /// UTC, as in `2026-11-22 21:50:43.125`.
    var time: String
    var hints: Int
    /// When a reset put it aside.
    var archivedAt: String?
}

/// A place as the file keeps it.
struct KeptPosition: Hashable, Sendable {
    var course: String
    var lesson: String
    var page: Int
    var time: String
}

extension KeptAnswer {
    init(_ row: Row) throws {
        let answer = try ProgressStore.answer(row)
        try self.init(
            course: answer.course, lesson: answer.lesson, question: answer.question, contentHash: answer.contentHash,
            seed: answer.seed, answer: answer.answer, verdict: answer.verdict,
            time: row.decode(forColumn: "time"), hints: answer.hints,
            archivedAt: row.hasColumn("archived") ? row.decode(forColumn: "archived") : nil)
    }

    /// The same answer, whether a reset has put it aside or not.
    var unarchived: KeptAnswer {
        var answer = self
        answer.archivedAt = nil
        return answer
    }
}

extension KeptPosition {
    init(_ row: Row) throws {
        try self.init(
            course: row.decode(forColumn: "course"), lesson: row.decode(forColumn: "lesson"),
            page: row.decode(forColumn: "page"), time: row.decode(forColumn: "time"))
    }
}
