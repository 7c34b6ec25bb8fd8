import Foundation
import Testing

@testable import ntlearn

@Suite("ntlearn machine show")
struct MachineShowTests {
    @Test(
        "The way into the kernel, and the CPUID that decided it",
        arguments: [
            ("xp", "pentium3", ["sysenter", "enters ring 0 at nt!KiFastCallEntry", "sysexit", "SEP set"]),
            ("xp", "k6-2", ["syscall", "sysret", "vendor AuthenticAMD", "SYSCALL set", "001b0008"]),
            ("xp", "pentium-pro", ["int 0x2e", "iretd", "signature 619h (family 6, model 1, stepping 9), SEP set"]),
            ("win2k", "athlon", ["int 0x2e", "The boot executed no CPUID"]),
        ])
    func transition(machine: String, cpu: String, parts: [String]) throws {
        let result = try GuestContent.run(["machine", "show", machine, "--cpu", cpu, "--call", "NtClose(4)"])
        #expect(result.status == 0)
        for part in parts { #expect(result.stdout.contains(part), "\(part)") }
    }

    @Test("Every part is there, in 80 columns, without colour in a pipe")
    func sections() throws {
        let text = try GuestContent.run("machine", "show", "xp").stdout
        let titles = text.split(separator: "\n").filter { !$0.hasPrefix(" ") }
        #expect(
            titles.dropFirst(3).map(String.init) == [
                "Way into the kernel", "Why this one", "MSRs", "Service tables", "Memory", "GDT", "IDT", "TSS",
            ])
        #expect(!text.contains("\u{1B}"))
        let wide = text.split(separator: "\n").filter { $0.count > 80 }
        #expect(wide.isEmpty)
    }

    @Test("For a screen reader there are no columns")
    func plain() throws {
        let text = try GuestContent.run("machine", "show", "xp", "--plain").stdout
        #expect(!text.contains("  "))
        #expect(text.contains("0018, code, DPL 3, base 00000000, limit ffffffff\n"))
    }

    @Test("JSON is one object with the same facts")
    func json() throws {
        let result = try GuestContent.run("machine", "show", "sysenter", "--json", "--call", "NtClose(4)")
        let lines = try JSONObject.lines(result.stdout)
        #expect(lines.count == 1)
        let machine = try #require(lines.first)
        #expect(machine[text: "name"] == "xp")
        #expect(machine[text: "cpu"] == "pentium3")
        #expect(machine[text: "entry"] == "nt!KiFastCallEntry")
        #expect(machine[object: "boot"]?["end"] as? String == "ring3")
        #expect(machine[objects: "msrs"]?.first?["value"] as? String == "0x8")
        #expect(machine[objects: "way_out"]?.first?["text"] as? String == "sysexit")
        #expect(machine[objects: "services"]?.first?["limit"] as? Int == 284)
    }

    @Test("Wrong usage is status 2 and says what would work")
    func wrongUsage() throws {
        let unknown = try GuestContent.run("machine", "show", "xq")
        #expect(unknown.status == 2)
        #expect(unknown.stderr.contains("there is no machine called \"xq\""))
        let model = try GuestContent.run("machine", "show", "xp", "--cpu", "pentium9")
        #expect(model.status == 2)
        #expect(model.stderr.contains("pentium3"))
        let both = try GuestContent.run("machine", "show", "xp", "--call", "NtClose(4)", "--program", "x.asm")
        #expect(both.status == 2)
        #expect(both.stderr.contains("not both"))
    }

    @Test("The whole page, for people and for screen readers")
    func snapshots() throws {
        try expectSnapshot(try TinyMachine.run("machine", "show", "tiny").stdout, "machine-show")
        try expectSnapshot(try TinyMachine.run("machine", "show", "tiny", "--plain").stdout, "machine-show-plain")
    }

