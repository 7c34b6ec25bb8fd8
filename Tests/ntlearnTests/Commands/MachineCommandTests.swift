import Foundation
import Testing

@testable import ntlearn

@Suite("ntlearn machine")
struct MachineCommandTests {
    @Test("list --json names each machine with its processor and its short names")
    func listJSON() throws {
        let result = try GuestContent.run("machine", "list", "--json")
        #expect(result.status == 0)
        let machines = try JSONObject.lines(result.stdout)
        let xp = try #require(machines.first { $0[text: "name"] == "xp" })
        #expect(xp[text: "cpu"] == "pentium3")
        let shorthands = xp[objects: "shorthands"]?.compactMap { $0["name"] as? String }
        #expect(shorthands == ["sysenter", "syscall"])
    }

    @Test("An image that was written boots in trace, and prints what its call displays")
    func image() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("xp.elf", String(repeating: "something older and longer ", count: 40_000))
        let call = "NtDisplayString(\"booted\")"
        let written = try GuestContent.run("machine", "image", "xp", "-o", file, "--call", call)
        #expect(written.status == 0)
        #expect(written.stdout.isEmpty)
        #expect(FileManager.default.contents(atPath: file)?.starts(with: [0x7F, 0x45, 0x4C, 0x46]) == true)
        let traced = try runNtlearn(arguments: ["trace", file, "--boot", "--cpu", "pentium3"])
        #expect(traced.status == 0)
        #expect(traced.stdout.contains("The guest printed:\n  booted\n"))
    }

    @Test("A terminal gets no image")
    func terminal() throws {
        let folder = try GuestContent.folder()
        let session = try NtlearnSession(
            arguments: ["machine", "image", "xp", "-o", "-"], environment: ["NTLEARN_CONTENT": folder.path])
        try session.terminal.wait(for: "no text for a terminal")
        #expect(try session.waitForExit() == 2)
    }

    @Test("A file that cannot be written is named")
    func unwritable() throws {
        let result = try GuestContent.run("machine", "image", "xp", "-o", "/nowhere/xp.elf")
        #expect(result.status == 2)
        #expect(result.stderr.contains("cannot write /nowhere/xp.elf"))
    }
}
