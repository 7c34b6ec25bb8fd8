import Testing

@testable import ntlearn

@Suite("The structures behind the transition")
struct SystemWordsTests {
    @Test("k leads from a service through the trap frame to the program")
    func stack() throws {
        let learner = try Learner.atProgramStart()
        learner.type("g nt!NtClose")
        let lines = learner.lines("k")
        #expect(lines.first == "ChildEBP RetAddr")
        #expect(lines[1].hasSuffix(" nt!NtClose"))
        #expect(lines[2].contains(" 7ffe0304 nt!KiSystemService+"))
        #expect(lines[2].hasSuffix("(TrapFrame @ \(learner.value(of: "ebp")))"))
        #expect(lines[3] == "-- ring 3 --")
        #expect(lines[4].hasSuffix(" SharedUserData!SystemCall+0x4"))
        #expect(lines[5].hasSuffix(" 00400007 ntdll!NtClose+0xc"))
        #expect(lines[6].hasSuffix(" program!return1"))
        #expect(lines.count == 7)
    }

    @Test("At every instruction of a call, k ends in the program that made it, or says that nobody can know")
    func everywhere() throws {
        let learner = try Learner.atProgramStart()
        learner.type("g ntdll!NtClose")
        let machine = try learner.session.machine()
        var (steps, known) = (0, 0)
        while machine.cpu.eip != 0x40_0007, steps < 500 {
            let place = "\(machine.nextStep().location.map { "\($0)" } ?? "?") \(machine.nextStep().code.text)"
            let lines = learner.lines("k")
            let isKnown = lines.last?.hasSuffix(" program!return1") == true
            // SYSENTER saves nothing: until the kernel has pushed the frame, nobody can tell where ring 3 was.
            let isHonest = lines.last?.contains("not built yet, or is gone already") == true
            #expect(isKnown || isHonest, "\(place): \(lines)")
            if isKnown { known += 1 }
            learner.type("t")
            steps += 1
        }
        #expect(steps > 50 && known > steps * 3 / 4)
    }

    @Test(".trap shows the caller's registers, and says which of them a system call does not keep")
    func trap() throws {
        let learner = try Learner.atProgramStart()
        #expect(learner.type(".trap").contains("There is no trap frame: the processor is in ring 3."))
        learner.type("r ebx=1234; g nt!KiFastCallEntry")
        #expect(learner.type(".trap").contains("The trap frame is not complete yet."))
        learner.type("g nt!NtClose")
        let text = learner.type(".trap")
        #expect(text.contains("ErrCode = 00000000"))
        #expect(text.contains("ebx=00001234"))
        #expect(text.contains("eip=7ffe0304 esp=0012ffe4"))
        #expect(text.contains("cs=001b  ss=0023"))
        #expect(text.contains("SharedUserData!SystemCall+0x4:"))
        #expect(text.contains("A system call saves neither EAX"))
        #expect(learner.type(".trap 1000").contains("The memory at 00001000 is absent."))
    }

    @Test("A fault's frame holds its error code and all registers")
    func faultFrame() throws {
        let learner = try Learner.atProgramStart()
        learner.type("r eax=77; a eip; mov [7ffe0000h], eax")
        learner.type("g nt!KiDispatchException")
        let text = learner.type(".trap")
        #expect(text.contains("ErrCode = 00000007"))
        #expect(text.contains("eax=00000077"))
        #expect(text.contains("eip=00400000"))
        #expect(!text.contains("saves neither"))
    }

