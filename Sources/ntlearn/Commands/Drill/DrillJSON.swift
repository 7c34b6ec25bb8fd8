import LessonEngine
import Lessons

/// A drill for scripts: questions go out as lines of JSON, answers come in as lines of text.
struct DrillJSON {
    private let drill: Drill
    private var series: DrillSeries
    private let store: ProgressStore
    private var output = ByteOutput()
    private var asked = 0
    private var right = 0

    init(_ drill: Drill, _ series: DrillSeries, _ store: ProgressStore) {
        self.drill = drill
        self.series = series
        self.store = store
    }

    /// Asks until so many questions are answered, or the input ends.
    mutating func run(count: Int?) throws {
        while asked < count ?? Int.max, let member = series.next() {
            let question = try question(member)
            asked += 1
            let number = asked
            try write { Self.write(question, member, number: number, to: &$0) }
            guard try answer(member, question) else { break }
        }
        try write { [asked, right] line in
            line.string("kind", "end")
            line.integer("asked", asked)
            line.integer("correct", right)
        }
    }

    private func question(_ member: DrillSeries.Member) throws(CommandFailure) -> any Question {
        do { return try drill.block(member).question } catch {
            throw CommandFailure("the drill has no question: \(error)", status: 2)
        }
    }

    /// Reads lines until one is an answer. False at the end of the input.
    private mutating func answer(_ member: DrillSeries.Member, _ question: any Question) throws -> Bool {
        while let line = readLine() {
            if line.allSatisfy(\.isWhitespace) { continue }
            let grade = try question.grade(line)
            if case .unclear(let back) = grade.verdict {
                try write { Self.write(back, grade, member, to: &$0) }
                continue
            }
            let isRight = grade.verdict == .correct
            try keep(line, member, question, isRight)
            series.record(member, isRight: isRight)
            right += isRight ? 1 : 0
            let correct = try question.correctAnswer()
            try write { Self.write(grade, question, correct, member, to: &$0) }
            return true
        }
        return false
    }

    /// Safely on the disk before the verdict is told.
    private func keep(_ line: String, _ member: DrillSeries.Member, _ question: any Question, _ isRight: Bool) throws {
        let source = DrillPractice.source(member)
        let row = AnswerRecord(
            course: source.course, lesson: source.lesson, question: question.text.id, contentHash: source.contentHash,
            seed: question.text.seed, answer: line, verdict: isRight ? .correct : .wrong)
        do throws(ProgressError) { try store.append(row) } catch { throw CommandFailure("\(error)", status: 2) }
    }

    // MARK: Lines

    private mutating func write(_ body: (inout JSONLine) -> Void) throws(CommandFailure) {
        try output.write(JSONLine(body).bytes + [UInt8(ascii: "\n")])
        try output.flush()
    }

    private static func id(_ member: DrillSeries.Member) -> String {
        "\(member.topic)/\(member.level.rawValue)/\(member.seed)"
    }

    private static func write(
        _ question: any Question, _ member: DrillSeries.Member, number: Int, to line: inout JSONLine
    ) {
        line.string("kind", "question")
        line.string("id", id(member))
        line.string("topic", member.topic)
        line.integer("level", member.level.rawValue)
        line.integer("number", number)
        line.string("ask", question.text.ask.plainText)
        line.objects("choices", question.choices) { item, choice in
            item.string("letter", String(choice.letter))
            item.string("text", choice.text.plainText)
        }
        line.string("form", question.answerForm ?? (question.choices.isEmpty ? "number" : "letter"))
    }

    private static func write(_ back: String, _ grade: Grade, _ member: DrillSeries.Member, to line: inout JSONLine) {
        line.string("kind", "verdict")
        line.string("id", id(member))
        line.string("verdict", "unclear")
        line.string("given", grade.given)
        line.string("message", back)
    }

    private static func write(
        _ grade: Grade, _ question: any Question, _ correct: String, _ member: DrillSeries.Member,
        to line: inout JSONLine
    ) {
        line.string("kind", "verdict")
        line.string("id", id(member))
        line.string("verdict", grade.verdict == .correct ? "correct" : "wrong")
        line.string("given", grade.given)
        line.string("correct", correct)
        line.string("feedback", grade.feedback.isEmpty ? nil : grade.feedback.plainText)
        line.string("explain", question.text.explain.isEmpty ? nil : question.text.explain.plainText)
    }
}
