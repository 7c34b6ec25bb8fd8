import Debugger
import Lessons
import Testing
import X86

/// The way into the kernel and out of it, release by release: facts A, B and D.
struct GuestEntryTests {
    private func guest(_ image: String, _ cpu: String, calls: [String] = ["NtClose(0x44)"]) throws -> Guest {
        let request = MachineRequest(machine: image, cpu: cpu, calls: try calls.map { try ServiceCall($0) })
        return Guest(machine: try builtInMachines.prepare(TraceRequest(machine: request)).machine)
    }

    @Test(
        "A stub has the release's bytes",
        arguments: [
            ("win2k", "B8 18 00 00 00 8D 54 24 04 CD 2E C2 04 00"),
            ("xp", "B8 19 00 00 00 BA 00 03 FE 7F FF D2 C2 04 00"),
            ("seed", "B8 19 00 00 00 BA 00 03 FE 7F FF D2 C2 04 00"),
            ("xpsp2", "B8 19 00 00 00 BA 00 03 FE 7F FF 12 C2 04 00"),
        ])
    func stubBytes(image: String, expected: String) throws {
        let bytes = try guest(image, "pentium3").bytes(at: "ntdll!NtClose", count: expected.split(separator: " ").count)
        #expect(hex(bytes) == expected)
    }

    @Test("A service without arguments ends in a plain RET", arguments: ["win2k", "xp", "xpsp2", "seed"])
    func plainReturn(image: String) throws {
        let guest = try guest(image, "pentium3", calls: ["NtYieldExecution()"])
        let offset = image == "win2k" ? "b" : "c"
        #expect(try guest["by(ntdll!NtYieldExecution+\(offset))"] == 0xC3)
    }

    @Test(
        "What 7FFE0300h holds: code before SP2",
        arguments: [
            ("xp", "pentium", "8D 54 24 08 CD 2E C3 00"), ("xp", "pentium3", "8B D4 0F 34 C3 00 00 00"),
            ("xp", "k6-2", "8B D4 0F 05 C3 00 00 00"), ("seed", "pentium2", "8D 54 24 04 CD 2E C3 00"),
            ("seed", "pentium3", "8B D4 0F 34 C3 00 00 00"), ("seed", "athlon", "8B D4 0F 05 C3 00 00 00"),
        ])
    func codePage(image: String, cpu: String, expected: String) throws {
        #expect(hex(try guest(image, cpu).bytes(at: "7ffe0300", count: 8)) == expected)
    }

    @Test(
        "What 7FFE0300h holds: pointers into ntdll since SP2, by processor",
        arguments: [
            ("pentium", "ntdll!KiIntSystemCall", "8D 54 24 08 CD 2E C3"),
            ("k6-2", "ntdll!KiIntSystemCall", "8D 54 24 08 CD 2E C3"),
            ("pentium3", "ntdll!KiFastSystemCall", "8B D4 0F 34 C3"),
            ("athlon", "ntdll!KiFastSystemCall", "8B D4 0F 34 C3"),
        ])
    func pointers(cpu: String, target: String, code: String) throws {
        let guest = try guest("xpsp2", cpu)
        #expect(try guest["poi(7ffe0300)"] == guest[target])
        #expect(try guest["poi(7ffe0304)"] == guest["ntdll!KiFastSystemCallRet"])
        #expect(try guest["by(7ffe02f8)"] == 0xC3)
        #expect(hex(try guest.bytes(at: target, count: code.split(separator: " ").count)) == code)
    }

    @Test("MSR 174h is 8, 175h the DPC stack, 176h KiFastCallEntry", arguments: ["xp", "xpsp2", "seed"])
    func sysenterRegisters(image: String) throws {
        let guest = try guest(image, "pentium3")
        #expect(try guest["msr(174)"] == 8)
        #expect(try guest["msr(175)"] == 0xF8B4_0000)
        #expect(try guest["msr(176)"] == guest["nt!KiFastCallEntry"])
    }

    @Test("Gate 2Eh is an interrupt gate of DPL 3 that leads to KiSystemService", arguments: ["win2k", "xp", "xpsp2"])
    func gate(image: String) throws {
        let guest = try guest(image, "pentium3")
        #expect(try guest["wo(idtr + 2e * 8 + 4)"] == 0xEE00)
        #expect(try guest["wo(idtr + 2e * 8 + 2)"] == 8)
        #expect(try guest["wo(idtr + 2e * 8) + (wo(idtr + 2e * 8 + 6) << 0n16)"] == guest["nt!KiSystemService"])
    }

