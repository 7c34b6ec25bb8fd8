import Foundation
import Testing

@testable import ntlearn

/// The manual's transcripts are typed, and what comes back must be what the manual says.
@Suite("The documentation of the debugger is executed")
struct DocumentedSessionTests {
    private static let page = URL(fileURLWithPath: #filePath)
        .appendingPathComponent("../../../../docs/debugger.md").standardizedFileURL

    @Test("Every transcript is what the prompt answers")
    func transcripts() throws {
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        let played = try Transcripts(text).played()
        if ProcessInfo.processInfo.environment["NTLEARN_RECORD"] == "1" {
            return try played.write(to: Self.page, atomically: true, encoding: .utf8)
        }
        let (written, answered) = (text.split(separator: "\n"), played.split(separator: "\n"))
        for (line, answer) in zip(written, answered) where line != answer {
            Issue.record("the manual says \"\(line)\", the prompt \"\(answer)\"; NTLEARN_RECORD=1 records anew")
            return
        }
        #expect(written.count == answered.count)
    }

    @Test("Every word of the debugger stands in the manual, with its usage and an example that is typed there")
    func complete() throws {
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        let typed = text.split(separator: "\n").filter { $0.hasPrefix("> ") }.map { $0.dropFirst(2) }
        for spec in WordRegistry<LearnSession>.all.specs where spec.group != .lessons && spec.group != .program {
            #expect(text.contains("`\(spec.usage)`"), "\(spec.name) has no usage in the manual")
            let isTyped = typed.contains { line in
                line.split(separator: ";").contains { $0.split(separator: " ").first.map(String.init) == spec.name }
            }
            #expect(isTyped, "\(spec.name) is not typed in any transcript")
        }
    }
}

/// A page's fenced blocks of the kind `ntlearn-session`: lines that begin with `> ` are typed, the others come back.
private struct Transcripts {
    private let lines: [Substring]

    init(_ page: String) {
        lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The page with the answers that the prompt gives now. Each block begins with a fresh machine.
    func played() throws -> String {
        var result: [String] = []
        var learner: Learner?
        for line in lines {
            switch (line, learner) {
            case ("```ntlearn-session", _):
                learner = try Learner.atProgramStart()
                result.append(String(line))
            case ("```", .some):
                learner = nil
                result.append("```")
            case (_, .some(let learner)):
                guard line.hasPrefix(">") else { continue }
                result.append(String(line))
                let answer = learner.type(String(line.dropFirst(2)))
                result += answer.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
            case (_, .none): result.append(String(line))
            }
        }
        return result.joined(separator: "\n")
    }
}
