import Foundation
import Lessons
import Testing

@Suite("The fingerprint of a course's machines")
struct FingerprintTests {
    @Test("changes with every file that a machine could be made of, and with nothing else")
    func changes() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ntlearn-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let includes = folder.appendingPathComponent("machines/include")
        try FileManager.default.createDirectory(at: includes, withIntermediateDirectories: true)
        func write(_ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
        func fingerprint() -> String { MachineLibrary(courses: [folder.path]).fingerprint }
        var seen = [fingerprint()]
        try write("machines/m.asm", "bits 32\n")
        seen.append(fingerprint())
        try write("machines/include/x.inc", "x equ 1\n")
        seen.append(fingerprint())
        try write("machines/include/x.inc", "x equ 2\n")
        seen.append(fingerprint())
        mkfifo(includes.appendingPathComponent("pipe").path, 0o600)
        seen.append(fingerprint())
        #expect(Set(seen).count == seen.count)
        try write("notes.txt", "not a machine's")
        #expect(fingerprint() == seen.last)
    }
}
