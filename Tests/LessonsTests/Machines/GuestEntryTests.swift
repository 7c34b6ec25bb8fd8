import Debugger
import Lessons
import Testing
import X86

/// The way into the kernel, release by release: facts D.
struct GuestEntryTests {
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
        let guest = try Guest(image, cpu: cpu, calls: ["NtClose(0x44)"])
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
        let guest = try Guest(image, cpu: cpu, calls: ["NtClose(0x44)"])
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
        let before = try routines(of: try Guest("xp", cpu: "pentium3", calls: ["NtClose(0x44)"]))
        #expect(Array(before.prefix(3)) == ["nt!KiFastCallEntry", "nt!KiSystemService", "nt!NtClose"])
        let since = try routines(of: try Guest("xpsp2", cpu: "pentium3", calls: ["NtClose(0x44)"]))
        #expect(Array(since.prefix(2)) == ["nt!KiFastCallEntry", "nt!NtClose"])
        let interrupt = try routines(of: try Guest("xpsp2", cpu: "pentium", calls: ["NtClose(0x44)"]))
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
}
