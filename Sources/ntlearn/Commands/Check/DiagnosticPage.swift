import Foundation
import LessonEngine
import Lessons
import Spelling

/// `docs/diagnostics.md`, which says of each code what it means and how a mistake of that sort is mended.
struct DiagnosticPage {
    /// The page's text; nil for a program that was installed without it.
    var text: String? = Self.find()

    /// Prints a code's entry.
    func explain(_ name: String) throws {
        guard let code = DiagnosticCode.everywhere.first(where: { $0.name == name }) else {
            let near = didYouMean(name, among: DiagnosticCode.everywhere.map(\.name))
            throw CommandFailure(
                "there is no code \"\(name)\"\n"
                    + (near.map { "did you mean \($0)?" }
                        ?? "the codes are in the brackets of `ntlearn check`: error[wide-code]"),
                status: 2)
        }
        let terminal = Terminal.detect(plain: false)
        var output = ByteOutput()
        try output.write(terminal.palette.paint(lines(of: code, terminal)).utf8)
        try output.flush()
    }

    /// The entry as it is shown: the sentence that the code itself has, where the page is not at hand.
    private func lines(of code: DiagnosticCode, _ terminal: Terminal) -> [StyledText] {
        guard let entry = entry(code.name) else { return [StyledText("\(code.name): \(code.explanation)")] }
        let front = "---\nformat: 1\nid: entry\ntitle: Entry\n---\n"
        let loaded = CourseLoader(registry: Registry()).loadLesson(text: front + entry, file: "diagnostics.md")
        let blocks = (loaded.lesson?.pages ?? []).flatMap(\.elements).compactMap { element in
            if case .markdown(let block) = element { block } else { nil }
        }
        return MarkdownRenderer(layout: Layout(terminal)) { $0.source }.lines(blocks)
    }

    /// What stands under `### code`, with its heading.
    func entry(_ name: String) -> String? {
        guard let text else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(where: { $0 == "### \(name)" }) else { return nil }
        let end = lines[(start + 1)...].firstIndex { $0.hasPrefix("### ") || $0.hasPrefix("## ") } ?? lines.endIndex
        return lines[start..<end].joined(separator: "\n")
    }

    private static func find() -> String? {
        let program = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments.first ?? "ntlearn")
        let folder = program.resolvingSymlinksInPath().deletingLastPathComponent()
        let places = ["diagnostics.md", "../share/ntlearn/diagnostics.md", "ntlearn_ntlearn.resources/diagnostics.md"]
        return places.lazy.compactMap { try? String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8) }
            .first
    }
}
