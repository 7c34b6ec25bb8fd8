import Debugger
import Lessons
import Testing
import X86

/// The way out of the kernel, release by release, and what a step across the door does: facts B and D.
struct GuestExitTests {
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

    @Test(
        "An interrupt that waits at STI comes after SYSEXIT: never while ESP is the user's in ring 0",
        arguments: ["xp", "xpsp2"])
    func interruptShadow(image: String) throws {
        let guest = try Guest(image, cpu: "pentium3", calls: ["NtClose(0x44)"])
        try guest.run(to: "nt!KiSystemCallExit2")
        while try guest["by(eip)"] != 0xFB { _ = guest.machine.step() }
        guest.machine.cpu.requestInterrupt(vector: 0x30)
        #expect(try guest.run(to: "nt!KiUnexpectedInterrupt") == .reached)
        #expect(try guest["poi(esp + 4)"] == 0x1B)
        #expect(try guest["poi(esp)"] == guest[image == "xp" ? "7ffe0304" : "ntdll!KiFastSystemCallRet"])
        #expect(try guest["esp"] == guest["poi(80042004) - 14"])
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
}
