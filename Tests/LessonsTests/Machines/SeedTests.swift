import Debugger
import Lessons
import Testing
import X86

/// The listing of 2 September 2004, run as it stands.
struct SeedTests {
    private func guest(_ cpu: String, _ call: String) throws -> Guest {
        let request = MachineRequest(machine: "seed", cpu: cpu, calls: [try ServiceCall(call)])
        return Guest(machine: try builtInMachines.prepare(TraceRequest(machine: request)).machine)
    }

    @Test(
        "The user's side executes the listing, line by line",
        arguments: [
            ("pentium2", ["lea edx, [esp+0x4]", "int 0x2e"]), ("pentium3", ["mov edx, esp", "sysenter"]),
            ("k6-2", ["mov edx, esp", "syscall"]),
        ])
    func listing(cpu: String, code: [String]) throws {
        let guest = try guest(cpu, "NtClose(0x44)")
        try guest.run(to: "ntdll!NtClose")
        let user = try guest.trace(to: "program!return1").steps.filter { $0.before.cpl == 3 }.map(\.code.text)
        #expect(user == ["mov eax, 0x19", "mov edx, 0x7ffe0300", "call edx"] + code + ["ret", "ret 0x4"])
    }

    @Test("[ESP+4] behind CALL EDX: what arrives as argument 1 is the return address into the program")
    func misplacedArgument() throws {
        let guest = try guest("pentium2", "NtClose(0x44)")
        try guest.run(to: "nt!NtClose")
        #expect(try guest["poi(esp+4)"] == guest["program!return1"])
        #expect(try guest["poi(poi(ebp+0x74) + 8)"] == 0x44)
    }

    @Test("The trace shows it: EDX points at the slot that the program's CALL filled, and the kernel copies that slot")
    func misplacedArgumentInTheTrace() throws {
        let guest = try guest("pentium2", "NtClose(0x44)")
        let steps = try guest.trace(to: "nt!NtClose").steps
        let call = try #require(steps.first { $0.code.mnemonic == "call" })
        let copy = try #require(steps.first { $0.code.text.hasPrefix("rep movs") })
        let pushed = try #require(write(of: call))
        #expect(pushed.value == (try guest["program!return1"]))
        #expect(write(of: copy)?.value == pushed.value)
        let door = try #require(steps.first { $0.code.mnemonic == "int" })
        #expect(door.before[.edx] == pushed.address)
        #expect(copy.before[.esi] == pushed.address)
    }

    /// The first thing that an instruction wrote.
    private func write(of step: TraceStep) -> (address: UInt32, value: UInt32)? {
        for case .write(let address, _, _, let new) in step.effects {
            return (address, UInt32(truncatingIfNeeded: new))
        }
        return nil
    }

    @Test("So an open handle cannot be closed; [ESP+8], as XP had it, finds the argument", arguments: ["seed", "xp"])
    func consequence(image: String) throws {
        let cpu = image == "seed" ? "pentium2" : "pentium"
        let request = MachineRequest(machine: image, cpu: cpu, calls: [try ServiceCall("NtClose(4)")])
        let guest = Guest(machine: try builtInMachines.prepare(TraceRequest(machine: request)).machine)
        try guest.run(to: "program!return1")
        #expect(try guest["eax"] == (image == "seed" ? 0xC000_0008 : 0))
    }

    @Test("SYSENTER and SYSCALL take EDX = ESP, and the argument arrives", arguments: ["pentium3", "k6-2"])
    func otherCodes(cpu: String) throws {
        let guest = try guest(cpu, "NtClose(4)")
        try guest.run(to: "nt!NtClose")
        #expect(try guest["poi(esp+4)"] == 4)
        try guest.run(to: "program!return1")
        #expect(try guest["eax"] == 0)
    }
}