    @Test("!idt shows one gate or all, equal neighbours on one line")
    func interruptTable() throws {
        let learner = try Learner.atProgramStart()
        #expect(
            learner.lines("!idt 2e").last?.hasSuffix("nt!KiSystemService  (interrupt gate, DPL 3, selector 0008)")
                == true)
        let lines = learner.lines("!idt")
        #expect(lines.contains { $0.hasPrefix("0e:") && $0.contains("nt!KiTrap0E  (interrupt gate, DPL 0") })
        #expect(lines.count < 60)
        #expect(learner.type("!idt 100").contains("Column 6: A vector is 0 to ff."))
    }

    @Test("dg has WinDbg's table")
    func selectors() throws {
        let learner = try Learner.atProgramStart()
        let lines = learner.lines("dg 8 3b")
        #expect(lines[2] == "---- -------- -------- ---------- - -- -- -- -- --------")
        #expect(lines[3] == "0008 00000000 ffffffff Code RE Ac 0 Bg Pg P  Nl 00000c9b")
        #expect(lines.contains { $0.hasPrefix("0028 ") && $0.contains("TSS32 Busy 0 ") })
        #expect(lines.last?.hasPrefix("0038 7ffde000 00000fff Data RW Ac 3 Bg By P  Nl") == true)
        #expect(learner.lines("dg @cs").last?.hasPrefix("001b 00000000 ffffffff Code RE Ac 3") == true)
        #expect(learner.lines("dg ff0").last == "0ff0 beyond the table's limit")
        #expect(learner.type("dg 7").contains("LDT"))
        #expect(learner.type("dg 10000").contains("A selector has 16 bits."))
    }

    @Test("!pte shows both entries, their letters, and what ring 3 may do")
    func pageTables() throws {
        let learner = try Learner.atProgramStart()
        let shared = learner.type("!pte 7ffe0300")
        #expect(shared.contains("VA 7ffe0300\nPDE at physical "))
        #expect(shared.contains("--UREV"))
        #expect(shared.contains("Ring 3 may read and not write this page"))
        #expect(learner.type("!pte nt!KiSystemService").contains("Ring 3 may not touch this page"))
        #expect(learner.type("!pte 1000").contains("The page is absent"))
        #expect(learner.type("!pte 1`00000000").contains("beyond 32 bits"))
    }

    @Test("!cpuid shows vendor, signature, leaves and features")
    func processor() throws {
        let text = try Learner.atProgramStart().type("!cpuid")
        #expect(text.contains(" 0  6,7,3  GenuineIntel"))
        #expect(text.contains("leaf 00000001: eax=00000673"))
        #expect(text.contains("SEP"))
    }

    @Test("!ssdt finds a service by its number and by its name, with its bytes of arguments")
    func services() throws {
        let learner = try Learner.atProgramStart()
        let byName = learner.lines("!ssdt NtClose")
        #expect(byName.first?.hasPrefix("nt!KeServiceDescriptorTable[0]: ") == true)
        let row = try #require(byName.dropLast().last)
        #expect(byName.last == "The current thread uses nt!KeServiceDescriptorTable.")
        #expect(
            row.split(separator: " ") == [
                "0019", Substring(learner.value(of: "nt!NtClose")), "4", "nt!NtClose",
            ])
        #expect(learner.lines("!ssdt 19") == byName)
        #expect(learner.lines("!ssdt nt!*clos?") == byName)
        #expect(learner.type("!ssdt NtNoSuch").contains("No service is called \"NtNoSuch\"."))
        #expect(learner.lines("!ssdt").count > 20)
    }

    @Test("x lists symbols by pattern, ln the symbols around an address")
    func names() throws {
        let learner = try Learner.atProgramStart()
        #expect(learner.lines("x ntdll!NtClo*") == ["\(learner.value(of: "ntdll!NtClose"))          ntdll!NtClose"])
        #expect(learner.type("x *!*").contains("more; a narrower pattern shows them."))
        #expect(learner.type("x nt!KiFastCallEntri").contains("Did you mean nt!KiFastCallEntry?"))
        #expect(learner.type("ln ntdll!NtClose+2").contains("ntdll!NtClose+0x2   |  ("))
        #expect(learner.lines("ln ntdll!NtClose").suffix(2) == ["Exact matches:", "ntdll!NtClose"])
        #expect(learner.type("x").contains("Usage: x PATTERN"))
    }
}