    @Test("--type shows a structure as dt does, and says which there are")
    func types() throws {
        let frame = try TinyMachine.run("machine", "show", "tiny", "--type", "nt!_TINY_FRAME").stdout
        #expect(
            frame == """
                nt!_TINY_FRAME
                   +0x000 Eip              : Uint4B
                   +0x004 Cs               : Uint4B
                   +0x008 Next             : Ptr32 _TINY_FRAME

                """)
        #expect(try TinyMachine.run("machine", "show", "tiny", "--type", "_T*").stdout == frame)
        let unknown = try TinyMachine.run("machine", "show", "tiny", "--type", "_TRAP")
        #expect(unknown.status == 2)
        #expect(unknown.stderr.contains("_TINY_FRAME"))
    }

    @Test(
        "The reason that the boot code left in memory stands first under \"Why this one\"",
        arguments: [
            ("xp", "pentium-pro", "SEP is 1, but an Intel signature below 633h has no working SYSENTER"),
            ("xp", "k6-2", "family 5, and leaf 80000001h EDX bit 11 (SYSCALL) is 1"),
            ("win2k", "athlon", "Windows 2000 knows no other way"), ("seed", "pentium2", "Pentium2 and earlier"),
        ])
    func reason(machine: String, cpu: String, reason: String) throws {
        let text = try GuestContent.run("machine", "show", machine, "--cpu", cpu, "--plain").stdout
        #expect(text.contains("\nWhy this one\nnt!BootSystemCallReason says: "))
        #expect(text.replacing("\n", with: " ").contains(" says: \(reason) "))
        let json = try JSONObject.lines(try GuestContent.run("machine", "show", machine, "--cpu", cpu, "--json").stdout)
        #expect(json.first?[object: "boot"]?["reason"] as? String == reason)
    }

    @Test("A machine without that symbol, or with one that points to no text, gives no reason")
    func noReason() throws {
        let plain = try TinyMachine.run("machine", "show", "tiny").stdout
        #expect(!plain.contains("BootSystemCallReason"))
        for (reason, data) in [("0", "0"), ("0xFFFFFFF0", "0"), ("no_text", "27, 91, 50, 74, 0")] {
            let source = TinyMachine.source.replacing(
                "    gdt:\n",
                with: "    nt@BootSystemCallReason: dd \(reason)\n    no_text: db \(data)\n    align 8\n    gdt:\n")
            let result = try TinyMachine.run("machine", "show", "tiny", "--json", source: source)
            let machine = try #require(try JSONObject.lines(result.stdout).first, "\(result.stderr)")
            #expect(machine[object: "boot"]?["reason"] is NSNull)
        }
    }

    @Test(
        "Layouts as dt shows them, at the offsets of the releases",
        arguments: [
            ("xp", "_KTRAP_FRAME", ["000 DbgEbp", "02c Dr7", "044 Eax", "068 Eip", "074 HardwareEsp", "088 V86Gs"]),
            ("win2k", "_KTHREAD", ["018 InitialStack", "0dc ServiceTable", "128 TrapFrame", "134 PreviousMode"]),
            ("xpsp2", "_KTHREAD", ["018 InitialStack", "0e0 ServiceTable", "134 TrapFrame", "140 PreviousMode"]),
            ("xp", "_KPCR", ["01c SelfPcr", "020 Prcb", "024 Irql", "038 IDT", "03c GDT", "040 TSS", "120 PrcbData"]),
            (
                "xp", "_KUSER_SHARED_DATA",
                ["008 InterruptTime", "014 SystemTime", "26c NtMajorVersion", "300 SystemCall"]
            ),
            ("xpsp2", "_KUSER_SHARED_DATA", ["2f8 TestRetInstruction", "300 SystemCall", "304 SystemCallReturn"]),
            ("xp", "_SERVICE_DESCRIPTOR", ["000 Base", "004 Count", "008 Limit", "00c Number"]),
        ])
    func layouts(machine: String, type: String, fields: [String]) throws {
        let lines = try GuestContent.run("machine", "show", machine, "--type", "nt!\(type)").stdout.split(
            separator: "\n")
        #expect(lines.first == "nt!\(type)")
        for field in fields { #expect(lines.contains { $0.hasPrefix("   +0x\(field) ") }, "\(field)") }
    }

    @Test("A machine that never comes to ring 3 is shown as far as it came")
    func halted() throws {
        let source = TinyMachine.source.replacing("nt@Choose:\n", with: "nt@Choose:\nhlt\n")
        let result = try TinyMachine.run("machine", "show", "tiny", source: source)
        #expect(result.status == 0)
        #expect(result.stdout.contains("it never came to ring 3"))
    }
}
