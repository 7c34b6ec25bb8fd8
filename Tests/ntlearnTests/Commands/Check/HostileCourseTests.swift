import Foundation
import LessonEngine
import Testing

@testable import ntlearn

@Suite("A course full of hostile files")
struct HostileCourseTests {
    /// The course, and what one check of it found, by file.
    private static let found: Result<[String: [Diagnostic]], any Error> = Result {
        let folder = try TemporaryFolder()
        let files = HostileFile.all
        let lessons = files.filter { !$0.isMachine }.map(\.name) + ["good"]
        try folder.write("course.yaml", "format: 1\nid: t\ntitle: T\nlessons: [\(lessons.joined(separator: ", "))]\n")
        try folder.write("machines/good.inc", "")
        try folder.write(
            "lessons/good.md",
            HostileFile.front.replacing("id: hostile", with: "id: good")
                + "```trace id=t\nmachine: xp\ncall: NtClose(4)\n```\n\nEAX is {{ eax }}.\n")
        for file in files {
            try file.make(
                "\(folder.path)/" + (file.isMachine ? "machines/\(file.name).asm" : "lessons/\(file.name).md"))
        }
        let report = try ContentCheck(path: folder.path).run()
        return Dictionary(grouping: report.diagnostics) {
            String($0.location.file.dropFirst(folder.path.count + 1))
        }
    }

    @Test("Each file ends in a clear diagnostic", arguments: HostileFile.all)
    func told(file: HostileFile) throws {
        let path = file.isMachine ? "machines/\(file.name).asm" : "lessons/\(file.name).md"
        let diagnostics = try #require(try Self.found.get()[path], "nothing was said of \(path)")
        #expect(diagnostics.contains { $0.code == file.code }, "\(diagnostics.prefix(3))")
        #expect(diagnostics.count <= 200)
    }

    @Test("The good lesson between them is fine, and nothing that is said holds a control character")
    func others() throws {
        let found = try Self.found.get()
        #expect(found["lessons/good.md"] == nil)
        for diagnostic in found.values.joined() {
            let text = diagnostic.description.unicodeScalars
            #expect(
                text.allSatisfy { $0 == "\n" || !(0...0x1F ~= $0.value || 0x7F...0x9F ~= $0.value) }, "\(diagnostic)")
        }
    }

    @Test("A UTF-8 file that begins with a byte order mark is a lesson like any other")
    func byteOrderMark() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("lessons/a.md", "\u{FEFF}" + HostileFile.front + "See {{ }}.\n")
        let found = try ContentCheck(path: path).run().diagnostics
        #expect(found.map { "\($0.code) \($0.location.line):\($0.location.column)" } == ["empty-live 6:5"])
    }
}
