import Debugger
import Lessons
import Testing
import X86

/// The first call of a win32k service makes its thread a GUI thread, once.
struct GuestThreadTests {
    private func foregroundWindow(_ image: String) -> UInt32 { image == "win2k" ? 0x1189 : 0x1194 }  // Facts E

    /// A program that makes the same call twice.
    private func twice(_ image: String, _ number: UInt32) -> String {
        """
        mov ebx, 0x11111111
        mov edi, 0x22222222
        mov eax, \(number)
        call program@stub
        program@first: mov eax, \(number)
        call program@stub
        program@second: hlt
        program@stub: \(Guest.door(image, argumentBytes: 0))
        """
    }

    private func serviceTable(_ image: String) -> String {
        image == "win2k" ? "poi(nt!KiInitialThread+dc)" : "poi(nt!KiInitialThread+e0)"
    }

    @Test("The first call converts the thread and is made again; the second goes straight through", arguments: allDoors)
    func conversion(image: String, cpu: String) throws {
        let guest = try Guest(image, cpu: cpu, twice(image, foregroundWindow(image)))
        #expect(try guest[serviceTable(image)] == guest["nt!KeServiceDescriptorTable"])
        let first = try names(try guest.trace(to: "program!first"))
        #expect(first.count { $0 == "nt!PsConvertToGuiThread" } == 1)
        #expect(first.count { $0 == "win32k!NtUserGetForegroundWindow" } == 1)
        #expect(try guest["eax"] == 0x0001_0014)
        #expect(try guest["ebx"] == 0x1111_1111)
        #expect(try guest["edi"] == 0x2222_2222)
        #expect(try guest[serviceTable(image)] == guest["nt!KeServiceDescriptorTableShadow"])
        let second = try names(try guest.trace(to: "program!second"))
        #expect(!second.contains("nt!PsConvertToGuiThread"))
        #expect(try guest["eax"] == 0x0001_0014)
        #expect(try guest["poi(win32k!GuiThreads)"] == 1)
    }

    private func names(_ trace: Trace) throws -> [String] { trace.steps.compactMap { $0.location?.description } }

    @Test("A GUI thread has a larger stack, and its frame lies 29Ch below the new InitialStack", arguments: allDoors)
    func largerStack(image: String, cpu: String) throws {
        let guest = try Guest(image, cpu: cpu, twice(image, foregroundWindow(image)))
        try guest.run(to: "nt!PsConvertToGuiThread")
        #expect(try guest["poi(nt!KiInitialThread+18)"] == 0xF8B2_A000)
        try guest.run(to: "win32k!NtUserGetForegroundWindow")
        let top = try guest["poi(nt!KiInitialThread+18)"]
        #expect(top == 0xF8B6_0000)
        #expect(try guest["ebp"] == top - 0x29C)
        #expect(try guest["poi(80042004)"] == top - 0x220)
        try guest.run(to: "program!second")
        #expect(try guest["eax"] == 0x0001_0014)
    }

    @Test("A number beyond win32k's table is C000001Ch, before the conversion and after it", arguments: allDoors)
    func beyondTheTable(image: String, cpu: String) throws {
        let limit: UInt32 = image == "win2k" ? 639 : 667
        let guest = try Guest(image, cpu: cpu, twice(image, 0x1000 + limit))
        try guest.run(to: "program!first")
        #expect(try guest["eax"] == 0xC000_001C)
        try guest.run(to: "program!second")
        #expect(try guest["eax"] == 0xC000_001C)
        #expect(try guest["poi(win32k!GuiThreads)"] == 1)
        let last = try Guest(image, cpu: cpu, twice(image, 0x1000 + limit - 1))
        try last.run(to: "program!first")
        #expect(try last["eax"] == 0xC000_0002)
    }

    @Test(
        "The descriptor tables: four entries each, and only the shadow's second one is win32k's",
        arguments: ["win2k", "xp"])
    func descriptors(image: String) throws {
        let guest = try Guest(image, "nop")
        let (native, graphic): (UInt32, UInt32) = image == "win2k" ? (248, 639) : (284, 667)
        let limits = try ["", "Shadow"].map { name in
            try (0..<4).map { try guest["poi(nt!KeServiceDescriptorTable\(name) + \($0) * 10 + 8)"] }
        }
        #expect(limits == [[native, 0, 0, 0], [native, graphic, 0, 0]])
    }

    @Test(
        "Drawings that wait in the TEB are flushed before a call of win32k, not before one of the kernel's own",
        arguments: allDoors)
    func batch(image: String, cpu: String) throws {
        let yieldNumber: UInt32 = image == "win2k" ? 0xF7 : 0x116
        let program = """
            mov dword [fs:0xF70], 3
            mov eax, \(yieldNumber)
            call program@stub
            program@first: mov eax, \(foregroundWindow(image))
            call program@stub
            program@second: hlt
            program@stub: \(Guest.door(image, argumentBytes: 0))
            """
        let guest = try Guest(image, cpu: cpu, program)
        try guest.run(to: "program!first")
        #expect(try guest["poi(7ffdef70)"] == 3)
        try guest.run(to: "program!second")
        #expect(try guest["poi(7ffdef70)"] == 0)
        #expect(try guest["poi(win32k!FlushedDrawings)"] == 3)
        #expect(try guest["eax"] == 0x0001_0014)
    }

    @Test(
        "Without a graphics subsystem the byte behind the table decides: 0 is the answer, 1 means C000001Ch",
        arguments: allDoors)
    func refusedConversion(image: String, cpu: String) throws {
        for (number, status) in [(foregroundWindow(image), UInt32(0)), (0x1000, 0xC000_001C)] {
            let guest = try Guest(image, cpu: cpu, twice(image, number))
            let callout = try guest["nt!PspW32ThreadCallout"]
            let physical = callout - (try guest["nt!KiInitialThread"]) + (try dataSection(of: guest))
            guest.machine.cpu.loadPhysical([0, 0, 0, 0], at: physical)
            try guest.run(to: "program!first")
            #expect(try guest["eax"] == status)
            #expect(try guest[serviceTable(image)] == guest["nt!KeServiceDescriptorTable"])
        }
    }

    /// The physical address of the kernel's data, whose first item is the thread: from the page tables.
    private func dataSection(of guest: Guest) throws -> UInt32 {
        let thread = try guest["nt!KiInitialThread"]
        return try guest["poi(c0000000 + 0n\(thread >> 12) * 4)"] & 0xFFFF_F000 | thread & 0xFFF
    }
}
