import Testing

@Suite("The built program")
struct ProgramTests {
    @Test("--help succeeds from a pipe and writes nothing but text")
    func helpFromPipe() throws {
        let result = try runNtlearn(arguments: ["--help"])
        #expect(result.status == 0)
        #expect(result.stdout.contains("ntlearn"))
        #expect(!result.stdout.contains("\u{1B}"))
        #expect(result.stderr.isEmpty)
    }

    @Test("--help succeeds on a terminal")
    func helpOnTerminal() throws {
        let session = try NtlearnSession(arguments: ["--help"])
        try session.terminal.wait(for: "ntlearn")
        #expect(try session.waitForExit() == 0)
    }
}
