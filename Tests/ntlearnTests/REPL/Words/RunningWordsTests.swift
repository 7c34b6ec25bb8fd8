import Testing

@testable import ntlearn

@Suite("The machine runs as far as it is told to")
struct RunningWordsTests {
    @Test("g ADDRESS goes there, gu returns to the caller, or to ring 3")
    func go() throws {
        let learner = try Learner.atProgramStart()
        #expect(learner.type("g nt!NtClose").hasPrefix("nt!NtClose:\n"))
        learner.type("gu")
        #expect(learner.value(of: "@cpl") == "00000000")
        learner.type("gu")
        #expect(learner.value(of: "@cpl") == "00000003")
        #expect(learner.value(of: "eip") == "7ffe0304")
        #expect(learner.value(of: "eax") == "c0000008")
        #expect(learner.type("gu").hasPrefix("ntdll!NtClose+0xc:"))
        #expect(learner.type("gu").hasPrefix("program!return1:"))
    }

    @Test("ta shows each step on the way, pa steps over calls")
    func stepTo() throws {
        let learner = try Learner.atProgramStart()
        #expect(learner.type("ta nt!KiFastCallEntry").contains("sysenter"))
        #expect(learner.value(of: "eip") == learner.value(of: "nt!KiFastCallEntry"))
        let other = try Learner.atProgramStart()
        #expect(!other.type("pa program!return1").contains("sysenter"))
        #expect(other.value(of: "eip") == "00400007")
    }

    @Test("The machine's end is told once, and what the guest printed is shown")
    func end() throws {
        let learner = try Learner.atProgramStart()
        #expect(learner.lines("g") == ["The machine has halted: only an interrupt could wake it (!irq); t- goes back."])
        #expect(learner.type("g").contains("The machine has halted."))
        let crashed = try Learner.atProgramStart()
        crashed.type("a eip; mov [0], eax")
        #expect(crashed.type("g").contains("The guest printed: *** exception 0E"))
    }

    @Test("A guest that never ends gives the prompt back")
    func endless() throws {
        let learner = try Learner.atProgramStart()
        learner.type("a eip; jmp $")
        #expect(learner.type("g").contains("Stopped after 0n100000 instructions; g goes on."))
        #expect(learner.value(of: "eip") == "00400000")
    }

    @Test("What a word does not take is refused", arguments: ["g 400000 1", "gu 1", "t 1 2", "ta", "pa", "g nosuch"])
    func refused(line: String) throws {
        let learner = try Learner.atProgramStart()
        learner.type(line)
        #expect(learner.value(of: "eip") == "00400000")
    }
}
