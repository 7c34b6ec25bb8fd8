import Foundation
import LessonEngine
import Testing

@Suite("A glossary")
struct GlossaryTests {
    /// A course that has nothing else, loaded.
    private func load(_ glossary: String) throws -> LoadedCourse {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("glossary-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("lessons"), withIntermediateDirectories: true)
        try "format: 1\nid: c\ntitle: C\nlessons: []\n".write(
            to: folder.appendingPathComponent("course.yaml"), atomically: true, encoding: .utf8)
        try glossary.write(to: folder.appendingPathComponent("glossary.md"), atomically: true, encoding: .utf8)
        return CourseLoader.forTests.load(directory: folder.path)
    }

    private func found(_ glossary: String) throws -> [String] { try load(glossary).diagnostics.map(\.short) }

    private static let good = """
        # Glossary

        Words.

        ## Trap frame

        Also: `KTRAP_FRAME`, frame

        What the *kernel* keeps.

        See: [gate](#gate)

        ## Gate

        A [trap-frame](#trap-frame) begins here.
        """

    @Test("has a term for each heading of level 2, with its aliases, text and further reading")
    func read() throws {
        let loaded = try load(Self.good)
        #expect(loaded.diagnostics.isEmpty)
        let glossary = try #require(loaded.course).glossary
        #expect(glossary.entries.map(\.term) == ["Gate", "Trap frame"])
        let frame = try #require(glossary.entry("frame"))
        #expect(frame.aliases == ["KTRAP_FRAME", "frame"])
        #expect(frame.text.plainText == "What the kernel keeps.")
        #expect(frame.see == ["gate"])
    }

    @Test(
        "finds a term in any case, with blanks, hyphens or neither",
        arguments: ["trap frame", "TRAP-FRAME", "trapframe", "_KTRAP_FRAME", "ktrap frame"])
    func names(typed: String) throws {
        #expect(try load(Self.good).course?.glossary.entry(typed)?.term == "Trap frame")
    }

    @Test("has no entry for a name without letters and digits, nor for an unknown one", arguments: ["", "-", "gat"])
    func unknown(typed: String) throws { #expect(try load(Self.good).course?.glossary.entry(typed) == nil) }

    @Test("must not give a name to two terms")
    func duplicates() throws {
        #expect(try found("## Gate\n\nOne.\n\n## GATE\n\nTwo.\n") == ["bad-glossary 5:1"])
        #expect(try found("## Gate\n\nAlso: door\n\nOne.\n\n## Door\n\nTwo.\n") == ["bad-glossary 7:1"])
    }

    @Test("must explain each term")
    func unexplained() throws { #expect(try found("## Gate\n\nAlso: door\n") == ["bad-glossary 1:1"]) }

    @Test("refers to its own terms only, and guesses what was meant")
    func references() throws {
        let loaded = try load("## Gate\n\nSee [it](#gaet).\n\nSee: Gate,\n  Gatte\n")
        #expect(loaded.diagnostics.map(\.short) == ["bad-glossary 1:1", "bad-glossary 6:3"])
        #expect(loaded.diagnostics.compactMap(\.note) == ["did you mean `Gate`?", "did you mean `Gate`?"])
    }

    @Test("runs nothing")
    func blocks() throws {
        #expect(try found("## Gate\n\nIt is {{ eax }}.\n") == ["no-live-point 3:7"])
        #expect(try found("## Gate\n\nText.\n\n```trace id=t\nmachine: m\n```\n") == ["nested-block 5:1"])
    }

    @Test("of one course comes before that of another")
    func joined() throws {
        let first = try #require(load("## Gate\n\nFirst.\n").course).glossary
        let second = try #require(load("## Gate\n\nSecond.\n\n## Ring\n\nRound.\n").course).glossary
        let both = Glossary(joining: [first, second])
        #expect(both.entries.map(\.term) == ["Gate", "Ring"])
        #expect(both.entry("gate")?.text.plainText == "First.")
    }
}
