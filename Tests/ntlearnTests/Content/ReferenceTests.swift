import LessonEngine
import Lessons
import Testing

@testable import ntlearn

@Suite("The built-in course's glossary and card")
struct ReferenceTests {
    private static let loaded = CourseLoader(registry: .withMachines(Learner.machines)).load(
        directory: Learner.contentFolder)

    private func course() throws -> Course { try #require(Self.loaded.course) }

    @Test("The glossary has at least 45 terms without any mistake, each in a few lines")
    func glossary() throws {
        let folder = Learner.contentFolder
        #expect(Self.loaded.diagnostics.filter { $0.location.file == "\(folder)/glossary.md" }.isEmpty)
        let glossary = try course().glossary
        #expect(glossary.entries.count >= 45)
        let page = GlossaryPage(layout: Layout(Terminal(isTTY: true, columns: 80, environment: [:], plain: false)))
        for entry in glossary.entries {
            #expect(page.lines(entry).count <= 14, "\(entry.term)")
            #expect(page.lines(entry).allSatisfy { $0.width <= 78 }, "\(entry.term)")
        }
    }

    @Test("Every term can be asked for: no word of the prompt and no instruction hides it for good")
    func reachable() throws {
        let glossary = try course().glossary
        for name in glossary.names {
            guard
                case .term(let entry) = try HelpTopic(
                    "glossary \(name)", words: WordRegistry<LearnSession>.all.specs, glossary: glossary)
            else {
                Issue.record("\(name)")
                continue
            }
            #expect(entry.names.contains(name))
        }
    }

    @Test("The card fits on 60 lines of 80 columns, with all its values", arguments: [false, true])
    func card(plain: Bool) throws {
        let card = try #require(course().card)
        #expect(LessonChecker().check(card).isEmpty)
        let terminal = Terminal(isTTY: true, columns: 80, environment: [:], plain: plain)
        let lines = CardPage(card: card, layout: Layout(terminal)).lines
        #expect(lines.count <= 60)
        #expect(lines.allSatisfy { $0.width <= 80 })
        #expect(!lines.contains { $0.text.contains("{{") })
        #expect(lines.map(\.text).joined(separator: " ").contains("MSR 175: F8B40000h"))
    }

    @Test("ntlearn card prints it")
    func command() throws {
        let environment = ["NTLEARN_CONTENT": Learner.contentFolder]
        let result = try runNtlearn(arguments: ["card"], environment: environment)
        #expect(result.status == 0)
        #expect(result.stdout.hasPrefix("A system call on one page\n"))
        let plain = try runNtlearn(arguments: ["card", "--plain"], environment: environment)
        #expect(!plain.stdout.contains("═"))
    }

    @Test("A course without a card has none to print")
    func noCard() throws {
        let folder = try TemporaryFolder()
        try folder.write("course.yaml", "format: 1\nid: t\ntitle: T\nlessons: []\n")
        let result = try runNtlearn(arguments: ["card", "--content", folder.path])
        #expect(result.status == 2)
        #expect(result.stderr == "ntlearn: there is no card.md in \(folder.path)\n")
    }
}
