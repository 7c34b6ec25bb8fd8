import LessonEngine
import Lessons

/// How the learner did in a lesson. Predictions are told beside the questions: they are made to be wrong at times.
extension LearnSession {
    /// How many questions of a lesson were last answered right; empty for a lesson without questions.
    func score(of entry: Library.Entry) -> String {
        let right = counts(of: entry).map { "\($0.right) of \($0.all) questions right." }
        return [right, predictionScore(of: entry)].compactMap(\.self).joined(separator: " ")
    }

    /// The score at a lesson's end, held against the course's pass mark.
    func result(of entry: Library.Entry) -> String {
        let right = counts(of: entry).map { counts in
            let mark = "\(counts.right * 100 / counts.all) %, \(entry.course.pass) % pass"
            return "\(counts.right) of \(counts.all) questions right (\(mark))."
        }
        return [right, predictionScore(of: entry)].compactMap(\.self).joined(separator: " ")
    }

    /// How many predictions of a lesson were right, of those that were asked.
    func predictionCounts(of entry: Library.Entry) -> (right: Int, tried: Int) {
        let verdicts = verdicts(of: entry)
        let tried = entry.lesson.predictionIDs.compactMap { verdicts[$0] }
        return (tried.filter { $0.verdict == .correct }.count, tried.count)
    }

    private func predictionScore(of entry: Library.Entry) -> String? {
        let all = entry.lesson.predictionIDs.count
        return all == 0 ? nil : "Predictions: \(predictionCounts(of: entry).right) of \(all)."
    }

    private func counts(of entry: Library.Entry) -> (right: Int, all: Int)? {
        let questions = entry.lesson.blocks.filter { $0 is QuizBlock }.map(\.id)
        let verdicts = verdicts(of: entry)
        let right = questions.filter { verdicts[$0]?.verdict == .correct }.count
        return questions.isEmpty ? nil : (right, questions.count)
    }

    private func verdicts(of entry: Library.Entry) -> [String: QuestionProgress] {
        (try? store.verdicts(course: entry.course.id, lesson: entry.lesson.id)) ?? [:]
    }
}

extension Lesson {
    /// The ids under which predictions are kept: `door/1`.
    var predictionIDs: [String] {
        blocks.compactMap { $0 as? TraceBlock }.flatMap(\.predictions).map(\.text.id)
    }
}
