import Foundation
@testable import LessonEngine
import Testing

@Suite("Assignments")
struct AssignmentTests {
    @Test("What is written is read back", arguments: [false, true])
    func roundTrip(exam: Bool) throws {
        let room = ClassRoom(exam: exam, deadline: ClassRoom.later, attempts: exam ? 1 : 3)
        let read = try Assignment.read(room.assignment.text, file: "week3.assignment")
        #expect(read == room.assignment)
    }

    @Test(
        "What is wrong is told with its place",
        arguments: [
            ("format: 1", "format: 2", "2:9", "format `2`"),
            ("9f86d081884c7d659a2feaa0c55ad015", "zork", "3:13", "no id of an assignment"),
            ("course: school", "course: a/b", "5:9", "cannot be an id"),
            ("exam: no", "exam: perhaps", "6:7", "must be yes or no"),
            ("attempts: 1", "attempts: 0", "8:11", "whole number from 1 to 10"),
            ("attempts: 1", "atempts: 1", "8:1", "there is no key `atempts`"),
            ("question: colour", "question: name", "10:3", "listed twice"),
            ("question: colour", "question: ../x", "11:5", "is no question"),
            ("count: 4", "count: 1000", "10:3", "at most 1000"),
        ])
    func mistakes(old: String, new: String, place: String, message: String) {
        let text = ClassRoom().assignment.text.replacing(old, with: new)
        do {
            _ = try Assignment.read(text, file: "a")
            Issue.record("\(new) was taken")
        } catch {
            #expect(error.description.contains("a:\(place): "), "\(error)")
            #expect(error.description.contains(message), "\(error)")
        }
    }

    @Test("Garbage is refused", arguments: ["", "\u{0}\u{1}", "- a\n- b\n", "{", "format: 1", "# nothing"])
    func garbage(text: String) {
        #expect(throws: Assignment.Unreadable.self) { try Assignment.read(text, file: "a") }
    }

    @Test("Two learners get different members, and each the same every time")
    func seeds() throws {
        let room = ClassRoom()
        let (ada, bob) = (try AssignmentLearner.called("Ada L"), try AssignmentLearner.called("Bob"))
        let seeds = room.assignment.questions.map { room.assignment.seed(of: $0, for: ada) }
        #expect(Set(seeds).count == seeds.count)
        #expect(seeds == room.assignment.questions.map { room.assignment.seed(of: $0, for: ada) })
        #expect(Set(seeds).isDisjoint(with: room.assignment.questions.map { room.assignment.seed(of: $0, for: bob) }))
    }

    @Test("Case and spaces of a name do not count; an id counts more than the name")
    func names() throws {
        #expect(try AssignmentLearner(name: " ADA   l ").key == AssignmentLearner(name: "Ada L").key)
        #expect(try AssignmentLearner(name: "Ada", id: "7").key == AssignmentLearner(name: "A. L.", id: "7").key)
        #expect(try AssignmentLearner(name: "e\u{301}").key == AssignmentLearner(name: "\u{e9}").key)
    }

    @Test(
        "Names that could break a receipt are refused",
        arguments: ["", "  ", "a\nb", "a\u{1B}[2Jb", String(repeating: "x", count: 101)])
    func badNames(name: String) {
        #expect(throws: AssignmentLearner.BadName.self) { try AssignmentLearner(name: name) }
    }

    @Test("A day alone is a deadline at its end, in UTC")
    func deadlines() throws {
        let end = try #require(AssignmentTime.deadline("2026-12-01"))
        #expect(AssignmentTime.text(end) == "2026-12-01T23:59:59.000Z")
        #expect(AssignmentTime.deadline("2026-12-01T18:00:00+01:00") == AssignmentTime.deadline("2026-12-01T17:00:00Z"))
        #expect(AssignmentTime.deadline("tomorrow") == nil)
    }
}
