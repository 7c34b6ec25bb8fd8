import Debugger
import Lessons
import Testing
import X86

/// A call that cannot be served: the right status in EAX, and nothing else disturbed.
struct GuestStatusTests {
    /// What the kernel and the caller must find as it was: facts C say where KTHREAD keeps its fields.
    private func state(of guest: Guest, _ image: String) throws -> [UInt32] {
        let thread =
            image == "win2k"
            ? ["by(nt!KiInitialThread+134)", "poi(nt!KiInitialThread+128)"]
            : ["by(nt!KiInitialThread+140)", "poi(nt!KiInitialThread+134)"]
        let others = [
            "esp", "ebx", "esi", "edi", "ebp", "@cs", "@ss", "@ds", "@es", "@fs", "cpl", "poi(ffdff000)",
            "poi(nt!KiInitialThread+18)", "poi(80042004)", "poi(nt!PspExitStatus)",
        ]
        return try (thread + others).map { try guest[$0] }
    }

    /// Makes a call by INT 2Eh, which every image serves, so that EDX may be anything.
    private func status(_ image: String, _ cpu: String, number: UInt32, edx: UInt32) throws -> UInt32 {
        let guest = try Guest(
            image, cpu: cpu,
            """
            mov ebx, 0x11111111
            mov esi, 0x22222222
            mov edi, 0x33333333
            mov ebp, 0x44444444
            mov eax, \(number)
            mov edx, \(edx)
            program@before: int 0x2E
            program@after: hlt
            """)
        try guest.run(to: "program!before")
        let before = try state(of: guest, image)
        #expect(try guest.run(to: "program!after") == .reached)
        #expect(try state(of: guest, image) == before)
        return guest.machine.cpu[.eax]
    }

    @Test("The first number beyond the table is C000001Ch, the last within is served", arguments: allDoors)
    func tableLimit(image: String, cpu: String) throws {
        let limit: UInt32 = image == "win2k" ? 248 : 284  // Facts C
        #expect(try status(image, cpu, number: limit, edx: 0x0012_FF00) == 0xC000_001C)
        #expect(try status(image, cpu, number: 0xFFF, edx: 0x0012_FF00) == 0xC000_001C)
        #expect(try status(image, cpu, number: limit - 1, edx: 0x0012_FF00) != 0xC000_001C)
    }

    @Test("Tables 2 and 3 are empty; bits above 13 are not looked at", arguments: allDoors)
    func tables(image: String, cpu: String) throws {
        #expect(try status(image, cpu, number: 0x2000, edx: 0x0012_FF00) == 0xC000_001C)
        #expect(try status(image, cpu, number: 0x3000, edx: 0x0012_FF00) == 0xC000_001C)
        let close: UInt32 = image == "win2k" ? 0x18 : 0x19
        #expect(try status(image, cpu, number: 0xFFFF_C000 | close, edx: 0x0012_FF00) == 0xC000_0008)
    }

    @Test(
        "Arguments at 7FFF0000h or above, or where no page is, give C0000005h",
        arguments: allDoors, [0x7FFF_0000, 0x8000_0000, 0xFFFF_FFFC, 0x0050_0000, 0] as [UInt32])
    func badArgumentPointer(door: (image: String, cpu: String), edx: UInt32) throws {
        let close: UInt32 = door.image == "win2k" ? 0x18 : 0x19
        #expect(try status(door.image, door.cpu, number: close, edx: edx) == 0xC000_0005)
    }

    @Test("Nine arguments of which the fifth lies on a missing page give C0000005h", arguments: allDoors)
    func argumentsAcrossTheEdge(image: String, cpu: String) throws {
        let read: UInt32 = image == "win2k" ? 0xA1 : 0xB7
        #expect(try status(image, cpu, number: read, edx: 0x0012_FFF0) == 0xC000_0005)
    }

    @Test(
        "A pointer argument into the kernel, into nothing or to a read-only page gives C0000005h",
        arguments: allDoors, [0x8000_0000, 0x7FFE_FFFC, 0x0050_0000, 0x7FFE_0014, 0xFFFF_FFFC] as [UInt32])
    func badOutputPointer(door: (image: String, cpu: String), pointer: UInt32) throws {
        let queryTime: UInt32 = door.image == "win2k" ? 0x98 : 0xAE
        let guest = try Guest(door.image, cpu: door.cpu, Guest.call(door.image, queryTime, [pointer]))
        let time = try guest["poi(ffdf0014)"]
        let stack = try guest["esp"]
        #expect(try guest.run(to: "program!after") == .reached)
        #expect(try guest["eax"] == 0xC000_0005)
        #expect(try guest["esp"] == stack)
        #expect(try guest["poi(ffdff000)"] == 0xFFFF_FFFF)
        #expect(try guest["poi(ffdf0014)"] == time)
    }

    @Test("A string in the kernel is not printed for a program", arguments: allDoors)
    func badString(image: String, cpu: String) throws {
        let display: UInt32 = image == "win2k" ? 0x39 : 0x43
        let data = "program@string: dw 8, 8\ndd 0x80400000\n"
        let program = Guest.call(image, display, [0], data: data).replacing("push 0\n", with: "push program@string\n")
        let guest = try Guest(image, cpu: cpu, program)
        #expect(try guest.run(to: "program!after") == .reached)
        #expect(try guest["eax"] == 0xC000_0005)
        #expect(guest.output.isEmpty)
    }

    @Test("A handle of the wrong kind, and one that was closed", arguments: allDoors)
    func handles(image: String, cpu: String) throws {
        let (close, setEvent): (UInt32, UInt32) = image == "win2k" ? (0x18, 0xBF) : (0x19, 0xDB)
        let stub4 = "program@close: mov eax, \(close)\n" + Guest.door(image, argumentBytes: 4)
        let stub8 = "program@set: mov eax, \(setEvent)\n" + Guest.door(image, argumentBytes: 8)
        let guest = try Guest(
            image, cpu: cpu,
            """
            push 0
            push 8
            call program@set
            program@first: push 4
            call program@close
            program@second: push 4
            call program@close
            program@third: hlt
            \(stub4)
            \(stub8)
            """)
        try guest.run(to: "program!first")
        #expect(try guest["eax"] == 0xC000_0024)
        try guest.run(to: "program!second")
        #expect(try guest["eax"] == 0)
        try guest.run(to: "program!third")
        #expect(try guest["eax"] == 0xC000_0008)
    }

    @Test(
        "A program that has spoilt DS and ES is served like any other",
        arguments: allDoors, [0, 0x3B, 0x1B] as [UInt32])
    func spoiltSegments(door: (image: String, cpu: String), selector: UInt32) throws {
        let instruction = ["pentium3": "sysenter", "k6-2": "syscall"][door.cpu] ?? "int 0x2E"
        let guest = try Guest(
            door.image, cpu: door.cpu,
            """
            push 4
            mov eax, \(door.image == "win2k" ? 0x18 : 0x19)
            call program@stub
            program@after: hlt
            program@stub: call program@door
            ret 4
            program@door: \(instruction == "int 0x2E" ? "lea edx, [esp + 8]" : "mov edx, esp")
            mov ecx, \(selector)
            mov es, cx
            mov ds, cx
            \(instruction)
            ret
            """)
        #expect(try guest.run(to: "program!after") == .reached)
        #expect(try guest["eax"] == 0)
    }
}
