import Testing

@testable import ntlearn

@Suite("Code is disassembled and assembled")
struct CodeWordsTests {
    @Test("u has WinDbg's columns, targets have their names")
    func unassemble() throws {
        let learner = try Learner.atProgramStart()
        let lines = learner.lines("u eip L2")
        #expect(lines.prefix(2) == ["program!main:", "00400000 6a44            push    44h"])
        #expect(lines.last?.contains(" call    ntdll!NtClose (77f5") == true)
        #expect(learner.lines("u 400000 400002").count == 3)
    }

    @Test("ub ends before its address")
    func backwards() throws {
        let learner = try Learner.atProgramStart()
        #expect(
            learner.lines("ub ntdll!NtClose+a L1")
                == ["ntdll!NtClose+0x5:", "77f51045 ba0003fe7f      mov     edx,7ffe0300h"].map { line in
                    line.replacing("77f51045", with: learner.value(of: "ntdll!NtClose+5"))
                })
        #expect(learner.type("ub 2000").contains("No instructions can be made out"))
    }

    @Test("uf shows a function up to its end, and says where the code runs on")
    func function() throws {
        let learner = try Learner.atProgramStart()
        let lines = learner.lines("uf ntdll!NtClose+5")
        #expect(lines.first == "ntdll!NtClose:")
        #expect(lines.last?.hasSuffix("ret     4h") == true)
        #expect(learner.type("uf nt!KiFastCallEntry").contains("The code goes on in nt!KiSystemService."))
        #expect(learner.type("uf 1000").contains("No symbol covers 00001000"))
    }

    @Test("a assembles one line, marks what it changed, and the machine executes it")
    func oneLine() throws {
        let learner = try Learner.atProgramStart()
        let text = learner.type("a eip; mov eax, 10; jmp ntdll!NtClose ; nop")
        #expect(text.contains("00400000 b80a000000      mov     eax,0ah  ; changed"))
        #expect(text.contains("jmp     ntdll!NtClose"))
        #expect(learner.type("t").contains("eax=0000000a"))
        #expect(learner.type("t").contains("jmp ntdll!NtClose"))
        #expect(learner.lines(".edits").count == 3)
    }

    @Test("a takes lines until an empty one, even while a question is open")
    func lines() throws {
        let learner = try Learner()
        learner.type("")
        learner.type("a 400100")
        #expect(learner.session.prompt == "00400100 ")
        #expect(learner.type("push eax").contains("00400100 50              push    eax"))
        #expect(learner.session.prompt == "00400101 ")
        #expect(learner.type("mov eax, [nosuch]").contains("Column 11: symbol `nosuch` is not defined"))
        #expect(learner.session.prompt == "00400101 ")
        learner.type("  ")
        #expect(learner.session.prompt == "door 2/4? ")
        #expect(learner.type("19h").contains("Right."))
    }

    @Test("Ctrl-C and the end of the input leave a's lines")
    func leaving() throws {
        let learner = try Learner.atProgramStart()
        let editor = ScriptedEditor([.line("a eip"), .line("nop"), .interrupted, .line("r eax")])
        ReadEvalLoop(editor: editor).run(learner.session)
        #expect(editor.prompts == ["plain 1/1> ", "00400000 ", "00400001 ", "plain 1/1> ", "plain 1/1> "])
    }

    @Test(
        "What does not assemble is refused with its column, and changes nothing",
        arguments: [
            ("a eip; mov eax, [foo]", "Column 18: symbol `foo`"), ("a eip; bogus eax", "Column 8:"),
            ("a eip mov eax, 1", "A semicolon is missing"), ("a eip; times 5000 nop", "at most 1024 bytes"),
            ("a 1000; nop", "memory at 00001000 cannot be written"), ("a nosuch; nop", "Column 3:"),
            ("a eip; org 5", "Column 8:"),
        ])
    func refused(line: String, message: String) throws {
        let learner = try Learner.atProgramStart()
        #expect(learner.type(line).contains(message))
        #expect(learner.type(".edits").contains("changed nothing"))
    }

    @Test(".edits lists changes as they would be typed, .undo takes the last one back")
    func undo() throws {
        let learner = try Learner.atProgramStart()
        learner.type("r ebx=5; a eip; nop")
        let lines = learner.lines(".edits")
        #expect(lines.count == 2)
        #expect(lines.first?.hasSuffix("steps: r ebx=00000005") == true)
        #expect(lines.last?.hasSuffix("steps: eb 00400000 90") == true)
        #expect(learner.type(".undo").contains("Taken back: eb 00400000 90"))
        #expect(!learner.type("u eip L1").contains("; changed"))
        learner.type("t")
        #expect(learner.type(".undo").contains("the machine has run on"))
        #expect(learner.value(of: "ebx") == "00000005")
    }
}
