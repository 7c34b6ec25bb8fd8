import Debugger
import Lessons
import Testing
import X86

/// Services that do something, seen from the program and from their first instruction.
struct GuestServiceTests {
    @Test(
        "NtReadFile finds its nine arguments in order on the kernel's stack, and fills the buffer", arguments: allDoors)
    func nineArguments(image: String, cpu: String) throws {
        let number: UInt32 = image == "win2k" ? 0xA1 : 0xB7
        let program = """
            push 0x99
            push program@offset
            push 9
            push program@buffer
            push program@status
            push 0x44
            push 0x33
            push 4
            push 8
            mov eax, \(number)
            call program@stub
            program@after: hlt
            program@stub: \(Guest.door(image, argumentBytes: 36))
            align 4
            program@offset: dd 5, 0
            program@status: dd -1, -1
            program@buffer: times 16 db "."
            """
        let guest = try Guest(image, cpu: cpu, program)
        let stack = try guest["esp"]
        try guest.run(to: "nt!NtReadFile")
        let seen = try (1...9).map { try guest["poi(esp + \($0) * 4)"] }
        let pointers = try ["program!status", "program!buffer", "program!offset"].map { try guest[$0] }
        #expect(seen == [8, 4, 0x33, 0x44, pointers[0], pointers[1], 9, pointers[2], 0x99])
        #expect(try guest["esp"] > 0x8000_0000)
        try guest.run(to: "program!after")
        #expect(try guest["eax"] == 0)
        #expect(try guest["esp"] == stack)
        #expect(try guest["poi(program!status)"] == 0)
        #expect(try guest["poi(program!status+4)"] == 9)
        let buffer = try guest.bytes(at: "program!buffer", count: 11)
        #expect(String(decoding: buffer, as: UTF8.self) == "arguments..")
    }

    @Test("NtWriteFile prints its buffer; a handle that is no file does not", arguments: allDoors)
    func writeFile(image: String, cpu: String) throws {
        let number: UInt32 = image == "win2k" ? 0xED : 0x112
        for (handle, status, printed) in [(8, UInt32(0), "nine"), (4, 0xC000_0024, ""), (0x44, 0xC000_0008, "")] {
            let program = """
                push 0
                push 0
                push 4
                push program@buffer
                push program@status
                push 0
                push 0
                push 0
                push \(handle)
                mov eax, \(number)
                call program@stub
                program@after: hlt
                program@stub: \(Guest.door(image, argumentBytes: 36))
                align 4
                program@status: dd -1, -1
                program@buffer: db "nine"
                """
            let guest = try Guest(image, cpu: cpu, program)
            #expect(try guest.run(to: "program!after") == .reached)
            #expect(try guest["eax"] == status)
            #expect(guest.output == printed)
        }
    }

    @Test("NtQuerySystemTime writes the shared page's time into the program's memory", arguments: allDoors)
    func systemTime(image: String, cpu: String) throws {
        let number: UInt32 = image == "win2k" ? 0x98 : 0xAE
        let guest = try Guest(image, cpu: cpu, Guest.call(image, number, [0x0040_0800]))
        try guest.run(to: "program!after")
        #expect(try guest["eax"] == 0)
        #expect(try guest["poi(400800)"] == guest["poi(7ffe0014)"])
        #expect(try guest["poi(400804)"] == guest["poi(7ffe0018)"])
        #expect(try guest["poi(400804)"] != 0)
    }

    @Test("NtYieldExecution has nobody to yield to", arguments: allDoors)
    func yieldExecution(image: String, cpu: String) throws {
        let guest = try Guest(image, cpu: cpu, Guest.call(image, image == "win2k" ? 0xF7 : 0x116))
        try guest.run(to: "program!after")
        #expect(try guest["eax"] == 0x4000_0024)
    }

    @Test("NtTerminateProcess ends the program with its status, and the system idles", arguments: allDoors)
    func terminate(image: String, cpu: String) throws {
        let program = Guest.call(image, image == "win2k" ? 0xE0 : 0x101, [0xFFFF_FFFF, 0x1234])
        let guest = try Guest(image, cpu: cpu, program)
        #expect(try guest.run(to: nil) == .halted)
        #expect(try guest["poi(nt!PspExitStatus)"] == 0x1234)
        #expect(guest.machine.symbols.location(of: UInt64(try guest["eip"]))?.symbol.name == "nt!KiIdleHalt")
    }

