import Foundation
import LessonEngine
import Testing

@testable import ntlearn

@Suite("Results of ntlearn check are kept")
struct CheckCacheTests {
    private let folder: TemporaryFolder
    private let course: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        course = try TemporaryFolder()
        try course.write("course.yaml", "format: 1\nid: t\ntitle: T\nlessons: [a, b]\n")
        try write("a")
        try write("b", "\n```choise id=q\n```\n")
    }

    private func write(_ name: String, _ more: String = "") throws {
        try course.write("lessons/\(name).md", "---\nformat: 1\nid: \(name)\ntitle: T\n---\n# Hello\n\(more)")
    }

    private func check(seeds: Int = 10) throws -> [String] {
        try Self.check(course.path, CheckOptions(seeds: seeds, cacheFolder: folder.path + "/c"))
    }

    private static func check(_ path: String, _ options: CheckOptions) throws -> [String] {
        try ContentCheck(path: path, options: options).run().diagnostics.map { "\($0)" }
    }

    private var files: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/c")) ?? []).map {
            folder.path + "/c/" + $0
        }
    }

    @Test("The second run says the same as the first, and a lesson that changed is checked again")
    func again() throws {
        let first = try check()
        #expect(first.count == 1)
        #expect(try check() == first)
        #expect(files.count == 1)
        try write("a", "See {{ }}.\n")
        let third = try check()
        #expect(third.count == 2)
        #expect(try check() == third)
        try write("a")
        try write("b")
        #expect(try check().isEmpty)
    }

    @Test("What is kept is used: a result that was changed by hand, checksum included, is told")
    func isUsed() throws {
        _ = try check()
        let file = try #require(files.first)
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n", maxSplits: 1)
        let body = lines[1].replacing("called `choise`", with: "called `kept`")
        try Data((contentHash(body.utf8) + "\n" + body).utf8).write(to: URL(fileURLWithPath: file))
        #expect(try check().contains { $0.contains("called `kept`") })
    }

    @Test(
        "A damaged file counts as none",
        arguments: ["", "x", "0000000000000000\n{}", "\n\n", "no newline at all", "\u{0}\u{1}\u{2}"])
    func damaged(text: String) throws {
        let first = try check()
        let file = try #require(files.first)
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        #expect(try check() == first)
        #expect(try String(contentsOfFile: file, encoding: .utf8).contains("choise"))
    }

    @Test("One changed byte of a result is noticed")
    func flipped() throws {
        let first = try check()
        let file = try #require(files.first)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        let place = try #require(bytes.firstRange(of: Data("choise".utf8))).lowerBound
        bytes[place] = UInt8(ascii: "X")
        try bytes.write(to: URL(fileURLWithPath: file))
        #expect(try check() == first)
    }

    @Test("Other seeds and a machine that changed are other questions")
    func dependencies() throws {
        _ = try check()
        _ = try check(seeds: 20)
        #expect(files.count == 2)
        try course.write("machines/include/x.inc", "x equ 1\n")
        _ = try check()
        #expect(files.count == 3)
        try course.write("machines/include/x.inc", "x equ 2\n")
        _ = try check()
        #expect(files.count == 4)
    }

    @Test("A lesson that is gone is forgotten, and of many courses the oldest are")
    func bounded() throws {
        _ = try check()
        try course.write("course.yaml", "format: 1\nid: t\ntitle: T\nlessons: [a]\n")
        try FileManager.default.removeItem(atPath: course.path + "/lessons/b.md")
        _ = try check()
        let file = try #require(files.first)
        #expect(try !String(contentsOfFile: file, encoding: .utf8).contains("choise"))
        for number in 0..<60 { try folder.write("c/\(number).json", "x") }
        try write("a", "More.\n")
        _ = try check()
        #expect(files.count <= 32)
        #expect(files.contains(file))
    }

    @Test("Runs at the same time do not disturb each other")
    func concurrent() async throws {
        let expected = try check()
        let path = course.path
        let options = CheckOptions(cacheFolder: folder.path + "/c")
        await withTaskGroup(of: [String]?.self) { group in
            for _ in 0..<8 { group.addTask { try? Self.check(path, options) } }
            for await found in group { #expect(found == expected) }
        }
        #expect(files.filter { !$0.hasSuffix(".json") }.isEmpty)
    }

    @Test("The program keeps results below XDG_CACHE_HOME, and none with --no-cache")
    func program() throws {
        let home = try TemporaryFolder()
        let cache = home.path + "/cache/ntlearn/check"
        let environment = ["XDG_CACHE_HOME": home.path + "/cache"]
        let none = try runNtlearn(
            arguments: ["check", course.path, "--no-cache"], environment: environment, home: home)
        #expect(!FileManager.default.fileExists(atPath: cache))
        let first = try runNtlearn(arguments: ["check", course.path], environment: environment, home: home)
        #expect(try FileManager.default.contentsOfDirectory(atPath: cache).count == 1)
        let second = try runNtlearn(arguments: ["check", course.path], environment: environment, home: home)
        for result in [none, first, second] {
            #expect(result.status == 1)
            #expect(result.stdout == none.stdout)
            #expect(result.stderr == "2 lessons, 0 questions, 0 machines: 1 error, 0 warnings\n")
        }
    }

    @Test("A place that cannot be written to is no failure")
    func unwritable() throws {
        let file = try folder.write("file", "")
        let options = CheckOptions(cacheFolder: file + "/below")
        #expect(try ContentCheck(path: course.path, options: options).run().diagnostics.count == 1)
    }
}
