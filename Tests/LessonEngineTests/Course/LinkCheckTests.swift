import Foundation
import LessonEngine
import Testing

@Suite("Links lead somewhere in the course")
struct LinkCheckTests {
    private let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "ntlearn-links-" + UUID().uuidString
        for path in ["lessons", "machines"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(path)", withIntermediateDirectories: true)
        }
        try write("machines/m.asm", "bits 32\n")
        try write("lessons/two.md", Planted.front + "# Two worlds\n\n## Ring 3: *user* mode\n\n## Twice\n\n## Twice\n")
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder)/lessons/out.md", withDestinationPath: "/etc/passwd")
    }

    private func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }

    private func broken(_ body: String) throws -> [Diagnostic] {
        try write("lessons/one.md", Planted.front + body)
        let loader = CourseLoader.forTests
        let lesson = loader.loadLesson(file: "\(folder)/lessons/one.md").lesson
        let outline = try #require(lesson?.outline)
        var links = LinkCheck(directory: folder, lessons: [outline], loader: loader)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return links.diagnostics(of: outline)
    }

    @Test(
        "Links that are fine",
        arguments: [
            "[a](two.md)", "[a](./two.md)", "[a](two.md#two-worlds)", "[a](two.md#ring-3-user-mode)",
            "[a](two.md#twice-1)", "[a](../machines/m.asm)", "[a](../machines)", "[a](https://example.org/x#y)",
            "[a](mailto:a@example.org)", "<https://example.org>", "![a](../machines/m.asm)", "[a](two.md?raw=1)",
            "# The Door\n\n[a](#the-door)", "`[a](nowhere.md)`", "[a](tw%6F.md)", "[a][b]\n\n[b]: two.md",
        ])
    func fine(body: String) throws { #expect(try broken(body).map(\.description) == []) }

    @Test(
        "Links that are broken, with line and column",
        arguments: [
            ("See [a](▲tow.md).", "did you mean `two.md`?"), ("x\n\n* [a](▲two.md#twise)", "did you mean `#twice`?"),
            ("Text\n[a](▲two.md#nowhere) b", "its headings are #two-worlds, #ring-3-user-mode, #twice, #twice-1"),
            ("# One\n\n[a](▲#two)", "its headings are #one"), ("[a](▲../../etc/passwd)", "link to files of the course"),
            ("[a](▲/etc/passwd)", "link to files of the course"), ("[a](▲out.md)", "link to files of the course"),
            ("▲[a]()", "write the name of a file"), ("![pic](▲pic.png)", nil), ("| a |\n|---|\n| [a](▲no.md) |", nil),
            ("> **[a](▲no.md)**", nil), ("[a][b]\n\n[b]: ▲no.md", nil),
        ] as [(String, String?)])
    func wrong(marked: String, note: String?) throws {
        let planted = Planted(body: marked)
        let found = try broken(planted.text.replacing(Planted.front, with: ""))
        #expect(found.map(\.short) == planted.expected("broken-link"))
        if let note { #expect(found.first?.note?.hasPrefix(note) == true, "\(found)") }
    }

    @Test("Links in the texts of questions are looked at, too, at their text")
    func inQuestions() throws {
        let planted = Planted(
            quiz: "type: text\nask: 'See ▲'\nanswer: one".replacing("'See ▲'", with: "▲See [a](no.md)"))
        #expect(
            try broken(planted.text.replacing(Planted.front, with: "")).map(\.short) == planted.expected("broken-link"))
    }
}
