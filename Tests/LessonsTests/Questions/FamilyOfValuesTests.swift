import LessonEngine
import Lessons
import Testing

/// Families of questions whose key is a machine.
struct FamilyOfValuesTests {
    private static let body = """
        ```quiz id=q
        type: value
        machine: $(door.machine)
        call: NtClose($(handle))
        at: $(door.at)
        ask: The handle is $(handle:h). What lies at $(door.argument)?
        answer: poi($(door.argument)) + $(more)
        feedback: [{given: "$(handle) + $(more) + 1", say: "One too many."}]
        vary:
          handle: 20..252 step 4
          more: 0n10..0n20
          door:
            - {machine: int2e, at: nt!KiSystemService, argument: edx}
            - {machine: sysenter, at: nt!KiFastCallEntry, argument: edx+8}
        ```
        """

    @Test("A member's call, point, key and mistakes have its values, decimal ones also in expressions")
    func members() throws {
        let loaded = loadLesson(Self.body)
        #expect(loaded.diagnostics.map(\.description) == [])
        let quiz = try #require(loaded.lesson?.block("q") as? QuizBlock)
        for seed in 0..<UInt64(12) {
            let question = quiz.question(seed: seed)
            let ask = question.text.ask.plainText
            let shown = try #require(try /The handle is (\w+)h\. What lies at (edx|edx\+8)\?/.wholeMatch(in: ask))
            let handle = try #require(UInt64(shown.1, radix: 16))
            let value = try #require(UInt64(question.correctAnswer().dropLast(), radix: 16))
            #expect((10...20).contains(value - handle))
            #expect(try question.grade("0x\(String(value + 1, radix: 16))").feedback.plainText == "One too many.")
        }
    }

    @Test("A whole family passes its check")
    func check() { #expect(diagnostics(Self.body).map(\.description) == []) }
}
