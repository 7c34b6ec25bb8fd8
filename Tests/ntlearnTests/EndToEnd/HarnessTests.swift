import Testing

@Suite("The harness that drives programs")
struct HarnessTests {
    private func shell(_ script: String, on terminal: PseudoTerminal) throws -> ChildProcess {
        try ChildProcess(
            "/bin/sh", arguments: ["-c", script], environment: ["PATH": "/usr/bin:/bin"],
            streams: .terminal(path: terminal.path))
    }

    @Test("What is typed reaches the program, and what it prints can be waited for in order")
    func conversation() throws {
        let terminal = try PseudoTerminal()
        let child = try shell("read name; echo \"hello $name\"; exit 3", on: terminal)
        try terminal.send("world\r")
        #expect(try terminal.wait(for: "hello world").contains("world"))
        try terminal.waitForEnd()
        #expect(child.waitForExit() == 3)
    }

    @Test("Ctrl-C reaches the program as SIGINT")
    func interrupt() throws {
        let terminal = try PseudoTerminal()
        let child = try shell("echo ready; read line", on: terminal)
        try terminal.wait(for: "ready")
        try terminal.send("\u{3}")
        try terminal.waitForEnd()
        #expect([-2, 130].contains(child.waitForExit()))
    }

    @Test("The terminal has the size that was asked for")
    func size() throws {
        let terminal = try PseudoTerminal(columns: 40, rows: 10)
        _ = try shell("stty size", on: terminal).waitForExit()
        try terminal.wait(for: "10 40")
    }

    @Test("A program that ends without the text is an error that shows what it printed")
    func missingText() throws {
        let terminal = try PseudoTerminal()
        let child = try shell("echo something else", on: terminal)
        let error = #expect(throws: HarnessError.self) { try terminal.wait(for: "wanted") }
        #expect(error?.description.contains("something else") == true)
        #expect(child.waitForExit() == 0)
    }

    @Test(
        "Escape sequences are left out, and an incomplete one never shows",
        arguments: [("a\u{1B}[1;31mb", "ab"), ("a\u{1B}[?2004h", "a"), ("a\u{1B}[?20", "a"), ("a\r\nb\u{7}", "a\nb")])
    func plainText(raw: String, plain: String) {
        #expect(TerminalText.plain(Array(raw.utf8)) == Array(plain.utf8))
    }
}
