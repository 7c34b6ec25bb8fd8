import Foundation
import Testing

@testable import ntlearn

@Suite("The prompt goes back in time")
struct TimeWordsTests {
    @Test("t- undoes t, and the prompt tells the step until the end is reached again")
    func stepBack() throws {
        let learner = try Learner.atProgramStart()
        let registers = learner.type("r")
        let prompt = learner.session.prompt
        learner.type("t 0n12")
        #expect(learner.session.prompt == prompt)
        learner.type("t- 0n12")
        #expect(learner.type("r") == registers)
        #expect(learner.session.prompt.contains("[step 1155 of 1167]"))
        learner.type("!tt end")
        #expect(learner.session.prompt == prompt)
    }

    @Test("What goes on in the past says what is forgotten: steps, changes and marks")
    func fork() throws {
        let learner = try Learner.atProgramStart()
        learner.type("t 4; r eax=1; !mark later; t")
        learner.type("!tt start")
        let answer = learner.type("t").split(separator: "\n").joined(separator: " ")
        #expect(answer.contains("Forgotten: 5 steps, what you did there (r eax=00000001), the marks later."))
        #expect(!learner.type("t").contains("Forgotten"))
        learner.type("t-")
        #expect(learner.type("eb 400000 90").contains("Forgotten: 1 step."))
    }

    @Test("A change that is refused forgets nothing")
    func refusedChange() throws {
        let learner = try Learner.atProgramStart()
        learner.type("t 4; t- 2")
        learner.type("eb 0 90")
        #expect(learner.session.prompt.contains("of 1159]"))
    }

    @Test("A breakpoint stops in both directions at the same instructions")
    func breakpoints() throws {
        let learner = try Learner.atProgramStart()
        learner.type("bp nt!KiServiceExit; bp nt!NtClose")
        var stops: [String] = []
        while learner.type("g").contains("Breakpoint") { stops.append(learner.value(of: "eip")) }
        #expect(stops.count >= 2)
        var back: [String] = []
        while learner.type("g-").contains("Breakpoint") { back.append(learner.value(of: "eip")) }
        #expect(back == stops.reversed())
    }

    @Test("A watchpoint stops behind the write forwards and before it backwards")
    func watchpoint() throws {
        let learner = try Learner.atProgramStart()
        learner.type("ba w4 esp-4; g")
        #expect(learner.value(of: "eip") == "00400002")
        learner.type("t 3; g-")
        #expect(learner.value(of: "eip") == "00400000")
    }

    @Test("p- undoes the whole call, gu- leads to the call, in ring 3 as well")
    func calls() throws {
        let learner = try Learner.atProgramStart()
        learner.type("t; p")
        #expect(learner.value(of: "eip") == "00400007")
        learner.type("p-")
        #expect(learner.value(of: "eip") == "00400002")
        learner.type("g nt!NtClose; gu-")
        #expect(learner.value(of: "@cpl") == "00000000")
        learner.type("gu-")
        #expect(learner.value(of: "eip") == "7ffe0302")
        learner.type("gu-; gu-")
        #expect(learner.value(of: "eip") == "00400002")
    }

    @Test("A fault is undone like any step")
    func fault() throws {
        let learner = try Learner.atProgramStart()
        learner.type("a eip; mov [0], eax")
        let before = learner.type("r")
        learner.type("t")
        #expect(learner.value(of: "@cpl") == "00000000")
        learner.type("t-")
        #expect(learner.type("r") == before)
    }

    @Test("writer finds the instruction, then the one before, then a change by hand")
    func writer() throws {
        let learner = try Learner.atProgramStart()
        learner.type("r eax=7; g nt!KiFastCallEntry")
        #expect(learner.type("writer eax").contains("changed eax from 00000007 to 00000019"))
        #expect(learner.type("writer eax").contains("you changed eax from 00000000 to 00000007"))
        #expect(learner.type("writer msr(176)").contains("wrmsr"))
        #expect(learner.value(of: "@cpl") == "00000000")
    }

    @Test("The page that ring 3 shares with the kernel was written under the kernel's address")
    func aliasedWriter() throws {
        let learner = try Learner.atProgramStart()
        #expect(learner.type("writer 7ffe0300 2").contains("changed the 2 bytes at 7ffe0300"))
    }

    @Test("A user-mode debugger steps over the kernel and reads none of it")
    func userView() throws {
        let learner = try Learner.atProgramStart()
        learner.type("g 7ffe0302; .view user; t")
        #expect(learner.value(of: "eip") == "7ffe0304")
        #expect(learner.type("db nt!KiFastCallEntry L1").contains("??"))
        #expect(learner.type("? poi(nt!KiFastCallEntry)").contains("cannot be read"))
        #expect(learner.type("rdmsr 176").contains("user-mode debugger"))
        learner.type("t-")
        #expect(learner.value(of: "eip") == "7ffe0302")
        learner.type(".view kernel; t")
        #expect(learner.value(of: "eip") == learner.value(of: "nt!KiFastCallEntry"))
        #expect(learner.type(".view user").contains("no user-mode debugger ever is"))
    }

    @Test("An interrupt wakes a machine that has halted, and is met again on the way through time")
    func interrupt() throws {
        let learner = try Learner.atProgramStart()
        learner.type("g")
        learner.type("!irq nmi")
        learner.type("t")
        let handler = learner.value(of: "eip")
        learner.type("!tt start; !tt end")
        #expect(learner.value(of: "eip") == handler)
        #expect(learner.type("!irq 5").contains("20 to ff"))
    }

    @Test(".restart begins again and keeps breakpoints, .machine takes another processor")
    func restart() throws {
        let learner = try Learner.atProgramStart()
        learner.type("bp nt!NtClose; r eax=5; t 3; .restart")
        #expect(learner.value(of: "eip") == "00400000")
        #expect(learner.value(of: "eax") == "00000000")
        #expect(learner.type("bl").contains("nt!NtClose"))
        learner.type(".machine xp k6-2; ta 7ffe0302")
        #expect(learner.type("u eip L1").contains("syscall"))
        #expect(learner.type(".machine xp nonsense").hasPrefix("Column 13: there is no CPU model called \"nonsense\""))
        #expect(learner.value(of: "eip") == "7ffe0302")
    }

    @Test(
        "What a word does not take is refused",
        arguments: [
            "!tt", "!tt 99999999", "!tt nowhere", "!mark", "!mark end", "!irq", "gu- 1", "ta-", "writer",
            ".machine nosuch",
        ])
    func refused(line: String) throws {
        let learner = try Learner.atProgramStart()
        #expect(learner.type(line).split(separator: "\n").count >= 2)
        #expect(learner.value(of: "eip") == "00400000")
    }
}
