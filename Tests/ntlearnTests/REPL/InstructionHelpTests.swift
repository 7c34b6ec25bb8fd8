import Testing
import X86

@testable import ntlearn

@Suite("help explains instructions as well as words")
struct InstructionHelpTests {
    @Test("help sysenter shows its checks, its flags, its models and the manual")
    func systemEnter() throws {
        let text = try Learner().type("help SYSENTER")
        #expect(text.hasPrefix("SYSENTER\n"))
        #expect(text.contains("1. #UD: the processor model does not have the instruction"))
        #expect(text.contains("2. #GP(0): bits 15:2 of MSR 174h are zero"))
        #expect(text.contains("Cleared    IF VM"))
        #expect(text.contains("Memory is not touched at all."))
        #expect(text.contains("Have it    pentium2, pentium3, athlon"))
        #expect(text.contains("Source: Intel SDM vol. 2, SYSENTER."))
    }

    @Test("An alias is explained under its own name, with its condition")
    func alias() throws {
        let text = try Learner().type("help jnbe")
        #expect(text.hasPrefix("JNBE\n  Also called JA.\n  The condition: CF = 0 and ZF = 0."))
    }

    @Test("A word of the prompt comes first", arguments: ["t", "help", "answer", "db"])
    func words(name: String) throws {
        let learner = try Learner()
        #expect(learner.type("help \(name)").hasPrefix(try learner.session.words.spec(named: name).usage))
    }

    @Test("A word that is an instruction's name too says so, and the instruction can still be asked for")
    func shared() throws {
        let word = WordSpec(name: "lea", group: .program, usage: "lea", summary: "leave", example: "lea")
        guard case .word(let spec, isInstruction: true) = try HelpTopic("lea", words: [word]) else {
            Issue.record("the word must win")
            return
        }
        #expect(spec == word)
        guard case .instruction(let page) = try HelpTopic("instruction lea", words: [word]) else {
            Issue.record("the instruction was asked for")
            return
        }
        #expect(page.name == "LEA")
    }

    @Test(
        "A mistyped name is guessed among words and instructions",
        arguments: [("sysentr", "sysenter"), ("lessom", "lesson"), ("popfdd", "popfd")])
    func guesses(typed: String, meant: String) throws {
        let error = #expect(throws: WordError.self) { try HelpTopic(typed, words: HelpWord.allSpecs) }
        #expect(error?.hint == "Did you mean \"\(meant)\"?")
    }

    @Test("Operands behind an instruction do no harm", arguments: ["int 2e", "mov cr3, eax", "lea edx, [esp+4]"])
    func operands(typed: String) throws {
        let mnemonic = typed.prefix { $0 != " " }.uppercased()
        #expect(try Learner().type("help \(typed)").hasPrefix(mnemonic + "\n"))
    }

    @Test("An instruction that this processor lacks is named as one")
    func notExecuted() throws {
        #expect(try Learner().type("help fsqrt").contains("This processor does not execute FSQRT."))
        #expect(try Learner().type("help zzzzzz").contains("There is no word, instruction or term \"zzzzzz\"."))
    }

    @Test("Tab completes instructions behind help, and nowhere else")
    func completion() throws {
        let session = try Learner().session
        func candidates(_ preceding: String, _ word: String) -> [String] {
            guard case .candidates(let found, _) = session.complete(.init(preceding: preceding, word: word)) else {
                return []
            }
            return found
        }
        #expect(candidates("help ", "sys") == ["system", "syscall", "sysenter", "sysexit", "sysret"])
        #expect(candidates("help ", "SYSE") == ["sysenter", "sysexit"])
        #expect(candidates("help ", "men") == ["menu"])
        #expect(candidates("", "syse").isEmpty)
        #expect(!candidates("help ", "").contains("sysenter"))
    }

    @Test("The overview says that instructions have pages")
    func overview() throws {
        #expect(try Learner().type("help").contains("help sysenter"))
    }
}

extension HelpWord {
    fileprivate static var allSpecs: [WordSpec] { WordRegistry<LearnSession>.all.specs }
}
