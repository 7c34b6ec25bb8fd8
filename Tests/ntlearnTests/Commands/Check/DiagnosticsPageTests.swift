import Foundation
import LessonEngine
import Lessons
import Testing

@testable import ntlearn

/// Executes what `docs/diagnostics.md` shows.
@Suite("The page of diagnostics")
struct DiagnosticsPageTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../..").standardizedFileURL
    static let text =
        (try? String(contentsOf: root.appendingPathComponent("docs/diagnostics.md"), encoding: .utf8)) ?? ""
    static let documented = text.split(separator: "\n").filter { $0.hasPrefix("### ") }.map { String($0.dropFirst(4)) }

    @Test("has an entry for every code, and none for a code that does not exist")
    func complete() {
        let codes = DiagnosticCode.everywhere.map(\.name)
        for code in Set(codes).subtracting(Self.documented).sorted() {
            Issue.record(
                "docs/diagnostics.md lacks `### \(code)`: what it means, an example that provokes it, how it is mended")
        }
        for code in Set(Self.documented).subtracting(codes).sorted() {
            Issue.record("docs/diagnostics.md tells of `\(code)`, which is no code any more")
        }
        #expect(Set(codes).count == codes.count)
        #expect(Set(Self.documented).count == Self.documented.count)
    }

    @Test("has every code that the sources make")
    func listed() throws {
        let codes = Set(DiagnosticCode.everywhere.map(\.name))
        for target in ["LessonEngine", "Lessons", "ntlearn"] {
            let folder = Self.root.appendingPathComponent("Sources/\(target)")
            let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
            for file in files where file.hasSuffix(".swift") {
                let source = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
                guard source.contains("extension DiagnosticCode") else { continue }
                for match in source.matches(of: /(?:Self|DiagnosticCode)\(\s*"([a-z0-9-]+)"/) {
                    #expect(
                        codes.contains(String(match.1)),
                        "add `\(match.1)` of \(file) to DiagnosticCode.all (or ofMachines) and to docs/diagnostics.md")
                }
            }
        }
    }

    @Test("has an example for each code that provokes it and nothing else", arguments: documented)
    func example(code: String) throws {
        let entry = try #require(DiagnosticPage(text: Self.text).entry(code))
        let course = try ExampleCourse(entry)
        #expect(!course.isEmpty, "the entry `\(code)` has no example")
        let report = try ContentCheck(path: course.folder.path, options: course.options).run()
        #expect(Set(report.diagnostics.map(\.code)) == [code], "\(report.diagnostics)")
    }

    @Test("is what --explain prints")
    func explain() throws {
        let result = try runNtlearn(arguments: ["check", "--explain", "wide-code"])
        #expect(result.status == 0)
        #expect(result.stdout.contains("80 columns"))
        #expect(result.stdout.contains("Break the line."))
        let slip = try runNtlearn(arguments: ["check", "--explain", "wide-cod"])
        #expect(slip.status == 2)
        #expect(slip.stderr.contains("did you mean wide-code?"))
    }

    @Test("A program without the page still tells the code's meaning in a sentence")
    func withoutPage() {
        #expect(DiagnosticPage(text: nil).entry("wide-code") == nil)
        #expect(DiagnosticCode.everywhere.allSatisfy { $0.explanation.hasSuffix(".") })
    }
}

/// The course that the fences of an entry describe.
struct ExampleCourse {
    let folder: TemporaryFolder
    private(set) var options = CheckOptions()
    private(set) var isEmpty = true

    init(_ entry: String) throws {
        folder = try TemporaryFolder()
        for name in ["lessons", "machines"] {
            try FileManager.default.createDirectory(atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
        }
        for fence in Self.fences(of: entry) { try add(fence) }
        try addCourse()
    }

    private static func fences(of entry: String) -> [(info: String, text: String)] {
        var fences: [(info: String, text: String)] = []
        var open: (ticks: Substring, info: String, lines: [Substring])?
        for line in entry.split(separator: "\n", omittingEmptySubsequences: false) {
            let ticks = line.prefix { $0 == "`" }
            if let fence = open {
                if line == fence.ticks {
                    fences.append((fence.info, fence.lines.map { $0 + "\n" }.joined()))
                    open = nil
                } else {
                    open?.lines.append(line)
                }
            } else if ticks.count >= 3 {
                open = (ticks, String(line.dropFirst(ticks.count)), [])
            }
        }
        return fences
    }

    private mutating func add(_ fence: (info: String, text: String)) throws {
        isEmpty = false
        let words = fence.info.split(separator: " ").map(String.init)
        switch words.first {
        case "sh": try run(fence.text)
        case "markdown" where words.count == 1:
            try folder.write("lessons/a.md", "---\nformat: 1\nid: a\ntitle: A\n---\n" + fence.text)
        default: try folder.write(words.last ?? "", fence.text)
        }
    }

    private mutating func run(_ script: String) throws {
        if let match = script.firstMatch(of: /--time-limit ([0-9.]+)/) {
            options.timeLimit = Double(match.1) ?? options.timeLimit
            return
        }
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", script]
        shell.environment = [
            "PATH": "/usr/bin:/bin",
            "NTLEARN_CONTENT": DiagnosticsPageTests.root.appendingPathComponent("content").path,
        ]
        shell.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        try shell.run()
        shell.waitUntilExit()
    }

    private func addCourse() throws {
        guard !FileManager.default.fileExists(atPath: folder.path + "/course.yaml") else { return }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/lessons")
        let lessons = names.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
        try folder.write(
            "course.yaml", "format: 1\nid: t\ntitle: T\nlessons: [\(lessons.joined(separator: ", "))]\n")
    }
}
