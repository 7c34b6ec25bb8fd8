import Testing

@testable import ntlearn

@Suite("Help is made from the words' descriptions")
struct HelpTests {
    private let help = Help(specs: recordingWords.specs)

    @Test("The overview lists every word once, by group, in 80 columns")
    func overview() {
        let lines = help.overview.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.count <= 80 && $0.last != " " })
        #expect(lines.filter { ["Lesson", "Machine", "Program"].contains($0) } == ["Lesson", "Machine", "Program"])
        for spec in recordingWords.specs {
            #expect(lines.filter { $0.hasPrefix("  \(spec.spellings.joined(separator: " ")) ") }.count == 1)
        }
    }

    @Test("A narrow terminal gets narrow lines")
    func narrow() {
        let narrow = Help(specs: recordingWords.specs, width: 50)
        #expect(narrow.overview.split(separator: "\n").allSatisfy { $0.count <= 50 })
    }

    @Test("A word's page has its usage, its summary, its details, its other spellings and an example")
    func page() {
        #expect(
            help.page(for: StepWord.spec) == """
                t [COUNT]
                  Step one instruction.

                  With a trailing minus sign it steps back in time.

                  Also: t-

                  Example: t 3
                """)
    }

    @Test("Help for an unknown word says what was meant")
    func unknown() throws {
        #expect(try recordingWords.spec(named: "DW") == BytesWord.spec)
        let error = #expect(throws: WordError.self) { try recordingWords.spec(named: "lessom") }
        #expect(error?.text == "There is no word \"lessom\".\nDid you mean \"lesson\"?")
    }
}
