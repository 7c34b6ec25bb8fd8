import Foundation
@testable import LessonEngine
import Testing

@Suite("Grading receipts")
struct GradingTests {
    private let room = ClassRoom(deadline: ClassRoom.start.addingTimeInterval(3600))
    private let ada: AssignmentLearner
    private let bob: AssignmentLearner

    init() throws {
        ada = try .called("Ada L")
        bob = try .called("Bob")
    }

    private var adasReceipt: String { room.text(ada, room.entries(ada)) }

    @Test("Two learners, one assignment: different members, both graded right from their receipts alone")
    func two() throws {
        let graded = room.grade([adasReceipt, room.text(bob, room.entries(bob, missed: [0, 4]))])
        #expect(graded.map(\.points) == [5, 3])
        #expect(graded.map(\.percent) == [100, 60])
        #expect(graded[1].marks == [.wrong, .right, .right, .right, .wrong])
        #expect(graded.flatMap(\.flags) == [])
        let answers = room.entries(ada).map(\.answer)
        #expect(answers.prefix(4).allSatisfy { !room.entries(bob).map(\.answer).contains($0) })
    }

    @Test("An exam is graded though nobody was told anything")
    func exam() throws {
        let room = ClassRoom(exam: true)
        let graded = room.grade([room.text(ada, room.entries(ada, missed: [1]))])
        #expect(graded[0].points == 4 && graded[0].flags == [])
    }

    @Test("Several attempts count where they are allowed")
    func attempts() throws {
        let entry = room.entries(ada)[0]
        let wrong = room.entries(ada, missed: [0])[0]
        let patient = ClassRoom(attempts: 2)
        #expect(patient.grade([patient.text(ada, [wrong, entry])])[0].marks[0] == .right)
        #expect(room.grade([room.text(ada, [wrong, entry])])[0].marks[0] == .wrong)
    }

    @Test("A skipped question can be answered later; one that was given away cannot")
    func skipped() throws {
        let entry = room.entries(ada)[0]
        func with(_ verdict: Receipt.Verdict) -> Receipt.Entry {
            Receipt.Entry(
                question: entry.question, seed: entry.seed, contentHash: entry.contentHash, verdict: verdict,
                answer: "",
                time: ClassRoom.start)
        }
        #expect(room.grade([room.text(ada, [with(.skipped), entry])])[0].marks[0] == .right)
        let shown = room.grade([room.text(ada, [with(.shown), entry])])[0]
        #expect(shown.marks[0] == .none && shown.flags.contains { $0.kind == .extraAnswers })
    }

    // MARK: Tampering

