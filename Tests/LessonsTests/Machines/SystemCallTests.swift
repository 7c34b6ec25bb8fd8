import Debugger
import Lessons
import Testing
import X86

/// The seed's three listings, run: what it claims, and what is known of the releases.
struct SystemCallTests {
    private func trace(_ machine: String, _ call: String) throws -> Trace {
        let request = MachineRequest(machine: machine, calls: [try ServiceCall(call)])
        let prepared = try builtInMachines.prepare(TraceRequest(machine: request))
        return prepared.machine.trace(to: prepared.end)
    }

    private func door(_ trace: Trace) throws -> (before: TraceStep, after: TraceStep) {
        let index = try #require(trace.steps.indices.dropLast().first { trace.steps[$0 + 1].before.cpl == 0 })
        return (trace.steps[index], trace.steps[index + 1])
    }

    @Test(
        "The user side executes the seed's instructions in the seed's order",
        arguments: [
            ("int2e", ["mov eax, 0x18", "lea edx, [esp+0x4]", "int 0x2e"]),
            ("sysenter", ["mov eax, 0x19", "mov edx, 0x7ffe0300", "call edx", "mov edx, esp", "sysenter"]),
            ("syscall", ["mov eax, 0x19", "mov edx, 0x7ffe0300", "call edx", "mov edx, esp", "syscall"]),
        ])
    func listing(machine: String, expected: [String]) throws {
        let trace = try trace(machine, "NtClose(0x44)")
        let start = try #require(trace.steps.firstIndex { $0.location?.description == "ntdll!NtClose" })
        let user = trace.steps[start...].prefix { $0.before.cpl == 3 }.map(\.code.text)
        #expect(user == expected)
    }

    @Test(
        "At the door EAX holds the release's number and EDX points near the arguments",
        arguments: [
            // Facts, "State at the entry instruction", with user ESP = S.
            ("int2e", UInt32(0x18), UInt32(4)), ("sysenter", 0x19, 0), ("syscall", 0x19, 0),
        ])
    func stateAtTheDoor(machine: String, number: UInt32, distance: UInt32) throws {
        let (before, after) = try door(try trace(machine, "NtClose(0x44)"))
        #expect(before.before.cpl == 3)
        #expect(after.before[.eax] == number)
        #expect(after.before[.edx] == before.before[.esp] &+ distance)
    }

    @Test(
        "Ring 3, then ring 0, then ring 3 again, and the stub's RET 4 ends the call",
        arguments: ["int2e", "sysenter", "syscall"])
    func rings(machine: String) throws {
        let trace = try trace(machine, "NtClose(0x44)")
        var rings: [UInt8] = []
        for step in trace.steps where rings.last != step.before.cpl { rings.append(step.before.cpl) }
        #expect(rings == [3, 0, 3])
        #expect(trace.steps.last?.code.text == "ret 0x4")
        #expect(trace.end == .reached)
    }

    @Test("A handle that is not open gives C0000008h, an open one 0", arguments: ["int2e", "sysenter", "syscall"])
    func status(machine: String) throws {
        #expect(try trace(machine, "NtClose(0x44)").after[.eax] == 0xC000_0008)
        #expect(try trace(machine, "NtClose(4)").after[.eax] == 0)
    }

    @Test("NtDisplayString prints through port E9h", arguments: ["int2e", "sysenter", "syscall"])
    func display(machine: String) throws {
        let output = try trace(machine, "NtDisplayString(\"hello\")").output
        #expect(String(decoding: output, as: UTF8.self) == "hello")
    }

    @Test(
        "A number outside the table comes back as C000001Ch and disturbs nothing else",
        arguments: ["int2e", "sysenter", "syscall"])
    func badNumber(machine: String) throws {
        let door =
            machine == "int2e" ? "lea edx, [esp+4]\nint 0x2e" : "mov edx, 0x7ffe0300\ncall edx"
        let source = "mov ebx, 1234h\nmov esi, 5678h\nmov eax, 0FFFh\n\(door)\nprogram@behind: hlt\n"
        let request = MachineRequest(machine: machine, program: .assembly(source))
        let prepared = try builtInMachines.prepare(TraceRequest(machine: request, to: "program!behind"))
        let trace = prepared.machine.trace(to: prepared.end)
        #expect(trace.end == .reached)
        #expect(trace.after[.eax] == 0xC000_001C)
        #expect(trace.after[.ebx] == 0x1234)
        #expect(trace.after[.esi] == 0x5678)
    }

    @Test(
        "XP chooses its door by the processor; the Pentium Pro's SEP bit does not deceive it",
        arguments: [
            ("486", "int"), ("pentium", "int"), ("pentium-pro", "int"), ("pentium2", "sysenter"),
            ("pentium3", "sysenter"), ("k6", "int"), ("k6-2", "syscall"), ("athlon", "sysenter"),
        ])
    func chosenDoor(cpu: String, mnemonic: String) throws {
        let request = MachineRequest(machine: "xp", cpu: cpu, calls: [try ServiceCall("NtClose(4)")])
        let prepared = try builtInMachines.prepare(TraceRequest(machine: request))
        let (before, _) = try door(prepared.machine.trace(to: prepared.end))
        #expect(before.code.mnemonic == mnemonic)
    }

    @Test("Ring 3 that reads a kernel address ends with a page fault: present, user, read")
    func kernelAddress() throws {
        let request = MachineRequest(machine: "xp", program: .assembly("mov eax, [0x804D7000]\n"))
        let prepared = try builtInMachines.prepare(TraceRequest(machine: request))
        let trace = prepared.machine.trace(to: nil)
        let fault = try #require(trace.steps.first?.exception)
        #expect(fault.vector == .pageFault)
        #expect(fault.errorCode == 5)
        #expect(fault.address == 0x804D_7000)
        #expect(trace.end == .halted)
    }

    @Test("Ring 3 that calls a kernel address faults before it has read one byte of it")
    func kernelCall() throws {
        let request = MachineRequest(machine: "xp", program: .assembly("mov eax, nt\njmp eax\nnt equ 0x804D7000\n"))
        let prepared = try builtInMachines.prepare(TraceRequest(machine: request))
        let refused = try #require(prepared.machine.trace(to: nil).steps.first { $0.address == 0x804D_7000 })
        #expect(refused.isFetchRefused)
        #expect(refused.bytes.isEmpty)
        #expect(refused.exception?.errorCode == 5)
    }
}
