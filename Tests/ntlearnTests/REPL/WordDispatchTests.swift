import Testing

@testable import ntlearn

@Suite("A line becomes commands")
struct WordDispatchTests {
    @Test(
        "Words are found as WinDbg would find them",
        arguments: [
            ("db 7ffe0300 L20", ["db(7ffe0300 L20)"]),
            ("  DB   esp  ", ["db(esp)"]),
            ("dw", ["dw()"]),
            ("?poi(esp)", ["?(poi(esp))"]),
            ("? poi(esp)", ["?(poi(esp))"]),
            ("db@esp", ["db(@esp)"]),
            ("db7ffe0300", ["db(7ffe0300)"]),
            ("t", ["t()"]),
            ("t-", ["t-()"]),
            ("t- 3", ["t-(3)"]),
            ("t3", ["t(3)"]),
            (".machine xp pentium2", [".machine(xp pentium2)"]),
            ("!machine xp", [".machine(xp)"]),
            (":db esp", ["db(esp)"]),
            ("t; t- ;db esp", ["t()", "t-()", "db(esp)"]),
            ("db \"a;b\"", ["db(\"a;b\")"]),
            ("a eip mov eax, 5 ; five", ["a(eip mov eax, 5 ; five)"]),
            (" ; ;", []),
            ("", []),
        ])
    func dispatch(line: String, expected: [String]) throws {
        let notes = Notes()
        try recordingWords.run(line, in: notes)
        #expect(notes.entries == expected)
    }

    @Test(
        "An unknown word names what was meant if that is clear",
        arguments: [
            ("lessn sysenter", "Did you mean \"lesson\"?"),
            ("hepl", "Did you mean \"help\"?"),
            ("les", "Did you mean \"lesson\"?"),
            ("dx", "Type help for a list of words."),
            ("xyzzy", "Type help for a list of words."),
        ])
    func unknown(line: String, hint: String) {
        let error = #expect(throws: WordError.self) { try recordingWords.run(line, in: Notes()) }
        #expect(error?.hint == hint)
    }

    @Test("An unknown word is reported with its column, and nothing before it has run")
    func unknownLater() {
        let notes = Notes()
        let error = #expect(throws: WordError.self) { try recordingWords.run("t; nonsense 1", in: notes) }
        #expect(error?.column == 4)
        #expect(error?.message == "There is no word \"nonsense\".")
        #expect(notes.entries.isEmpty)
    }

    @Test("An error of a word stops the line and tells how the word is used")
    func failing() {
        let notes = Notes()
        let error = #expect(throws: WordError.self) { try recordingWords.run("t; ?; t", in: notes) }
        #expect(error?.text.contains("? EXPRESSION") == true)
        #expect(notes.entries == ["t()"])
    }

    @Test(
        "A line is told from an answer by its first word",
        arguments: [("db esp", true), (":25h", true), ("25h", false)])
    func recognises(line: String, isCommand: Bool) {
        #expect(recordingWords.recognises(line) == isCommand)
    }

    @Test("No two words of a registry share a spelling unnoticed")
    func conflicts() {
        #expect(recordingWords.conflicts.isEmpty)
        #expect(WordRegistry<Notes>([StepWord(), StepWord()]).conflicts == ["t", "t-"])
    }

    @Test(
        "No line makes the dispatcher crash",
        arguments: ["-", "!", ".", ":", ";:", "\"", "((((", "é1", "\u{FFFD}", "L", "=", "t--"])
    func oddLines(line: String) {
        _ = try? recordingWords.run(line, in: Notes())
        _ = WordArguments(word: "db", rest: line).assignment
        _ = WordArguments(word: "db", rest: line).tokens
    }
}
