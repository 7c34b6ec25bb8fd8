import Foundation
import LessonEngine
import Lessons
import Testing

@testable import ntlearn

/// Does what `docs/instructors.md` says, in its order, in a folder of its own.
@Suite("The page for instructors is followed to the letter")
struct InstructorsTests {
    private static let file = URL(fileURLWithPath: #filePath)
        .appendingPathComponent("../../../../docs/instructors.md").standardizedFileURL

    private let folder: TemporaryFolder
    private let page: String

    init() throws {
        folder = try TemporaryFolder()
        page = try documentation("instructors.md")
    }

    /// One fenced block of the page.
    private struct Snippet {
        let info: [String]
        let text: String
    }

    private var snippets: [Snippet] {
        var snippets: [Snippet] = []
        var open: (fence: Substring, info: [String], lines: [Substring])?
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            let ticks = line.prefix { $0 == "`" }
            if let current = open {
                if line == current.fence {
                    let text = current.lines.map { $0 + "\n" }.joined()
                    snippets.append(Snippet(info: current.info, text: text))
                    open = nil
                } else {
                    open?.lines.append(line)
                }
            } else if ticks.count >= 3 {
                open = (ticks, line.dropFirst(ticks.count).split(separator: " ").map(String.init), [])
            }
        }
        return snippets
    }

    /// `write=FILE` and `append=FILE` do what an editor would.
    private func edit(_ snippet: Snippet) throws {
        for word in snippet.info {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { continue }
            let path = folder.path + "/" + parts[1]
            let before = parts[0] == "append" ? try String(contentsOfFile: path, encoding: .utf8) + "\n" : ""
            try (before + snippet.text).write(toFile: path, atomically: true, encoding: .utf8)
        }
    }

    private func follow() throws {
        let environment = [
            "NTLEARN_CONTENT": Learner.contentFolder, "XDG_DATA_HOME": folder.path + "/data",
        ]
        for snippet in snippets {
            guard snippet.info.first == "console" else {
                try edit(snippet)
                continue
            }
            for command in DocumentedCommand.all(in: "\n```console\n" + snippet.text + "```\n") {
                let line = "cd '\(folder.path)' && { \(command.command); } 2>&1"
                let output = try runShell(line, environment: environment).stdout
                #expect(command.missingLines(in: output) == [], "$ \(command.command)\n\(output.prefix(3000))")
            }
        }
    }

    @Test("Every command prints what the page says, and in the end every kind of question is there and sound")
    func followed() throws {
        try follow()
        let registry = Registry.withMachines(
            MachineLibrary(courses: [folder.path + "/mycourse"], builtIn: Learner.contentFolder))
        let loaded = CourseLoader(registry: registry).load(directory: folder.path + "/mycourse")
        #expect(loaded.diagnostics.map(\.description) == [])
        let lesson = try #require(loaded.course?.lesson("the-door"))
        #expect(LessonChecker().check(lesson).map(\.description) == [])
        let written = try String(contentsOfFile: folder.path + "/mycourse/lessons/the-door.md", encoding: .utf8)
        for type in registry.questions.keys where !registry.blocks.keys.contains(type) {
            #expect(written.contains("\ntype: \(type)\n"), "\(type)")
        }
        for kind in registry.blocks.keys {
            #expect(written.contains("\n```\(kind) id="), "\(kind)")
        }
        for quiz in lesson.blocks.compactMap({ $0 as? QuizBlock }) {
            let question = quiz.question(seed: 3)
            #expect(try question.grade(question.correctAnswer()).verdict == .correct, "\(quiz.id)")
        }
    }

    @Test("The tables of keys are those that the program reads")
    func keys() throws {
        let range = try #require(page.range(of: KeyReference.heading))
        let rest = page[range.upperBound...]
        let start = rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex
        if ProcessInfo.processInfo.environment["NTLEARN_RECORD"] == "1" {
            let text = page[..<start].trimmingCharacters(in: .newlines) + "\n" + KeyReference.text
            return try text.write(to: Self.file, atomically: true, encoding: .utf8)
        }
        let same = rest[start...] == KeyReference.text
        #expect(same, "NTLEARN_RECORD=1 records the tables anew")
    }
}
