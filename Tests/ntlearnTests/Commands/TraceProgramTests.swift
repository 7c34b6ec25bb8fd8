import Testing

@testable import ntlearn

@Suite("ntlearn trace with programs and variables")
struct TraceProgramTests {
    @Test("A variable is shown after the trace, for people and in JSON")
    func variables() throws {
        let call = ["trace", "xp", "--call", "NtQuerySystemTime(&time)"]
        let text = try GuestContent.run(call)
        #expect(text.status == 0)
        #expect(text.stdout.contains("time = 01c4907f`ca26c000 at 004000"))
        let plain = try GuestContent.run(call + ["--plain"])
        #expect(plain.stdout.contains("The variable time at 004000"))
        let json = try JSONObject.lines(try GuestContent.run(call + ["--format", "json"]).stdout)
        let variable = try #require(json.last?[objects: "variables"]?.first)
        #expect(variable["name"] as? String == "time")
        #expect(variable["bytes"] as? String == "00c026ca7f90c401")
    }

    @Test("--program runs a learner's own file, and tells its mistakes at file, line and column")
    func program() throws {
        let folder = try TemporaryFolder()
        let good = try folder.write("good.asm", "    push 0x44\n    call ntdll@NtClose\nprogram@back: hlt\n")
        let result = try GuestContent.run("trace", "xp", "--program", good, "--to", "program!back")
        #expect(result.status == 0)
        #expect(result.stdout.contains("eax=c0000008"))
        let bad = try folder.write("bad.asm", "nop\n  call ntdll@NtClos\n")
        let failure = try GuestContent.run("trace", "xp", "--program", bad)
        #expect(failure.status == 2)
        #expect(failure.stderr.contains("\(bad):2:8: error: symbol `ntdll@NtClos` is not defined"))
        let missing = try GuestContent.run("trace", "xp", "--program", folder.path + "/none.asm")
        #expect(missing.status == 2)
        #expect(missing.stderr.contains("cannot read"))
    }
}