    /// Facts D, "State at the entry instruction": the distance of EDX from the user's ESP, S; what lies at S.
    @Test(
        "The state at the first kernel instruction",
        arguments: [
            ("win2k", "pentium2", "nt!KiSystemService", UInt32(4), ["program!return1", "44"]),
            ("xp", "pentium", "nt!KiSystemService", 8, ["ntdll!NtClose+c", "program!return1", "44"]),
            ("xp", "pentium3", "nt!KiFastCallEntry", 0, ["ntdll!NtClose+c", "program!return1", "44"]),
            ("xp", "k6-2", "nt!KiSystemCall", 0, ["ntdll!NtClose+c", "program!return1", "44"]),
            ("xpsp2", "pentium", "nt!KiSystemService", 8, ["ntdll!NtClose+c", "program!return1", "44"]),
            ("xpsp2", "pentium3", "nt!KiFastCallEntry", 0, ["ntdll!NtClose+c", "program!return1", "44"]),
        ])
    func stateAtEntry(image: String, cpu: String, door: String, distance: UInt32, stack: [String]) throws {
        let guest = try guest(image, cpu)
        let steps = try guest.trace(to: door).steps
        let user = try #require(steps.last).before[.esp]
        #expect(try guest["cpl"] == 0)
        #expect(try guest["edx"] == user + distance)
        for (index, expression) in stack.enumerated() {
            #expect(try guest["poi(0n\(user + UInt32(index * 4)))"] == guest[expression])
        }
    }

    @Test(
        "The frame at the service: the user's ESP, and the EIP to go on at",
        arguments: [
            ("win2k", "pentium2", "ntdll!NtClose+b"), ("xp", "pentium", "7ffe0306"), ("xp", "pentium3", "7ffe0304"),
            ("xp", "k6-2", "7ffe0304"), ("xpsp2", "pentium", "ntdll!KiIntSystemCall+6"),
            ("xpsp2", "pentium3", "ntdll!KiFastSystemCallRet"),
        ])
    func frame(image: String, cpu: String, eip: String) throws {
        let guest = try guest(image, cpu)
        let user = try #require(guest.trace(to: "nt!NtClose").steps.last { $0.before.cpl == 3 }).before[.esp]
        let frame = try guest["ebp"]
        // Facts C: the frame's base is InitialStack - 29Ch, and KTHREAD points to it.
        #expect(try frame == guest["poi(nt!KiInitialThread+18) - 29c"])
        #expect(try frame == guest["poi(nt!KiInitialThread+\(image == "win2k" ? "128" : "134"))"])
        #expect(try guest["poi(ebp+68)"] == guest[eip])
        #expect(try guest["poi(ebp+6c)"] == 0x1B)
        #expect(try guest["poi(ebp+74)"] == user)
        #expect(try guest["poi(ebp+78)"] == 0x23)
        #expect(try guest["poi(ebp+50)"] == 0x3B)
        #expect(try guest["poi(ebp+8)"] == 0xBADB_0D00)
        #expect(try guest["poi(esp+4)"] == 0x44)
        #expect(try guest["@fs"] == 0x30)
    }

    @Test("Before SP2 KiFastCallEntry falls into KiSystemService; since, KiSystemService jumps into KiFastCallEntry")
    func whoRunsIntoWhom() throws {
        let before = try routines(of: try guest("xp", "pentium3"))
        #expect(Array(before.prefix(3)) == ["nt!KiFastCallEntry", "nt!KiSystemService", "nt!NtClose"])
        let since = try routines(of: try guest("xpsp2", "pentium3"))
        #expect(Array(since.prefix(2)) == ["nt!KiFastCallEntry", "nt!NtClose"])
        let interrupt = try routines(of: try guest("xpsp2", "pentium"))
        #expect(Array(interrupt.prefix(3)) == ["nt!KiSystemService", "nt!KiFastCallEntry", "nt!NtClose"])
    }

    /// The routines that the kernel's part runs through, by the names nearest to their instructions.
    private func routines(of guest: Guest) throws -> [String] {
        var names: [String] = []
        for step in try guest.trace(to: "program!return1").steps where step.before.cpl == 0 {
            let name = step.location?.symbol.name.split(separator: ".").first.map(String.init) ?? ""
            if names.last != name { names.append(name) }
        }
        return names
    }

