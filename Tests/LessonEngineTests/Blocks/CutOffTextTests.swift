import LessonEngine
import Testing

@Suite("A text that YAML cuts off at a #")
struct CutOffTextTests {
    private static let quiz = "type: choice\nchoices: [a1, b1]\nanswer: a1\n"

    @Test(
        "is reported where the # stands",
        arguments: [
            "ask: INT raises ▲#GP with a code",
            "ask: INT in ring 3\n  raises ▲#GP with a code",
            "ask: It's \"INT\"  \t▲#GP or not",
            "ask: Q\nhints:\n  - It is   ▲#GP",
            "ask: Q\nfeedback:\n  - given: b1\n    say: Übel, wie ▲#PF",
            "ask: a#b ▲#1",
        ])
    func reported(yaml: String) {
        let planted = Planted(quiz: Self.quiz + yaml)
        #expect(planted.found == planted.expected("yaml-comment"))
    }

    @Test(
        "is none where nothing was cut off, or a comment was meant",
        arguments: [
            "ask: INT raises GP# with a code", "ask: \"INT raises #GP with a code\"", "ask: 'INT raises #GP'",
            "ask: |\n  INT raises #GP", "ask: >\n  INT raises #GP", "ask: INT raises what?  # a comment",
            "ask: INT raises what?  ## a comment", "ask: INT raises what? #", "#GP\nask: INT raises what?",
            "ask: \"Q\"  #GP", "ask: a#b",
        ])
    func silent(yaml: String) { #expect(Planted(quiz: Self.quiz + yaml).found == []) }

    @Test("is reported beside the value that is missing then")
    func nothingLeft() {
        let planted = Planted(quiz: Self.quiz + "ask: Q\nexplain: ▲#GP is raised")
        #expect(Set(planted.found) == Set(planted.expected("yaml-comment") + ["missing-key 11:1"]))
    }

    @Test("is a warning that tells how to write it")
    func hint() throws {
        let text = "---\nformat: 1\nid: one\ntitle: What is #GP?\n---\ntext\n"
        let loaded = CourseLoader.forTests.loadLesson(text: text, file: "one.md")
        let warning = try #require(loaded.diagnostics.first)
        #expect(loaded.diagnostics.count == 1)
        #expect(warning.severity == .warning)
        #expect(warning.location.column == 16)
        #expect(warning.note?.contains("quotation marks") == true)
    }
}
