import Foundation
import LessonEngine
import Testing

@testable import ntlearn

@Suite("The words that look things up")
struct ReferenceWordsTests {
    private static let glossary = """
        ## Gate

        Also: trap gate

        A way in.

        ## SYSENTER

        Another way in.

        See: gate
        """
    private static let card = """
        ---
        format: 1
        id: card
        title: Card
        ---
        # Card

        The number is {{ eax }}.

        ```trace id=t
        machine: sysenter
        call: NtClose(0x44)
        to: nt!KiFastCallEntry
        ```
        """

    private func learner() throws -> Learner {
        try Learner(files: ["glossary.md": Self.glossary, "card.md": Self.card])
    }

    @Test("help shows a term, by any of its names", arguments: ["gate", "GATE", "trap-gate", "trap gate"])
    func term(typed: String) throws {
        #expect(try learner().type("help \(typed)") == "Gate\nAlso: trap gate\n\nA way in.\n")
    }

    @Test("An instruction comes before a term of the same name, and says that there is one")
    func shared() throws {
        let learner = try learner()
        #expect(learner.type("help sysenter").hasPrefix("SYSENTER\n\n  Enters ring 0"))
        #expect(learner.type("help sysenter").hasSuffix("The glossary has it as well: help glossary SYSENTER\n"))
        #expect(
            learner.type("help glossary sysenter") == "SYSENTER\n\nAnother way in.\n\nSee also: gate\n")
    }

    @Test("help glossary lists the terms, and a slip of one is guessed")
    func list() throws {
        let learner = try learner()
        #expect(learner.type("help glossary").hasPrefix("Glossary\n\nGate, SYSENTER\n"))
        #expect(learner.type("help glossary gaet").contains("Did you mean \"Gate\"?"))
        #expect(learner.type("help trap-gaet").contains("Did you mean \"trap gate\"?"))
    }

    @Test("Terms complete behind help, with hyphens for blanks")
    func completion() throws {
        let request = CompletionRequest(preceding: "help ", word: "trap-g")
        guard case .candidates(let names, _) = try learner().session.complete(request) else {
            Issue.record("help completes")
            return
        }
        #expect(names == ["trap-gate"])
    }

    @Test("card shows the card, with values from its traces, and without the traces")
    func showsCard() throws {
        #expect(try learner().type("card") == "Card\n════\n\nThe number is 19h.\n")
        #expect(try Learner().type("card").hasPrefix("This course has no reference card.\n"))
    }

    @Test("search lists pages and terms, once each, with what to type")
    func search() throws {
        let text = try learner().type("search IN WHICH-ring")
        #expect(text.hasPrefix("lesson 1/3: The short way in\n    In which ring does the stub run?\n"))
        let terms = try learner().type("search way in")
        #expect(terms.hasPrefix("lesson 1/1: The short way in\n    The short way in\n"))
        #expect(terms.contains("\nIn the glossary: Gate, SYSENTER.\n"))
    }

    @Test("search finds the author's questions in predictions, and listings")
    func searchBlocks() throws {
        let lesson = """
            ---
            format: 1
            id: say
            title: Say first
            ---
            # One

            ```trace id=t
            machine: sysenter
            call: NtClose(4)
            from: ntdll!NtClose
            to: nt!KiFastCallEntry
            predict:
              - at: ntdll!NtClose
                ask: eax
                question: Which wombat does the stub put into EAX?
                explain: It is a quokka.
            ```

            # Two

            ```asm id=numbat
                mov eax, 0x777
            ```
            """
        let learner = try Learner(lessons: [lesson])
        let found = learner.type("search wombat")
        #expect(found.hasPrefix("lesson 1/1: One\n    Which wombat does the stub put into EAX?\n"))
        #expect(learner.type("search 0x777").hasPrefix("lesson 1/2: Two\n"))
        #expect(learner.type("search quokka").hasPrefix("No lesson and no term"))
    }

    @Test("search does not tell answers")
    func answers() throws {
        #expect(try learner().type("search the stub put").hasPrefix("No lesson and no term"))
    }

    @Test("search for what is nowhere guesses a term, and wants a text")
    func nothing() throws {
        #expect(try learner().type("search gaet").hasSuffix("Did you mean \"Gate\"?\n"))
        #expect(try learner().type("search").hasPrefix("search cannot be used like this."))
    }

    @Test("A long line is cut around what was sought")
    func excerpt() throws {
        let search = try #require(CourseSearch("needle"))
        let line = String(repeating: "hay ", count: 50) + "needle" + String(repeating: " hay", count: 50)
        let excerpt = search.excerpt(of: line, width: 60)
        #expect(excerpt.width <= 60)
        #expect(excerpt.text.hasPrefix("… ") && excerpt.text.hasSuffix(" …"))
        #expect(excerpt.text.contains("hay needle hay"))
        #expect(search.excerpt(of: "a needle", width: 60).text == "a needle")
    }

    @Test("lesson goes to a page")
    func page() throws {
        let learner = try learner()
        #expect(learner.type("lesson 1/4").contains("Recap"))
        #expect(learner.session.prompt == "door 4/4> ")
        #expect(learner.type("lesson door/1").contains("The short way in"))
        #expect(learner.type("lesson 1/5").hasSuffix("Its pages are numbered 1 to 4.\n"))
        #expect(learner.type("lesson 1/x").hasPrefix("lesson cannot be used like this."))
    }

    @Test("set changes how pages are shown, and says what holds")
    func set() throws {
        let learner = try learner()
        #expect(learner.type("set") == "plain off\nwidth 80 (auto)\n")
        #expect(learner.type("set width 40") == "plain off\nwidth 40\n")
        #expect(learner.type("set plain on") == "plain on\nwidth 40\n")
        #expect(learner.type("card") == "Card\n\nThe number is 19h.\n")
        #expect(learner.type("set width auto") == "plain on\nwidth 80 (auto)\n")
        #expect(learner.type("set width 5").hasPrefix("A width is a number of columns from 20 to 400"))
        #expect(learner.type("set plain maybe").hasPrefix("plain is on or off"))
        #expect(learner.type("set colour on").hasPrefix("set cannot be used like this."))
    }
}
