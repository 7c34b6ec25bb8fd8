import LessonEngine
import Testing

@Suite("A quiz")
struct QuizBlockTests {
    /// A question whose key and accepted answer need not agree.
    struct Riddle: Question {
        struct NoMachine: Error, CustomStringConvertible { let description = "no machine `xq`" }

        let text: QuestionText
        let key: String
        let accepted: String

        func couldBeAnswer(_ line: String) -> Bool { true }
        func grade(_ line: String) -> Grade { Grade(line == accepted ? .correct : .wrong, given: line) }
        func correctAnswer() throws -> String {
            guard key != "fails" else { throw NoMachine() }
            return key
        }
    }

    struct RiddleKind: QuestionKind {
        let name = "riddle"

        func makeQuestion(_ fields: inout Fields, text: QuestionText) -> (any Question)? {
            let key = fields.requiredString("key")
            let accepted = fields.requiredString("accepted")
            guard let key, let accepted else { return nil }
            return Riddle(text: text, key: key.value, accepted: accepted.value)
        }
    }

    private func found(_ yaml: String) -> [String] {
        var registry = Registry.builtIn
        registry.register(RiddleKind())
        let text = Planted.front + "```quiz id=q\ntype: riddle\nask: Q?\n\(yaml)\n```\n"
        let loaded = CourseLoader(registry: registry).loadLesson(text: text, file: "one.md")
        let checked = loaded.lesson.map { LessonChecker().check($0) } ?? []
        return (loaded.diagnostics + checked).map(\.short)
    }

    @Test("puts questions of kinds that other targets add")
    func registered() { #expect(found("key: '25'\naccepted: '25'") == []) }

    @Test("whose grader rejects its own key is reported")
    func rejected() { #expect(found("key: '25'\naccepted: '26'") == ["key-rejected 6:1"]) }

    @Test("whose key cannot be computed is reported")
    func failing() { #expect(found("key: fails\naccepted: '26'") == ["key-rejected 6:1"]) }

    @Test("has no hint with the answer in it, mark-up or not")
    func hints() {
        let yaml =
            "key: nt!NtClose\naccepted: nt!NtClose\nhints:\n  - It begins with nt!\n  - See `nt!NtClose`.\n  - nt!NtCloseX"
        #expect(found(yaml) == ["hint-gives-answer 13:5"])
    }

    @Test("finds live values in all of its texts")
    func live() throws {
        let body = """
            ```quiz id=q
            type: choice
            ask: |
              What, {{ a }}?

              Really {{ b }}?
            choices:
              - {text: "x {{ c }}", say: "{{ d }}", correct: yes}
              - y
            hints: ["{{ e }}"]
            explain: "`{{ no }}` {{ f }}"
            feedback: {given: y, say: "{{ g }}"}
            ```
            """
        let live = try #require(loadedLesson(body)?.block("q")).liveExpressions
        let places = live.map { "\($0.expression) \($0.location.line):\($0.location.column)" }
        #expect(
            places.sorted() == ["a 9:9", "b 11:10", "c 13:15", "d 13:31", "e 15:10", "f 16:22", "g 17:28"])
    }
}