    /// A way to cheat, and what must be said of it.
    struct Tampering: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let kind: ReceiptFlag.Kind
        let message: String
        /// The receipts that are handed in; the first one is looked at.
        let hand: @Sendable (GradingTests) throws -> [String]
    }

    private func changed(_ index: Int, _ change: (Receipt.Entry) -> Receipt.Entry) -> String {
        var entries = room.entries(ada)
        entries[index] = change(entries[index])
        return room.text(ada, entries)
    }

    private static func entry(
        _ old: Receipt.Entry, seed: UInt64? = nil, content: String? = nil, verdict: Receipt.Verdict? = nil,
        answer: String? = nil, time: Date? = nil, question: AssignedQuestion? = nil
    ) -> Receipt.Entry {
        Receipt.Entry(
            question: question ?? old.question, seed: seed ?? old.seed, contentHash: content ?? old.contentHash,
            verdict: verdict ?? old.verdict, answer: answer ?? old.answer, time: time ?? old.time)
    }

    private static func lines(_ text: String, _ change: (inout [Substring]) -> Void) -> String {
        var lines = text.split(separator: "\n")
        change(&lines)
        return lines.joined(separator: "\n") + "\n"
    }

    static let tamperings: [Tampering] = [
        Tampering(
            testDescription: "an answer is changed in an editor", kind: .altered, message: "the seal does not fit"
        ) {
            let missed = $0.room.text($0.ada, $0.room.entries($0.ada, missed: [0]))
            return [missed.replacing("number 7", with: $0.room.entries($0.ada)[0].answer)]
        },
        Tampering(testDescription: "a verdict is changed in an editor", kind: .altered, message: "line 7: the seal") {
            [$0.room.text($0.ada, $0.room.entries($0.ada, missed: [0])).replacing(" wrong ", with: " correct ")]
        },
        Tampering(testDescription: "a time is changed in an editor", kind: .altered, message: "the seal does not fit") {
            [
                $0.adasReceipt.replacing("00:00:01", with: "00:00:00").replacing("T15:06:", with: "T14:06:").replacing(
                    "T1", with: "T0")
            ]
        },
        Tampering(
            testDescription: "a line is removed", kind: .altered, message: "answer 3, where answer 2 should stand"
        ) {
            [lines($0.adasReceipt) { $0.remove(at: 7) }]
        },
        Tampering(testDescription: "two lines are swapped", kind: .altered, message: "where answer 1 should stand") {
            [lines($0.adasReceipt) { $0.swapAt(6, 7) }]
        },
        Tampering(testDescription: "a line is there twice", kind: .altered, message: "the seal does not fit") {
            [lines($0.adasReceipt) { $0.insert($0[6], at: 7) }]
        },
        Tampering(testDescription: "the name is changed in an editor", kind: .altered, message: "the head") {
            [$0.adasReceipt.replacing("learner Ada L", with: "learner Bob")]
        },
        Tampering(
            testDescription: "the name is changed and all seals made anew", kind: .otherSeed,
            message: "not this learner's"
        ) {
            [$0.room.text($0.bob, $0.room.entries($0.ada))]
        },
        Tampering(testDescription: "a friend's file under one's own name", kind: .copied, message: "Ada L's") {
            [$0.adasReceipt.replacing("learner Ada L", with: "learner Bob"), $0.adasReceipt]
        },
        Tampering(
            testDescription: "a friend's answers, seeds and seals made to fit", kind: .copied,
            message: "to the millisecond"
        ) {
            let answers = $0.room.entries($0.ada)
            let own = zip($0.room.entries($0.bob), answers).map {
                entry($0, verdict: .wrong, answer: $1.answer, time: $1.time)
            }
            return [$0.room.text($0.bob, own), $0.adasReceipt]
        },
        Tampering(
            testDescription: "a friend's right answers, typed in", kind: .copied,
            message: "right ones to Ada L's questions"
        ) {
            let answers = $0.room.entries($0.ada)
            let own = zip($0.room.entries($0.bob, from: ClassRoom.start.addingTimeInterval(60)), answers).map {
                entry($0, verdict: .wrong, answer: $1.answer)
            }
            return [$0.room.text($0.bob, own), $0.adasReceipt]
        },
        Tampering(
            testDescription: "a wrong answer called right, seals made anew", kind: .wrongVerdict, message: "sums/name#2"
        ) {
            [$0.changed(1) { entry($0, answer: "number 7") }]
        },
        Tampering(testDescription: "an easier seed, seals made anew", kind: .otherSeed, message: "sums/name#2") {
            [$0.changed(1) { entry($0, seed: 5) }]
        },
        Tampering(
            testDescription: "answers after the deadline", kind: .late, message: "5 answers are from after the deadline"
        ) {
            [$0.room.text($0.ada, $0.room.entries($0.ada, from: ClassRoom.start.addingTimeInterval(7200)))]
        },
        Tampering(testDescription: "a clock that was set back", kind: .clock, message: "do not run forwards") {
            [$0.changed(3) { entry($0, time: ClassRoom.start.addingTimeInterval(-60)) }]
        },
        Tampering(testDescription: "answers from the future", kind: .clock, message: "in the future") {
            [$0.changed(4) { entry($0, time: ClassRoom.later.addingTimeInterval(7200)) }]
        },
        Tampering(testDescription: "the end cut off", kind: .missing, message: "3 questions are not answered") {
            [lines($0.adasReceipt) { $0.removeLast(4) }]
        },
        Tampering(testDescription: "another assignment's receipt", kind: .wrongAssignment, message: "Week") {
            let other = $0.adasReceipt.replacing(
                "9f86d081884c7d659a2feaa0c55ad015", with: "00000000000000000000000000000000")
            return [other]
        },
        Tampering(testDescription: "another lesson's text", kind: .changedContent, message: "sums") {
            [$0.changed(0) { entry($0, content: "0123456789abcdef") }]
        },
        Tampering(testDescription: "a question that nobody asked", kind: .unknownQuestion, message: "sums/name#9") {
            let extra = AssignedQuestion(lesson: "sums", question: "name", repetition: 9)
            return [$0.changed(0) { entry($0, question: extra) }]
        },
        Tampering(testDescription: "a second try", kind: .extraAnswers, message: "sums/name#1") {
            let wrong = $0.room.entries($0.ada, missed: [0])[0]
            return [$0.room.text($0.ada, [entry(wrong, time: ClassRoom.start)] + $0.room.entries($0.ada))]
        },
        Tampering(testDescription: "two receipts of one learner", kind: .duplicate, message: "1.receipt") {
            [$0.adasReceipt, $0.room.text($0.ada, $0.room.entries($0.ada, missed: [0]))]
        },
        Tampering(testDescription: "garbage", kind: .unreadable, message: "no receipt of ntlearn") { _ in ["\u{0}zork"]
        },
    ]

    @Test("Tampering is flagged, with the reason", arguments: tamperings)
    func tampering(way: Tampering) throws {
        let flags = room.grade(try way.hand(self))[0].flags
        let found = flags.contains { $0.kind == way.kind && $0.message.contains(way.message) }
        #expect(found, "\(flags.map { "\($0.kind.rawValue): \($0.message)" })")
    }

    @Test("No tampering raises a mark", arguments: tamperings)
    func marks(way: Tampering) throws {
        let graded = room.grade(try way.hand(self))[0]
        #expect(graded.points < 5 || graded.isSuspicious || graded.flags.contains { $0.kind == .changedContent })
    }

    @Test("An honest class of fifty raises no flag")
    func honest() throws {
        let receipts = try (0..<50).map { number in
            let learner = try AssignmentLearner.called("Learner \(number)")
            let start = ClassRoom.start.addingTimeInterval(Double(number) * 0.137)
            return room.text(learner, room.entries(learner, missed: [number % 5, number % 3], from: start))
        }
        #expect(room.grade(receipts).flatMap(\.flags) == [])
    }

    @Test("A lesson that was edited since is told, and its answers are judged as it is now")
    func edited() throws {
        let now = ClassRoom(lesson: ClassRoom.lessonText + "\n\nOne more line.\n")
        let graded = ReceiptGrader(assignment: room.assignment, course: now.course, now: ClassRoom.later)
            .grade([(file: "a", bytes: Array(adasReceipt.utf8))])
        #expect(graded[0].points == 5)
        #expect(graded[0].flags.map(\.kind) == [.changedContent])
    }
}
