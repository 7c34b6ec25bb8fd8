import Foundation
import Testing

@testable import ntlearn

@Suite("Finding the course")
struct ContentLocatorTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func course(_ name: String) throws -> String {
        try folder.write(name + "/course.yaml", "format: 1\n")
        return folder.path + "/" + name
    }

    private func locator(named: [String] = [], environment: [String: String] = [:]) -> ContentLocator {
        ContentLocator(named: named, environment: environment, programFolder: folder.path + "/bin")
    }

    @Test(
        "It is found beside the program, where it is installed, and in the build's resources",
        arguments: ["bin/content", "share/ntlearn/content", "bin/ntlearn_ntlearn.resources/content"])
    func places(name: String) throws {
        let expected = try course(name)
        #expect(try locator().courseFolders() == [expected])
    }

    @Test("NTLEARN_CONTENT wins over the usual places, and --content over both")
    func precedence() throws {
        _ = try course("share/ntlearn/content")
        let (other, mine, yours) = (try course("other"), try course("mine"), try course("yours"))
        let chosen = locator(environment: ["NTLEARN_CONTENT": other])
        #expect(try chosen.courseFolders() == [other])
        let named = locator(named: [mine, yours], environment: ["NTLEARN_CONTENT": other])
        #expect(try named.courseFolders() == [mine, yours])
        #expect(try named.builtInFolder() == other)
    }

    @Test("When there is none, the message lists every place and says what would work")
    func notFound() throws {
        try FileManager.default.createDirectory(
            atPath: folder.path + "/share/ntlearn/content", withIntermediateDirectories: true)
        let error = #expect(throws: ContentLocator.NotFound.self) { try locator().courseFolders() }
        let text = try #require(error).description
        #expect(text.contains(folder.path + "/bin/content: there is no such folder"))
        #expect(text.contains(folder.path + "/share/ntlearn/content: there is no course.yaml in it"))
        #expect(text.contains("NTLEARN_CONTENT"))
    }

    @Test("A folder that was named must be there, even if the built-in course is")
    func namedButAbsent() throws {
        _ = try course("share/ntlearn/content")
        #expect(throws: ContentLocator.NotFound.self) { try locator(named: ["/nowhere"]).courseFolders() }
        let file = try folder.write("file", "")
        #expect(throws: ContentLocator.NotFound.self) { try locator(named: [file]).courseFolders() }
        #expect(throws: ContentLocator.NotFound.self) {
            try locator(environment: ["NTLEARN_CONTENT": file]).courseFolders()
        }
    }
}
