import Testing

@testable import ntlearn

@Suite("ntlearn trace")
struct TraceCommandTests {
    @Test("The list names symbols, shows the ring's change and ends with the registers")
    func list() throws {
        let result = try GuestContent.run("trace", "sysenter", "--call", "NtClose(0x44)")
        #expect(result.status == 0)
        for part in [
            "ntdll!NtClose:\n", "mov eax, 19h", "eax=00000019", "ring 3 → ring 0: SYSENTER", "nt!KiFastCallEntry:\n",
            "ring 0 → ring 3: SYSEXIT", "program!return1 (00400007) was reached", "eax=c0000008",
        ] {
            #expect(result.stdout.contains(part), "\(part)")
        }
        #expect(!result.stdout.contains("\u{1B}"))
    }

    @Test("No line of the list is wider than 80 columns where nothing tells the width")
    func width() throws {
        let result = try GuestContent.run("trace", "int2e", "--call", "NtDisplayString(\"hi\")")
        #expect(result.stdout.contains("The guest printed:\n  hi\n"))
        #expect(result.stdout.split(separator: "\n").allSatisfy { $0.displayWidth <= 80 })
    }

    @Test(
        "Wrong usage is status 2, and the message says what would work",
        arguments: [
            (["trace"], "machine"), (["trace", "xpp"], "did you mean xp?"), (["trace", "nt351"], "int2e"),
            (["trace", "xp", "--cpu", "386"], "pentium3"),
            (["trace", "xp", "--call", "NtClos(1)"], "NtClose"),
            (["trace", "xp", "--call", "NtClose"], "NtClose(0x44)"),
            (["trace", "xp", "--call", "NtClose(1, 2)"], "takes 1 argument"),
            (["trace", "xp", "--max-steps", "0"], "at least 1"), (["trace", "xp", "--bot"], "--boot"),
            (["trace", "xp", "--boot", "--from", "nt!KiSystemService"], "give one"),
            (["trace", "xp", "--to", "nt!KiSystemServic"], "KiSystemService"),
            (["trace", "/nowhere/x.elf"], "cannot read /nowhere/x.elf"),
        ] as [([String], String)])
    func wrongUsage(arguments: [String], hint: String) throws {
        let result = try GuestContent.run(arguments)
        #expect(result.status == 2)
        #expect(result.stderr.hasPrefix("ntlearn: "))
        #expect(result.stderr.contains(hint), "\(result.stderr)")
        #expect(result.stdout.isEmpty)
    }

    @Test("An end that is asked for and not reached is status 1")
    func notReached() throws {
        let result = try GuestContent.run("trace", "xp", "--to", "nt!KiBBTUnexpectedRange", "--format", "json")
        #expect(result.status == 1)
        #expect(result.stderr.contains("nt!KiBBTUnexpectedRange was not reached"))
        #expect(result.stdout.hasSuffix("}\n"))
    }

    @Test(
        "Each command's --help has an example",
        arguments: [
            ["trace"], ["machine"], ["machine", "list"], ["machine", "image"], ["exec"], ["check"],
        ])
    func help(command: [String]) throws {
        let result = try runNtlearn(arguments: command + ["--help"])
        #expect(result.status == 0)
        #expect(result.stdout.contains("Example: "))
    }
}
