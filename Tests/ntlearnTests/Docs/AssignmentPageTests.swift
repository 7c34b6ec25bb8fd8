import Foundation
import LessonEngine
import Testing

/// The instructor's page about assignments: what it types is typed, in one folder, and must answer what it says.
@Suite("docs/assignments.md is executed")
struct AssignmentPageTests {
    /// A course whose questions are called as on the page; what they ask is not shown there.
    private func course(in folder: TemporaryFolder) throws {
        let names = [("edx-two-jobs", "first-argument"), ("syscall", "esp-syscall")]
        let list = names.map(\.0).joined(separator: ", ")
        try folder.write("course/course.yaml", "format: 1\nid: t\ntitle: T\nlessons: [\(list)]\n")
        for (lesson, question) in names {
            let quiz = "type: value\nmachine: int2e\nat: nt!KiSystemService\nask: What is EDX?\nanswer: edx"
            try folder.write(
                "course/lessons/\(lesson).md",
                "---\nformat: 1\nid: \(lesson)\ntitle: T\n---\n# T\n\n```quiz id=\(question)\n\(quiz)\n```\n")
        }
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/course/machines", withDestinationPath: GuestContent.machines)
    }

    @Test("Every transcript of the shell is what the shell shows")
    func transcripts() throws {
        let folder = try TemporaryFolder()
        try course(in: folder)
        let environment = ["NTLEARN_CONTENT": folder.path + "/course"]
        let text = try documentation("assignments.md")
        let blocks = text.components(separatedBy: "```console\n").dropFirst().compactMap {
            $0.components(separatedBy: "\n```").first
        }
        #expect(blocks.count == 3)
        for block in blocks {
            var shown: [String] = []
            for line in block.split(separator: "\n") where line.hasPrefix("$ ") {
                let result = try runShell("cd '\(folder.path)'; (\(line.dropFirst(2))) 2>&1", environment: environment)
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
