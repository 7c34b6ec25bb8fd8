import Foundation
import LessonEngine
import Lessons
import Testing

/// What `ntlearn check` finds in a machine by booting it.
struct MachineCheckTests {
    private func check(_ source: String, name: String = "m") throws -> [Diagnostic] {
        let folder = try temporaryCourse([name + ".asm": source])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let library = MachineLibrary(courses: [folder], builtIn: contentFolder)
        return MachineCheck(source: "\(folder)/machines/\(name).asm", library: library).run()
    }

    private func xp(replacing old: String, with new: String) throws -> String {
        let source = try String(contentsOfFile: contentFolder + "/machines/xp.asm", encoding: .utf8)
        #expect(source.contains(old))
        return source.replacing(old, with: new)
    }

    @Test("The built-in machines come to ring 3", arguments: builtInMachines.names)
    func builtIn(name: String) {
        let library = MachineLibrary(courses: [], builtIn: contentFolder)
        #expect(MachineCheck(source: "\(contentFolder)/machines/\(name).asm", library: library).run().isEmpty)
    }

    @Test("A copy of a machine in a course is a machine")
    func copy() throws {
        #expect(try check(try xp(replacing: "XP", with: "XP")).isEmpty)
    }

    @Test("A machine that faults on the way is reported at the faulting line")
    func faults() throws {
        let found = try check(
            try xp(
                replacing: "%include \"include/startup.inc\"",
                with: "section nt.init\nnt@Broken: ud2\n%define nt@KiChooseSystemCall nt@Broken\n"
                    + "%include \"include/startup.inc\"\n%undef nt@KiChooseSystemCall"))
        #expect(found.map(\.code) == ["never-boots"])
        let mistake = try #require(found.first)
        #expect(mistake.message.contains("never comes to an instruction in ring 3"))
        #expect(mistake.message.contains("first fault: #UD"))
        #expect(mistake.location.file.hasSuffix("/machines/m.asm"))
        #expect(mistake.location.line > 1)
    }

    @Test("A machine that loops for ever is stopped")
    func loops() throws {
        let found = try check(
            try xp(
                replacing: "%include \"include/startup.inc\"",
                with: "section nt.init\nnt@Round: jmp nt@Round\n%define nt@KiChooseSystemCall nt@Round\n"
                    + "%include \"include/startup.inc\"\n%undef nt@KiChooseSystemCall"))
        #expect(found.map(\.code) == ["never-boots"])
        #expect(found.first?.message.contains("instructions are not enough") == true)
    }

    @Test("What does not assemble, and what is no image, is reported")
    func notAssembled() throws {
        let found = try check("bits 32\nmov eax, zork\nmov ebx\n")
        #expect(found.map(\.code) == ["assembly", "assembly"])
        #expect(found.map(\.location.line) == [2, 3])
        #expect(try check("bits 32\nnop\n").map(\.code) == ["bad-machine"])
    }

    @Test("A short name cannot be a machine's")
    func shortName() throws {
        #expect(try check(try xp(replacing: "XP", with: "XP"), name: "sysenter").map(\.code) == ["machine-name"])
    }
}
