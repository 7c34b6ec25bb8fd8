import Foundation
import LessonEngine
import Testing

/// The instructor's page about assignments: what it types is typed, in one folder, and must answer what it says.
@Suite("docs/assignments.md is executed")
struct AssignmentPageTests {
    @Test("Every transcript of the shell is what the shell shows")
    func transcripts() throws {
        let folder = try TemporaryFolder()
        let text = try documentation("assignments.md")
        let blocks = text.components(separatedBy: "```console\n").dropFirst().compactMap {
            $0.components(separatedBy: "\n```").first
        }
        #expect(blocks.count == 3)
        for block in blocks {
            var shown: [String] = []
            for line in block.split(separator: "\n") where line.hasPrefix("$ ") {
                let result = try runShell("cd '\(folder.path)'; (\(line.dropFirst(2))) 2>&1")
                shown += [String(line)] + result.stdout.split(separator: "\n").map(String.init)
            }
            #expect(shown.joined(separator: "\n") == block)
        }
    }

    @Test("Every flag stands on the page")
    func flags() throws {
        let text = try documentation("assignments.md")
        for kind in ReceiptFlag.Kind.allCases { #expect(text.contains("`\(kind.rawValue)`"), "\(kind)") }
    }
}