    @Test(
        "The way back belongs to the machine: after INT 2Eh as after the stub's own door",
        arguments: [
            ("win2k", "pentium3", "iretd"), ("xp", "pentium", "iretd"), ("xp", "pentium3", "sysexit"),
            ("xp", "k6-2", "sysret"), ("xpsp2", "pentium", "iretd"), ("xpsp2", "pentium3", "sysexit"),
            ("xpsp2", "k6-2", "iretd"),
        ])
    func wayBack(image: String, cpu: String, mnemonic: String) throws {
        let number = image == "win2k" ? 0x18 : 0x19
        let interrupt = "push 0x44\nmov edx, esp\nmov eax, \(number)\nint 0x2E\nprogram@after: hlt"
        let direct = try Guest(image, cpu: cpu, interrupt)
        let door = try Guest(image, cpu: cpu, Guest.call(image, UInt32(number), [0x44]))
        for guest in [direct, door] {
            let trace = try guest.trace(to: "program!after")
            #expect(trace.end == .reached)
            #expect(trace.after[.eax] == 0xC000_0008)
            #expect(trace.steps.last { $0.before.cpl == 0 }?.code.mnemonic == mnemonic)
        }
    }

    @Test(
        "The user's flags survive SYSEXIT since SP2, and are lost before", arguments: [("xp", false), ("xpsp2", true)])
    func flags(image: String, survive: Bool) throws {
        let call = Guest.call(image, 0x116).replacing("nop", with: "stc\nstd\npushfd\npop ebx")
        let guest = try Guest(image, cpu: "pentium3", call)
        try guest.run(to: "program!after")
        // CF, DF and IF; MOV and CALL between them change no flag.
        let mask: UInt32 = 0x601
        #expect(try (guest["ebx"] & mask) == mask)
        #expect(try (guest["@efl"] & mask) == (survive ? mask : 0x200))
    }

    // MARK: Single-stepping

    /// Sets TF so that the door is the first instruction that begins with it.
    private func stepping(over door: String, ending: String, number: Int) -> String {
        """
        mov eax, \(number)
        call program@stub
        program@after: hlt
        program@stub: mov edx, esp
        pushfd
        or dword [esp], 0x100
        popfd
        program@door: \(door)
        program@behind: \(ending)
        """
    }

    @Test("A step over SYSENTER ends at the stub's RET n since SP2: the shared RET has passed")
    func stepOverSysenter() throws {
        let guest = try Guest("xpsp2", cpu: "pentium3", stepping(over: "sysenter", ending: "ret", number: 0x116))
        let steps = try guest.trace(to: nil).steps
        let names = steps.compactMap { $0.location?.description }
        // The trap comes at the kernel's first instruction and goes on at the entry that puts TF into the frame.
        #expect(names.contains("nt!KiTrap01"))
        #expect(names.contains("nt!KiFastCallEntry2"))
        #expect(names.contains("nt!KiSystemCallExit"))
        #expect(try guest["poi(nt!PspExitStatus)"] == 0x8000_0004)
        let after = String(try guest["program!after"], radix: 16, uppercase: true)
        #expect(guest.output.hasPrefix("*** exception 01 error 00000000 at 00\(after)"))
    }

    @Test("Before SP2 the step is lost: the kernel clears TF, and the call goes on to its end")
    func lostStep() throws {
        let guest = try Guest("xp", cpu: "pentium3", stepping(over: "sysenter", ending: "ret", number: 0x116))
        #expect(try guest.run(to: "program!after") == .reached)
        #expect(try guest["@tf"] == 0)
        #expect(try guest["eax"] == 0x4000_0024)
    }

    @Test("A step over an inline INT 2Eh ends behind the RET", arguments: ["win2k", "xp", "xpsp2"])
    func stepOverInterrupt(image: String) throws {
        let number = image == "win2k" ? 0xF7 : 0x116
        let guest = try Guest(image, cpu: "pentium", stepping(over: "int 0x2E", ending: "ret", number: number))
        #expect(try guest.run(to: nil) == .halted)
        #expect(try guest["poi(nt!PspExitStatus)"] == 0x8000_0004)
        let after = String(try guest["program!after"], radix: 16, uppercase: true)
        #expect(guest.output.hasPrefix("*** exception 01 error 00000000 at 00\(after)"))
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return digits.count == 1 ? "0" + digits : digits
        }.joined(separator: " ")
    }
}
