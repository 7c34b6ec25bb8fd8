import Foundation
import Lessons
import Testing

/// Finding machines, and saying why one cannot be had.
struct MachineLibraryTests {
    @Test("The machines are the .asm files of the machines folder")
    func names() { #expect(builtInMachines.names == ["seed", "win2k", "xp", "xpsp2"]) }

    @Test("A source says its title and its processor in its first comments")
    func header() throws {
        let file = try builtInMachines.file("xp")
        #expect(file.title == "Windows XP before Service Pack 2")
        #expect(file.defaultModel.name == "pentium3")
    }

    @Test(
        "A call that cannot be made is refused with what would work",
        arguments: [
            ("NtClose", "is not a call"), ("NtClose(", "is not a call"),
            ("NtClose(z z)", "neither a number nor a text"),
            ("NtDisplayString(\"x)", "never closed"), ("(4)", "not a service's"), ("", "is not a call"),
        ])
    func malformed(call: String, message: String) {
        let error = #expect(throws: MachineError.self) { try ServiceCall(call) }
        #expect(error?.message.contains(message) == true)
    }

    @Test("A misspelt service is met with the nearest one")
    func misspelt() throws {
        let request = MachineRequest(machine: "xp", calls: [try ServiceCall("NtClosse(4)")])
        let error = #expect(throws: MachineError.self) { try builtInMachines.machine(for: request) }
        #expect(error?.note == "did you mean NtClose?")
    }

    @Test("The stub's RET n tells how many arguments a service takes")
    func argumentCount() throws {
        let request = MachineRequest(machine: "win2k", calls: [try ServiceCall("NtClose(4, 5)")])
        let error = #expect(throws: MachineError.self) { try builtInMachines.machine(for: request) }
        #expect(error?.message == "NtClose takes 1 argument; 2 given")
    }

    @Test(
        "Unknown machines, models and files are refused by name",
        arguments: ["nt351", "/no/such.asm", "/etc/hostname", ".."])
    func unknown(name: String) {
        #expect(throws: MachineError.self) { try builtInMachines.file(name) }
    }

    @Test("An %include reaches files below the source's folder and no others, links included")
    func includes() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ntlearn-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("machines"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let machines = folder.appendingPathComponent("machines")
        try "secret equ 1\n".write(to: folder.appendingPathComponent("outside.inc"), atomically: true, encoding: .utf8)
        try FileManager.default.createSymbolicLink(
            at: machines.appendingPathComponent("link.inc"),
            withDestinationURL: folder.appendingPathComponent("outside.inc"))
        for name in ["../outside.inc", "link.inc", "/etc/passwd"] {
            let source = machines.appendingPathComponent("m.asm")
            try "bits 32\n%include \"\(name)\"\n".write(to: source, atomically: true, encoding: .utf8)
            let error = #expect(throws: MachineError.self) { try MachineLibrary(courses: [folder.path]).file("m") }
            #expect(error?.diagnostics.first?.line == 2)
        }
    }
}
