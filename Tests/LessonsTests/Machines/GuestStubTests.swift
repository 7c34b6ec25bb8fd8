import Debugger
import Lessons
import Testing
import X86

/// What lies on the user's side of the door, and where the door leads: facts A, C and D.
struct GuestStubTests {
    @Test(
        "A stub has the release's bytes",
        arguments: [
            ("win2k", "B8 18 00 00 00 8D 54 24 04 CD 2E C2 04 00"),
            ("xp", "B8 19 00 00 00 BA 00 03 FE 7F FF D2 C2 04 00"),
            ("seed", "B8 19 00 00 00 BA 00 03 FE 7F FF D2 C2 04 00"),
            ("xpsp2", "B8 19 00 00 00 BA 00 03 FE 7F FF 12 C2 04 00"),
        ])
    func stubBytes(image: String, expected: String) throws {
        let bytes = try Guest(image, cpu: "pentium3", calls: ["NtClose(0x44)"]).bytes(
            at: "ntdll!NtClose", count: expected.split(separator: " ").count)
        #expect(hex(bytes) == expected)
    }

    @Test("A service without arguments ends in a plain RET", arguments: ["win2k", "xp", "xpsp2", "seed"])
    func plainReturn(image: String) throws {
        let guest = try Guest(image, cpu: "pentium3", calls: ["NtYieldExecution()"])
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
        #expect(hex(try Guest(image, cpu: cpu, calls: ["NtClose(0x44)"]).bytes(at: "7ffe0300", count: 8)) == expected)
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
        let guest = try Guest("xpsp2", cpu: cpu, calls: ["NtClose(0x44)"])
        #expect(try guest["poi(7ffe0300)"] == guest[target])
        #expect(try guest["poi(7ffe0304)"] == guest["ntdll!KiFastSystemCallRet"])
        #expect(try guest["by(7ffe02f8)"] == 0xC3)
        #expect(hex(try guest.bytes(at: target, count: code.split(separator: " ").count)) == code)
    }

    @Test("MSR 174h is 8, 175h the DPC stack, 176h KiFastCallEntry", arguments: ["xp", "xpsp2", "seed"])
    func sysenterRegisters(image: String) throws {
        let guest = try Guest(image, cpu: "pentium3", calls: ["NtClose(0x44)"])
        #expect(try guest["msr(174)"] == 8)
        #expect(try guest["msr(175)"] == 0xF8B4_0000)
        #expect(try guest["msr(176)"] == guest["nt!KiFastCallEntry"])
    }

    @Test("Gate 2Eh is an interrupt gate of DPL 3 that leads to KiSystemService", arguments: ["win2k", "xp", "xpsp2"])
    func gate(image: String) throws {
        let guest = try Guest(image, cpu: "pentium3", calls: ["NtClose(0x44)"])
        #expect(try guest["wo(idtr + 2e * 8 + 4)"] == 0xEE00)
        #expect(try guest["wo(idtr + 2e * 8 + 2)"] == 8)
        #expect(try guest["wo(idtr + 2e * 8) + (wo(idtr + 2e * 8 + 6) << 0n16)"] == guest["nt!KiSystemService"])
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return digits.count == 1 ? "0" + digits : digits
        }.joined(separator: " ")
    }
}