    @Test("A number without a body has a name and returns C0000002h", arguments: allDoors)
    func emptyService(image: String, cpu: String) throws {
        let guest = try Guest(image, cpu: cpu, Guest.call(image, 0x1A))
        try guest.run(to: "nt!Service01A")
        #expect(try guest["poi(nt!KiServiceTable + 1A * 4)"] == guest["eip"])
        try guest.run(to: "program!after")
        #expect(try guest["eax"] == 0xC000_0002)
    }

    // MARK: The kernel as a caller

    private func loadDriver(_ image: String, _ cpu: String, _ name: String) throws -> Guest {
        let units = name.map { "\"\($0)\"" }.joined(separator: ", ")
        let program = """
            push program@name
            mov eax, \(image == "win2k" ? 0x55 : 0x61)
            call program@stub
            program@after: hlt
            program@stub: \(Guest.door(image, argumentBytes: 4))
            align 4
            program@name: dw \(name.count * 2), \(name.count * 2)
            dd program@text
            program@text: dw \(units)
            """
        return try Guest(image, cpu: cpu, program)
    }

    @Test(
        "Zw calls with PreviousMode kernel, so that a kernel pointer is good; the Nt routine refuses it",
        arguments: allDoors)
    func zwCaller(image: String, cpu: String) throws {
        let guest = try loadDriver(image, cpu, "hello")
        let mode = image == "win2k" ? "by(nt!KiInitialThread+134)" : "by(nt!KiInitialThread+140)"
        try guest.run(to: "nt!NtDisplayString")
        #expect(try guest[mode] == 1)
        try guest.run(to: "nt!ZwDisplayString")
        #expect(try guest["eax"] == 0xC000_0005)
        #expect(guest.output.isEmpty)
        // Facts D, "State at the entry instruction": [S] = caller, EDX = S + 4, CS 8 in the frame, no stack switch.
        let stack = try guest["esp"]
        try guest.run(to: "nt!KiSystemService")
        #expect(try guest["edx"] == stack + 4)
        #expect(try guest["poi(esp + 4)"] == 8)
        #expect(try guest["esp"] == stack - 12)
        try guest.run(to: "nt!NtDisplayString")
        #expect(try guest[mode] == 0)
        try guest.run(to: "program!after")
        #expect(try guest["eax"] == 0)
        #expect(try guest[mode] == 1)
        #expect(guest.output == "Hello from ring 0\n")
    }

    @Test("A fault of a driver stops the system, and the screen says where", arguments: allDoors)
    func stopScreen(image: String, cpu: String) throws {
        let guest = try loadDriver(image, cpu, "crash")
        #expect(try guest.run(to: nil) == .halted)
        #expect(guest.output.hasPrefix("*** STOP: "))
        #expect(guest.output.contains("trap 0E error 00000000"))
        let entry = String(try guest["crash!DriverEntry"], radix: 16, uppercase: true)
        #expect(guest.output.contains("at \(entry), address 00000000"))
        #expect(guest.output.hasSuffix("The system has been halted.\n"))
    }

    @Test("An unknown driver is not found", arguments: allDoors)
    func unknownDriver(image: String, cpu: String) throws {
        let guest = try loadDriver(image, cpu, "other")
        try guest.run(to: "program!after")
        #expect(try guest["eax"] == 0xC000_0034)
    }

    @Test(
        "A fault in ring 3 ends the program with its status; the kernel goes on to idle",
        arguments: allDoors,
        [
            ("mov eax, [0]", UInt32(0xC000_0005), "exception 0E"), ("cli", 0xC000_0096, "exception 0D"),
            ("ud2", 0xC000_001D, "exception 06"), ("int3", 0x8000_0003, "exception 03"),
            ("xor edx, edx\ndiv edx", 0xC000_0094, "exception 00"),
        ])
    func programFault(door: (image: String, cpu: String), fault: (code: String, status: UInt32, text: String)) throws {
        let guest = try Guest(door.image, cpu: door.cpu, fault.code)
        #expect(try guest.run(to: nil) == .halted)
        #expect(try guest["poi(nt!PspExitStatus)"] == fault.status)
        #expect(guest.output.contains(fault.text))
        #expect(guest.machine.symbols.location(of: UInt64(try guest["eip"]))?.symbol.name == "nt!KiIdleHalt")
    }
}
