import Foundation
import Lessons
import Testing
import X86

/// What the source of a machine may include.
struct IncludeTests {
    private func mistake(including name: String, _ files: [String: String] = [:]) throws -> AssemblerDiagnostic? {
        let folder = try temporaryCourse(files.merging(["m.asm": "bits 32\n  %include \"\(name)\"\n"]) { $1 })
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let outside = folder + "/outside.inc"
        try "secret equ 1\n".write(toFile: outside, atomically: true, encoding: .utf8)
        try FileManager.default.createSymbolicLink(atPath: folder + "/machines/link.inc", withDestinationPath: outside)
        let library = MachineLibrary(courses: [folder], builtIn: contentFolder)
        do throws(MachineError) {
            _ = try library.file("m")
            return nil
        } catch {
            return error.diagnostics.first
        }
    }

    @Test(
        "Whatever leads out of the course is refused at the %include, and why",
        arguments: [
            ("../outside.inc", "cannot include `../outside.inc`: it leads out of the machine's folder"),
            ("a/../../outside.inc", "cannot include `a/../../outside.inc`: it leads out of the machine's folder"),
            ("/etc/passwd", "cannot include `/etc/passwd`: it is an absolute path"),
            ("link.inc", "cannot include `link.inc`: a link on the way leads out of the machine's folder"),
            (".", "cannot include `.`: it is a folder"),
            ("none.inc", "cannot find the file `none.inc`"),
        ])
    func refused(name: String, message: String) throws {
        let found = try #require(try mistake(including: name))
        #expect(found.message == message)
        #expect(found.line == 2)
        #expect(found.column == 12)
    }

    @Test("A course's own file comes before the built-in one of that name")
    func ownFirst() throws {
        let found = try mistake(including: "own.inc", ["own.inc": "%error mine"])
        #expect(found?.message == "mine")
        #expect(found?.file.hasSuffix("/machines/own.inc") == true)
    }

    @Test("The built-in includes are there for every course, and a mistake in one names its path")
    func builtIn() throws {
        let folder = try temporaryCourse([
            "m.asm": "bits 32\n%include \"include/processor.inc\"\nmov eax, CPUID_SEP\nmov eax, nowhere\n"
        ])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let library = MachineLibrary(courses: [folder], builtIn: contentFolder)
        let error = #expect(throws: MachineError.self) { try library.file("m") }
        #expect(error?.diagnostics.map(\.message) == ["symbol `nowhere` is not defined"])
    }

    @Test("A machine that is a link out of its course is refused")
    func machineLink() throws {
        let folder = try temporaryCourse([:])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createSymbolicLink(
            atPath: folder + "/machines/m.asm", withDestinationPath: contentFolder + "/machines/xp.asm")
        let error = #expect(throws: MachineError.self) { try MachineLibrary(courses: [folder]).file("m") }
        #expect(error?.message.contains("a link that leads out of its folder") == true)
    }

    @Test("A course's machine takes the place of a built-in one of that name")
    func shadows() throws {
        let source = try String(contentsOfFile: contentFolder + "/machines/win2k.asm", encoding: .utf8)
        let folder = try temporaryCourse(["xp.asm": source.replacing(";@ title: ", with: ";@ title: my own ")])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let library = MachineLibrary(courses: [folder], builtIn: contentFolder)
        #expect(try library.file("xp").title.hasPrefix("my own "))
        let found = MachineCheck(source: folder + "/machines/xp.asm", library: library).run()
        #expect(found.map(\.code) == ["machine-name"])
        #expect(found.first?.severity == .warning)
    }

    @Test("A copy of a built-in machine takes nobody's place")
    func copy() throws {
        let source = try String(contentsOfFile: contentFolder + "/machines/xp.asm", encoding: .utf8)
        let folder = try temporaryCourse(["xp.asm": source])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let library = MachineLibrary(courses: [folder], builtIn: contentFolder)
        #expect(MachineCheck(source: folder + "/machines/xp.asm", library: library).run().isEmpty)
    }
}
