import Testing

@testable import ntlearn

@Suite("Breakpoints at the prompt")
struct BreakpointWordsTests {
    @Test("A breakpoint stops g, is listed as WinDbg lists it, and is cleared")
    func stop() throws {
        let learner = try Learner.atProgramStart()
        let entry = learner.value(of: "nt!KiFastCallEntry")
        #expect(learner.lines("bp nt!KiFastCallEntry") == ["0 e \(entry)     0001 (0001) nt!KiFastCallEntry"])
        let text = learner.type("g")
        #expect(text.hasPrefix("Breakpoint 0 hit\nnt!KiFastCallEntry:\n"))
        #expect(learner.value(of: "eip") == entry)
        learner.type("bc 0")
        #expect(learner.type("bl").contains("There are no breakpoints"))
        #expect(learner.type("g").contains("The machine has halted"))
    }

    @Test("Passes, one-shots and conditions are kept, and shown")
    func options() throws {
        let learner = try Learner.atProgramStart()
        #expect(
            learner.lines("bp 400002 3 /1 /w \"@eax == 5\"") == [
                "0 e 00400002     0003 (0003) program!main+0x2 /1 /w \"@eax == 5\""
            ])
        #expect(learner.type("g").contains("has halted"))
    }

    @Test("A condition is asked each time")
    func condition() throws {
        let learner = try Learner.atProgramStart()
        learner.type("bp nt!KiServiceExit /w \"@eax==c0000008\"")
        learner.type("bp nt!KiServiceExit+1 /w \"poi(0)\"")
        learner.type("bp nt!KiSystemService /w \"@eax==0n26\"")
        #expect(learner.type("g").hasPrefix("Breakpoint 0 hit"))
        #expect(learner.type("g").contains("Its condition cannot be evaluated here"))
    }

    @Test("A watchpoint stops behind the instruction that touched memory, when stepping as well")
    func watch() throws {
        let learner = try Learner.atProgramStart()
        #expect(learner.lines("ba w4 esp-4") == ["0 e 0012ffec w 4 0001 (0001)"])
        #expect(learner.type("t 5").contains("Breakpoint 0 hit"))
        #expect(learner.value(of: "eip") == "00400002")
        learner.type("bd 0; ba r4 esp")
        #expect(learner.type("g").hasPrefix("Breakpoint 1 hit"))
    }

    @Test("A breakpoint inside of a call stops p")
    func stepOver() throws {
        let learner = try Learner.atProgramStart()
        learner.type("t; bp nt!KiSystemService")
        #expect(learner.type("p").hasPrefix("Breakpoint 0 hit\nnt!KiSystemService:"))
    }

    @Test("Numbers name breakpoints one by one, in ranges and all together")
    func numbers() throws {
        let learner = try Learner.atProgramStart()
        for address in ["400000", "400002", "400007", "400008"] { learner.type("bp \(address)") }
        learner.type("bd 0-1,3")
        #expect(learner.lines("bl").map { $0.prefix(3) } == ["0 d", "1 d", "2 e", "3 d"])
        learner.type("be *")
        learner.type("bc 1 2")
        #expect(learner.lines("bl").map { $0.prefix(3) } == ["0 e", "3 e"])
        #expect(learner.type("bc 7").contains("Column 4: There is no breakpoint 7."))
        #expect(learner.type("bc x").contains("no breakpoint's number"))
        #expect(learner.type("bc").contains("Usage: bc"))
    }

    @Test(
        "A mistake is found in its place",
        arguments: [
            ("ba w4 401", "not a multiple of 4"), ("ba w8 400", "1, 2 or 4 bytes"), ("ba z4 400", "no kind of access"),
            ("ba e4 400", "size 1"), ("ba w4", "Usage: ba"), ("bp nosuch", "Column 4:"),
            ("bp 400000 0", "PASSES must be"),
            ("bp 400000 1 2", "does not take \"2\""), ("bp 400000 /w", "an expression is missing"),
            ("bp 400000 /w \"1+\"", "Column 17:"), ("bp 400000 /q", "no option"),
        ])
    func mistakes(line: String, message: String) throws {
        let learner = try Learner.atProgramStart()
        #expect(learner.type(line).contains(message))
        #expect(learner.type("bl").contains("There are no breakpoints"))
    }
}
