import LessonEngine
import Testing

@Suite("Objectives")
struct ObjectivesTests {
    private static let front = "---\nformat: 1\nid: one\ntitle: One\nobjectives:\n  - first\n  - second\n---\n"

    /// A lesson with two objectives; `marked` follows, and `▲` stands before what is to be reported.
    private func found(_ body: String) -> (found: [String], expected: (String) -> [String]) {
        let planted = Planted(Self.front + body)
        return (planted.found, planted.expected)
    }

    private static func quiz(_ id: String, _ objective: String) -> String {
        "```quiz id=\(id)\ntype: choice\nask: Q?\nchoices: [Ring 0, Ring 3]\nanswer: b\n\(objective)\n```\n"
    }

    @Test("are given to a question as a number or a list")
    func read() throws {
        let body = Self.quiz("a", "objective: 2") + Self.quiz("b", "objective: [1, 2]") + Self.quiz("c", "")
        let blocks = try #require(
            CourseLoader.forTests.loadLesson(text: Self.front + body, file: "one.md").lesson
        ).blocks
        #expect(blocks.map { block in block.testedObjectives.map { $0.map(\.value) } } == [[[2]], [[1, 2]], [[]]])
    }

    @Test("which two questions test each leave nothing to report")
    func tested() {
        #expect(found(Self.quiz("a", "objective: [1, 2]") + Self.quiz("b", "objective: [2, 1]")).found == [])
    }

    @Test("are not asked for in a lesson that does not use the key")
    func unused() { #expect(found(Self.quiz("a", "")).found == []) }

    @Test("that a question names and the lesson does not have are an error at the number")
    func unknown() {
        let both = Self.quiz("a", "objective: [1, 2]") + Self.quiz("b", "objective: [1, 2]")
        let (found, expected) = found(both + Self.quiz("c", "objective: [1, ▲3]"))
        #expect(found == expected("unknown-objective"))
    }

    @Test("are numbers", arguments: ["0", "-1", "first", "99999999999999999999"])
    func badNumber(text: String) {
        let (found, expected) = found(Self.quiz("c", "objective: ▲\(text)"))
        #expect(found == expected("bad-value"))
    }

    @Test("that fewer than two questions test are a warning at the objective, with the count")
    func undertested() throws {
        let text = Self.front + Self.quiz("a", "objective: 1") + Self.quiz("b", "objective: 1")
        let loaded = CourseLoader.forTests.loadLesson(text: text + Self.quiz("c", "objective: 2"), file: "one.md")
        #expect(loaded.diagnostics.map(\.short) == ["undertested-objective 7:5"])
        #expect(loaded.diagnostics.first?.message == "objective 2 is tested by only one question")
        #expect(loaded.diagnostics.first?.severity == .warning)
    }

    @Test("are not called untested while a broken question may be the one that tests them")
    func broken() {
        let (found, expected) = found(Self.quiz("a", "objective: 1") + "```quiz id=b\ntype: ▲choise\nask: Q?\n```\n")
        #expect(found == expected("unknown-question-type"))
    }
}
