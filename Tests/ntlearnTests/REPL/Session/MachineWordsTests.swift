import Testing

@testable import ntlearn

/// The debugger's words on the machine at hand.
struct MachineWordsTests {
    @Test("r shows all registers and the next instruction")
    func registers() throws {
        let text = try Learner().type("r")
        #expect(text.contains("eax=00000019"))
        #expect(text.contains("eip=804d701f"))
        #expect(text.contains("nt!KiFastCallEntry:"))
    }

    @Test("r NAME=VALUE changes a register and shows it")
    func change() throws {
        let learner = try Learner()
        #expect(learner.type("r eax=0n16").contains("eax=00000010"))
        #expect(learner.type("r @eax").contains("eax=00000010"))
        #expect(learner.type("r al").contains("al=10"))
        #expect(learner.type("r cs").contains("cs=0008"))
        #expect(learner.type("r cs=8").contains("cs cannot be changed here"))
    }

    @Test("t executes one instruction and shows the next one")
    func step() throws {
        let learner = try Learner()
        let text = learner.type("t")
        #expect(text.contains("nt!KiFastCallEntry+0x7"))
        #expect(learner.type("? eip").contains("804d7026"))
    }

    @Test("A count beyond what anyone reads is refused before anything runs", arguments: ["t -1", "t 0", "p 7fffffff"])
    func tooMany(line: String) throws {
        let learner = try Learner()
        #expect(learner.type(line).contains("COUNT must be 1 to 0n10000"))
        #expect(learner.type("? eip").contains("804d701f"))
    }

    @Test(
        "A range longer than anyone reads is refused, not cut short",
        arguments: ["u eip L7fffffff", "db esp L0", "dd esp L99999"])
    func longRange(line: String) throws {
        #expect(try Learner().type(line).contains("A range has 1 to 0n"))
    }

    @Test("p runs a call to its return")
    func stepOver() throws {
        let learner = try Learner(lessons: [
            Learner.lesson.replacing("from: ntdll!NtClose\n", with: "").replacing(
                "nt!KiFastCallEntry\nwatch", with: "program!main+2\nwatch")
        ])
        #expect(learner.type("p").contains("program!return1"))
        #expect(learner.type("? eax").contains("c0000008"))
    }

    @Test("u names symbols and goes on where it stopped")
    func unassemble() throws {
        let learner = try Learner()
        #expect(learner.type("u ntdll!NtClose L1").contains("ntdll!NtClose:"))
        #expect(learner.type("u L1").contains("mov     edx,7ffe0300h"))
        #expect(learner.type("u 1000 L1").contains("no page is present"))
    }

    @Test("dd shows doublewords, absent memory as question marks")
    func dump() throws {
        let learner = try Learner()
        #expect(learner.type("dd 7ffe0300 L1").contains("7ffe0300  340fd48b"))
        #expect(learner.type("dd 1000 L1").contains("????????"))
    }

    @Test("A mistake in an expression is found in its place")
    func mistake() throws {
        let learner = try Learner()
        #expect(learner.type("? nt!KiFastCallEntri").contains("KiFastCallEntry"))
        #expect(learner.type("? (1").isEmpty == false)
    }

    @Test("A machine that has halted says so")
    func halted() throws {
        let learner = try Learner()
        learner.type("t 2000")
        #expect(learner.type("t").contains("has halted"))
    }

    @Test("Tab completes words, registers, symbols and lessons")
    func completion() throws {
        let session = try Learner().session
        func candidates(_ preceding: String, _ word: String) -> [String] {
            guard case .candidates(let found, _) = session.complete(.init(preceding: preceding, word: word)) else {
                return []
            }
            return found
        }
        #expect(candidates("", "le").contains("lesson"))
        #expect(candidates("r ", "ea") == ["eax"])
        #expect(candidates("u ", "nt!KiFastC") == ["nt!KiFastCallEntry"])
        #expect(candidates("lesson ", "do") == ["door"])
        #expect(candidates("help ", "men") == ["menu"])
    }
}
