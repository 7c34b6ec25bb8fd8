import Testing

@testable import ntlearn

@Suite("Help is made from the words' descriptions")
struct HelpTests {
    private let help = Help(specs: recordingWords.specs)

    @Test("The overview lists every word once, behind its group, on a screen of 24 rows and 80 columns")
    func overview() {
        for specs in [recordingWords.specs, WordRegistry<LearnSession>.all.specs] {
            let lines = Help(specs: specs).overview.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count <= 22)
            #expect(lines.allSatisfy { $0.count <= 80 && $0.last != " " })
            let listed = lines.prefix { !$0.isEmpty }.flatMap { $0.split(separator: " ").map(String.init) }
            let groups = Set(specs.map(\.group.rawValue))
            #expect(listed.sorted() == (specs.map(\.name) + groups).sorted())
        }
    }

    @Test("A group's page has a line for each of its words and no other")
    func group() throws {
        let learner = try Learner()
        let text = learner.type("help Breakpoints")
        #expect(text.hasPrefix("Breakpoints\n"))
        #expect(text.contains("  bp  stop before the instruction at an address"))
        #expect(!text.contains("\n  db"))
    }

    @Test("A narrow terminal gets narrow lines", arguments: [WordGroup.memory, .program])
    func narrow(group: WordGroup) {
        let narrow = Help(specs: recordingWords.specs, width: 50)
        #expect(narrow.overview.split(separator: "\n").allSatisfy { $0.count <= 50 })
        #expect(narrow.page(for: group).split(separator: "\n").allSatisfy { $0.count <= 50 })
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
